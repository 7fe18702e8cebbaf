import { crc32 } from 'node:zlib'
import { isProblem, overBytes, type Pieces, type Problem, type Source } from './archive.ts'
import { view } from './bytes.ts'
import { inflate } from './inflate.ts'

const rebuild = 'Build the archive again with an ordinary build tool and upload it unchanged.'

const trailerSize = 8
/** The fixed part and a file name: nobody's is longer. */
const longestHeader = 1024

/**
 * Inflates a gzip file (RFC 1952) of exactly one member, with nothing behind it (T153): yields its content within the
 * budget, then a problem if header, compression, checksum or length were wrong; then nothing read so far is worth anything.
 */
export async function* gunzip(source: Source): Pieces {
  const header = headerLength(await source.read(0, Math.min(source.size, longestHeader)))
  if (typeof header !== 'number') return yield header
  const to = source.size - trailerSize
  if (to <= header) return yield unreadable
  let [size, crc] = [0, 0]
  for await (const piece of inflate(source, { from: header, to }, 'the gzip file')) {
    if (isProblem(piece)) return yield piece
    size += piece.length
    crc = crc32(piece, crc)
    yield overBytes(size, source.size) ?? piece
  }
  const trailer = view(await source.read(to, trailerSize))
  if (trailer.getUint32(0, true) === crc && trailer.getUint32(4, true) === size % 2 ** 32) return
  yield {
    rule: 'gzip-checksum',
    text: `The content of the gzip file does not fit its checksum and length, or other data follows it. ${rebuild}`,
  }
}

const flag = { text: 1, name: 8 }

/** Where the content begins. A header has a file name or nothing more: what else it may have, no build tool writes. */
function headerLength(bytes: Uint8Array): number | Problem {
  const [magic1, magic2, method, flags = 0] = bytes
  if (bytes.length < 10 || magic1 !== 0x1f || magic2 !== 0x8b || method !== 8) return unreadable
  if (flags & ~(flag.text | flag.name)) return { rule: 'gzip-header', text: `The gzip file has unusual header fields. ${rebuild}` }
  if (!(flags & flag.name)) return 10
  const end = bytes.indexOf(0, 10)
  return end < 0 ? { rule: 'gzip-header', text: `The gzip file has an endless name in its header. ${rebuild}` } : end + 1
}

const unreadable: Problem = { rule: 'gzip-unreadable', text: `The file is not a gzip file, or it was cut off. ${rebuild}` }
