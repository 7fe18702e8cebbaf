/**
 * Text as HTML, for element content and double-quoted attributes. What a parser would change on the way is changed here:
 * a carriage return becomes a line feed, other control characters and unpaired surrogates go.
 */
export const escapeHtml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\t\n]/gu, '')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '')

/** Text as one block, line for line; long lines wrap. The first line feed of a `pre` is not shown, so one goes before it. */
export const plainText = (text: string): string => `<pre class="plain">\n${escapeHtml(text)}</pre>`

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
