/**
 * Text as HTML, for element content and double-quoted attributes. What a parser would change on the way is changed here:
 * a carriage return becomes a line feed, other control characters go, an unpaired surrogate becomes U+FFFD.
 */
export const escapeHtml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\t\n]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** Characters of a plain text that a page shows: each may take six in HTML, and every visitor loads them (T167). */
const mostPlain = 300_000

/**
 * Text as one block, line for line; long lines wrap, and of a very long text the beginning is shown. A parser skips the first line feed
 * of a `pre`, so one goes before it.
 */
export const plainText = (text: string): string =>
  `<pre class="plain">\n${escapeHtml(text.length > mostPlain ? `${text.slice(0, mostPlain)}\n…` : text)}</pre>`
