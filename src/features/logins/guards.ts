import type { Next } from 'hono'
import { refuse } from '../../errors.ts'
import type { Ctx } from '../../http/context.ts'
import { readCookie } from '../../http/cookies.ts'
import { nextOf } from '../../http/next.ts'
import { withNext } from '../../lib/with-next.ts'
import { findAttempt } from './logins.ts'

/** Guard of the second step: this browser gave the right password less than ten minutes ago. It is no session: nothing else answers (T179). */
export async function startedLogin(c: Ctx, next: Next): Promise<Response | void> {
  const cookie = readCookie(c, 'login')
  const user = cookie && (await findAttempt(c.var.app, cookie, c.var.actor))
  if (!user) return c.var.script ? refuse('login_expired') : c.redirect(withNext('/account/login/', nextOf(c)), 303)
  c.set('attempt', { user, cookie })
  c.set('csrf_binding', `attempt ${cookie}`)
  return next()
}
