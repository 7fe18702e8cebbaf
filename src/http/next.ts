import { safeNext } from '../lib/safe-next.ts'
import type { Ctx } from './context.ts'
import { dropCookie, readCookie, setCookie } from './cookies.ts'

/** Where the person wants to go on afterwards, from the form or the address: a place of ours (T96), or empty. */
export const nextOf = (c: Ctx): string => ours(c, c.var.form?.get('next') ?? c.req.query('next'))

/** Notes it in this browser, for a link in a mail that doesn't know it. */
export function noteNext(c: Ctx, next: string): void {
  if (next) setCookie(c, 'next', encodeURIComponent(next))
}

/** The same, or what was noted. */
export function takeNext(c: Ctx): string {
  const noted = readCookie(c, 'next')
  if (noted !== undefined) dropCookie(c, 'next')
  return nextOf(c) || ours(c, decode(noted ?? ''))
}

/** The page of ours that a request came from (`Referer`), or empty. */
export function cameFrom(c: Ctx): string {
  const { site_url } = c.var.app.config
  const referer = c.req.header('referer') ?? ''
  return referer.startsWith(`${site_url}/`) ? ours(c, referer.slice(site_url.length)) : ''
}

const ours = (c: Ctx, place: string | undefined): string => safeNext(place, c.var.app.config.site_url, '')

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
