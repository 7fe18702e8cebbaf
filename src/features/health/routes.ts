import { Hono } from 'hono'
import type { Env } from '../../http/context.ts'
import { readiness } from './health.ts'

/** For those who watch over the process: whether it lives, and whether it can do its work. */
export const healthRoutes = new Hono<Env>()
  .get('/_health/', (c) => c.json({ status: 'ok' }))
  .get('/_health/ready', async (c) => {
    const ready = await readiness(c.var.app)
    return ready.database && ready.files ? c.json({ status: 'ok', ...ready }) : c.json({ status: 'not ready', ...ready }, 503)
  })
