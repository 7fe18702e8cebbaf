import type { Next } from 'hono'
import { refuse } from '../../errors.ts'
import type { Ctx } from '../../http/context.ts'
import { nextOf } from '../../http/next.ts'
import { withNext } from '../../lib/with-next.ts'

/**
 * Guard of the ways to add a factor, after `signedInUngated`: the primary address is verified. Its owner hears of each factor, so
 * nobody else can add the first one unnoticed (T36).
 */
export async function addressVerified(c: Ctx, next: Next): Promise<Response | void> {
  if (c.var.session.verified) return next()
  if (c.var.script) refuse('address_unverified')
  return c.redirect(withNext('/manage/unverified-account/', withNext('/manage/account/two-factor/', nextOf(c))), 303)
}
