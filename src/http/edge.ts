import type { Next } from 'hono'
import { refuse } from '../errors.ts'
import { clientAddress } from '../lib/client-address.ts'
import { isLoopbackHost } from '../lib/loopback.ts'
import type { Ctx } from './context.ts'

/** What installers and upload clients ask for under any name of this machine; pages have one address only. */
const forMachines = /^\/(simple|packages|legacy|_health)(\/|$)/

/**
 * Pages live at the host of SITE_URL: reading is sent there (308), anything else is refused, so that nothing is bound to a wrong
 * name. Files are served at the host of FILES_URL too.
 */
export async function oneHost(c: Ctx, next: Next): Promise<Response | void> {
  const { site_url, files_url } = c.var.app.config
  const url = new URL(c.req.url)
  const asked = c.req.header('host') ?? url.host
  if (asked.toLowerCase() === new URL(site_url).host) return next()
  if (url.pathname.startsWith('/packages/') && asked.toLowerCase() === new URL(files_url).host) return next()
  if (forMachines.test(url.pathname) && isLoopbackHost(asked.replace(/:[0-9]*$/, ''))) return next()
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') refuse('wrong_host')
  return c.redirect(`${site_url}${url.pathname}${url.search}`, 308)
}

/** NUL stands in nothing of ours, and PostgreSQL fails when it is to look for one: there is nothing at such an address (T108). */
export async function noNul(c: Ctx, next: Next): Promise<void> {
  if (c.req.url.includes('%00')) refuse('not_found')
  await next()
}

/** Notes who asks: the socket's address, or what a trusted proxy says it forwarded for. */
export async function knowClient(c: Ctx, next: Next): Promise<void> {
  const remote = c.env?.incoming?.socket.remoteAddress
  const ip = remote === undefined ? null : clientAddress(remote, c.req.header('x-forwarded-for'), c.var.app.config.trusted_proxies)
  const user_agent = c.req.header('user-agent')?.slice(0, 256) ?? null
  c.set('actor', { user_id: null, session_id: null, token_id: null, ip, user_agent, at: c.var.app.clock() })
  await next()
}

/** READ_ONLY: every change is refused, reading goes on. */
export async function readOnly(c: Ctx, next: Next): Promise<void> {
  if (c.var.app.config.read_only && c.req.method !== 'GET' && c.req.method !== 'HEAD') refuse('read_only', { retryAfter: 60 })
  await next()
}
