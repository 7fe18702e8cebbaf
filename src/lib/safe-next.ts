/**
 * The place in `text` (a `next` parameter) if it lies on our own `origin`: a path with query and fragment that begins with exactly
 * one slash, spelled anew. Anything else is `fallback` (T96): other hosts in every spelling that a browser would follow.
 */
export function safeNext(text: string | undefined, origin: string, fallback: string): string {
  if (!text || text.length > 2048 || !text.startsWith('/') || /[\p{Cc}\\]/u.test(text) || !URL.canParse(text, origin)) return fallback
  const url = new URL(text, origin)
  const path = `${url.pathname}${url.search}${url.hash}`
  return url.origin === origin && !path.startsWith('//') ? path : fallback
}
