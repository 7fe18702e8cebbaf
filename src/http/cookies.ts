import type { Ctx } from './context.ts'

/** Our cookies. On https each is `__Host-wk_…`: Secure, this host only, all paths (D7). */
type CookieName = 's' | 'pre' | 'login' | 'flash' | 'next'

const isSecure = (c: Ctx): boolean => c.var.app.config.site_url.startsWith('https:')
const nameOf = (c: Ctx, name: CookieName): string => `${isSecure(c) ? '__Host-' : ''}wk_${name}`

/** The cookie's value, or nothing. Two of one name are a neighbour's attempt to slip one in: neither counts (T182). */
export function readCookie(c: Ctx, name: CookieName): string | undefined {
  const prefix = `${nameOf(c, name)}=`
  const found = (c.req.header('cookie') ?? '').split(/; */).filter((cookie) => cookie.startsWith(prefix))
  return found.length === 1 ? found[0]?.slice(prefix.length) || undefined : undefined
}

/** Sets a cookie that scripts can't read and that goes when the browser closes. */
export function setCookie(c: Ctx, name: CookieName, value: string): void {
  c.header('set-cookie', `${nameOf(c, name)}=${value}; Path=/; HttpOnly; SameSite=Lax${isSecure(c) ? '; Secure' : ''}`, { append: true })
}

export function dropCookie(c: Ctx, name: CookieName): void {
  c.header('set-cookie', `${nameOf(c, name)}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${isSecure(c) ? '; Secure' : ''}`, { append: true })
}
