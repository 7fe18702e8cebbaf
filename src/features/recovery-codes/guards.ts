import type { Next } from 'hono'
import { refuse } from '../../errors.ts'
import type { Ctx } from '../../http/context.ts'
import { nextOf } from '../../http/next.ts'
import { withNext } from '../../lib/with-next.ts'
import { codeSetOf } from './recovery-codes.ts'

/**
 * Guard of the ways to add a factor, after `signedInUngated`: recovery codes were saved, and that was shown (D5). Others do so first,
 * then choose a factor, and go on to where they wanted to go.
 */
export async function codesConfirmed(c: Ctx, next: Next): Promise<Response | void> {
  const { unused, confirmed } = await codeSetOf(c.var.app.db, c.var.person.user_id)
  if (confirmed > 0) return next()
  if (c.var.script) refuse('recovery_codes_missing')
  return c.redirect(withNext(`/manage/account/recovery-codes/${unused === 0 ? 'generate' : 'burn'}`, nextOf(c)), 303)
}
