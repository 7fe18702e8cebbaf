/** Whether `If-None-Match` names the ETag of what would be answered (RFC 9110 §13.1.2): then 304. Weak marks don't count. */
export function isKnown(ifNoneMatch: string, etag: string): boolean {
  if (ifNoneMatch === etag || ifNoneMatch === '*') return true
  return [...ifNoneMatch.matchAll(/"[^"]*"/g)].some(([known]) => known === etag)
}

/** Whether nothing has changed since the date of `If-Modified-Since` (RFC 9110 §13.1.3); what is no date says nothing. */
export const isUnmodified = (ifModifiedSince: string, changed_at: number): boolean =>
  Math.floor(changed_at / 1000) * 1000 <= Date.parse(ifModifiedSince)

/** Whether a part fits to what the client has (RFC 9110 §13.1.5): by the strong ETag, or by the very date it was given. */
export const isSame = (ifRange: string, etag: string, lastModified: string): boolean => ifRange === etag || ifRange === lastModified
