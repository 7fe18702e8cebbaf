/** Where a file is fetched: `FILES_URL/ab/cd/<60 hex>/FILENAME`, its name percent-encoded (standards.md §1.1). */
export const fileUrl = (files_url: string, { sha256, filename }: { sha256: string; filename: string }): string =>
  `${files_url}/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256.slice(4)}/${encodeURIComponent(filename)}`
