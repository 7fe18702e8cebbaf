import { randomBytes } from 'node:crypto'
import type { Next } from 'hono'
import type { Ctx } from './context.ts'
import { readCookie, setCookie } from './cookies.ts'

/** Guard of forms for people who aren't logged in: binds their CSRF tokens to a cookie of this browser, replaced at log-in (D7). */
export async function visitor(c: Ctx, next: Next): Promise<void> {
  const known = readCookie(c, 'pre')
  const cookie = known && /^[A-Za-z0-9_-]{43}$/.test(known) ? known : newBinding(c)
  c.set('csrf_binding', `visitor ${cookie}`)
  await next()
}

function newBinding(c: Ctx): string {
  const cookie = randomBytes(32).toString('base64url')
  setCookie(c, 'pre', cookie)
  return cookie
}
