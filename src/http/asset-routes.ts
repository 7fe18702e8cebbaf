import { Hono } from 'hono'
import { refuse } from '../errors.ts'
import type { Env } from './context.ts'

/** Styles, scripts, fonts and pictures, all of ours: nothing that a person uploads is ever served from here (D15). */
export const assetRoutes = new Hono<Env>().get('/assets/*', (c) => {
  const asset = c.var.app.assets.find(c.req.path, c.req.header('accept-encoding') ?? '') ?? refuse('not_found')
  return c.body(new Uint8Array(asset.body), 200, asset.headers)
})
