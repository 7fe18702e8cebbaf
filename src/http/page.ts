import type { Frame } from '../ui/layout.tsx'
import { version } from '../version.ts'
import type { Ctx } from './context.ts'
import { csrfToken } from './csrf.ts'
import { takeFlash } from './flash.ts'

/** What every page shows of the index, the person and the last act. Takes the waiting flash message. */
export function frameOf(c: Ctx): Frame {
  const { config, assets } = c.var.app
  const site = { host: new URL(config.site_url).host, readOnly: config.read_only, assets: assets.base, version }
  const person = c.var.person && { username: c.var.person.user.username, csrf: csrfToken(c) }
  return { site, person, flash: takeFlash(c) }
}
