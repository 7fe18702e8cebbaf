import type { Next } from 'hono'
import type { Ctx } from './context.ts'
import { standardHeaders } from './standard-headers.ts'

/**
 * Adds the headers of every answer; what a route sets itself stays. A 304 needs none: who has the page has them with it (RFC 9110
 * §15.4.5). Not a guard: whom a route lets in stands in its line.
 */
export async function securityHeaders(c: Ctx, next: Next): Promise<void> {
  await next()
  if (c.res.status === 304) return
  for (const [name, value] of Object.entries(standardHeaders(c.var.app.config))) setUnlessSet(c, name, value)
}

/** Guard of pages whose address or text holds a secret: nothing of them travels in a `Referer` (T68). */
export async function noReferrer(c: Ctx, next: Next): Promise<void> {
  await next()
  c.header('referrer-policy', 'no-referrer')
}

function setUnlessSet(c: Ctx, name: string, value: string): void {
  if (!c.res.headers.has(name)) c.header(name, value)
}
