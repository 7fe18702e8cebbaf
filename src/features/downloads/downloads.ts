import type { Config } from '../../config.ts'
import type { Database } from '../../db/database.ts'
import { type ContentKey, parseContentKey } from '../../files/files.ts'
import { sandboxPolicy, standardHeaders } from '../../http/standard-headers.ts'
import { type ByteRange, parseRange } from '../../lib/byte-range.ts'
import { isKnown, isSame, isUnmodified } from '../../lib/conditional.ts'
import type { Instant } from '../../lib/time.ts'
import { findFile } from './queries.ts'

/** Stored bytes that somebody may fetch. They never change under their name. */
export interface Download {
  readonly key: ContentKey
  readonly size: number
  readonly created_at: Instant
}

/** The bytes of the distribution `filename`, or, if that ends with `.metadata`, of its metadata (PEP 658). */
export async function findDownload(db: Database, filename: string, sha256: string): Promise<Download | undefined> {
  if (!parseContentKey(sha256) || filename.includes('\0')) return undefined // PostgreSQL refuses to look for NUL
  const file = await findFile(db, filename.replace(/\.metadata$/, ''), sha256)
  if (!file) return undefined
  const { size, metadata_sha256, metadata_size, created_at } = file
  const [hash, length] = filename.endsWith('.metadata') ? [metadata_sha256, metadata_size] : [file.sha256, size]
  const key = hash === null ? undefined : parseContentKey(hash)
  return key && length !== null ? { key, size: length, created_at } : undefined
}

/** What a client says of the parts it wants and the copies it has. */
export interface Wish {
  readonly range: string | undefined
  readonly ifRange: string | undefined
  readonly ifNoneMatch: string | undefined
  readonly ifModifiedSince: string | undefined
}

/** The head of an answer, and which bytes go with it. */
export interface Reply {
  readonly status: 200 | 206 | 304 | 416
  readonly headers: Record<string, string>
  readonly bytes: ByteRange | undefined
}

/** Conditions first, then the range (RFC 9110 §13.2.2). */
export function replyTo(wish: Wish, { key, size, created_at }: Download, config: Config): Reply {
  const etag = `"${key}"`
  const lastModified = new Date(created_at).toUTCString()
  const headers = { ...headersOf(config), etag, 'last-modified': lastModified }
  if (hasCopy(wish, etag, created_at)) return { status: 304, headers, bytes: undefined }
  const part = wish.range === undefined || !isSame(wish.ifRange ?? etag, etag, lastModified) ? undefined : parseRange(wish.range, size)
  if (part === undefined) return { status: 200, headers: { ...headers, 'content-length': String(size) }, bytes: { start: 0, end: size } }
  if (part === 'unsatisfiable') return { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` }, bytes: undefined }
  const contentRange = `bytes ${part.start}-${part.end - 1}/${size}`
  return {
    status: 206,
    headers: { ...headers, 'content-length': String(part.end - part.start), 'content-range': contentRange },
    bytes: part,
  }
}

/** With an ETag at hand, dates don't count. */
function hasCopy({ ifNoneMatch, ifModifiedSince }: Wish, etag: string, created_at: Instant): boolean {
  if (ifNoneMatch !== undefined) return isKnown(ifNoneMatch, etag)
  return ifModifiedSince !== undefined && isUnmodified(ifModifiedSince, created_at)
}

/** Never a `Content-Encoding`: installers hash what comes. Any site may load a file, and no browser shows one (D15, T101). */
const headersOf = (config: Config): Record<string, string> => ({
  ...standardHeaders(config),
  'content-security-policy': sandboxPolicy,
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
  'content-type': 'application/octet-stream',
  'content-disposition': 'attachment',
  'accept-ranges': 'bytes',
  'cache-control': 'public, max-age=31536000, immutable',
})
