import { Hono } from 'hono'
import { refusals } from '../../errors.ts'
import type { Env } from '../../http/context.ts'
import { frameOf } from '../../http/page.ts'
import { anybody } from '../sessions/guards.ts'
import { uploadRules } from './upload-rules.ts'
import { HelpPage } from './views.tsx'

export const helpRoutes = new Hono<Env>().get('/help/', anybody, (c) =>
  c.html(<HelpPage frame={frameOf(c)} site={c.var.app.config.site_url} refusals={refusals} uploadRules={uploadRules} />),
)
