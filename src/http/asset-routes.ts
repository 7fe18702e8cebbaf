import { Hono } from 'hono'
import { refuse } from '../errors.ts'
import type { Ctx, Env } from './context.ts'

/** Styles, scripts, fonts and pictures, all of ours: nothing that a person uploads is ever served from here (D15). */
export const assetRoutes = new Hono<Env>()
  .get('/assets/*', (c) => asset(c))
  .get('/favicon.ico', (c) => asset(c))
  .get('/robots.txt', (c) => asset(c))

function asset(c: Ctx): Response {
  const { body, headers } = c.var.app.assets.find(c.req.path, c.req.header('accept-encoding') ?? '') ?? refuse('not_found')
  return c.body(new Uint8Array(body), 200, headers)
}
