/** An absolute address that a page may link to: http, https or mailto, as the URL standard spells it. */
export type SafeUrl = string & { readonly proved: 'SafeUrl' }

const schemes = ['http:', 'https:', 'mailto:']
const maxLength = 2048

/**
 * Reads a stranger's address for a link (T98). `undefined`: relative, another scheme in whatever spelling, longer than
 * 2,048 characters, or with a user name, which makes one host look like another (`https://example.org@evil.example`).
 */
export function safeUrl(text: string): SafeUrl | undefined {
  const url = text.length > maxLength ? null : URL.parse(text)
  if (!url || !schemes.includes(url.protocol) || url.username || url.password) return undefined
  return url.href.length > maxLength ? undefined : (url.href as SafeUrl)
}
