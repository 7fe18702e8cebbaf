/**
 * Where a file is fetched: `FILES_URL/ab/cd/<60 hex>/FILENAME` (standards.md §1.1). The name is percent-encoded, so that `1!1.0`,
 * `1.0+local` and `@` come through every client; the file's metadata is at the same address with `.metadata` (PEP 658).
 */
export const fileUrl = (files_url: string, { sha256, filename }: { sha256: string; filename: string }): string =>
  `${files_url}/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256.slice(4)}/${encodeSegment(filename)}`

/** `encodeURIComponent` leaves five characters that RFC 3986 reserves. */
const encodeSegment = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
