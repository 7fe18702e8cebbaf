/**
 * Where a file is fetched: `FILES_URL/ab/cd/<60 hex>/FILENAME` (standards.md §1.1). The name is percent-encoded, so that `1!1.0`,
 * `1.0+local` and `@` come through every client; the file's metadata is at the same address with `.metadata` (PEP 658).
 */
export const fileUrl = (files_url: string, { sha256, filename }: { sha256: string; filename: string }): string =>
  `${files_url}/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256.slice(4)}/${encodeSegment(filename)}`

/** All that RFC 3986 doesn't leave as it is; `encodeURIComponent` would leave five characters more. Most names need nothing. */
const encodeSegment = (text: string): string => text.toWellFormed().replace(/[^A-Za-z0-9._~-]/gu, encoded)

const encoded = (character: string): string =>
  Buffer.from(character).reduce((text, byte) => `${text}%${byte.toString(16).toUpperCase().padStart(2, '0')}`, '')
