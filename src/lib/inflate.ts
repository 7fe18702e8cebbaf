import { pipeline } from 'node:stream/promises'
import { createInflateRaw, inflateRawSync } from 'node:zlib'
import type { Pieces, Problem, Source } from './archive.ts'

/** Where compressed data lies: bytes `from` up to, not including, `to`; `size` is what it should inflate to, where known. */
export interface Range {
  from: number
  to: number
  size?: number
}

const pieceSize = 64 * 1024
/** Up to here one call beats a stream by far, and costs little memory. */
const smallSize = 1024 * 1024

/** The bytes of `source` as they lie. */
export async function* piecesOf(source: Source, { from, to }: Range): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; at += pieceSize) yield await source.read(at, Math.min(pieceSize, to - at))
}

/**
 * Inflates a raw DEFLATE stream (RFC 1951) that fills its range exactly: a broken one, one cut off, and one that ends
 * before its range does end in a problem (T153, T155). May yield more than `size`; whoever counts stops then, and so does this.
 * `what` names the data in the sentence.
 */
export async function* inflate(source: Source, range: Range, what: string): Pieces {
  const whole = await inflateAtOnce(source, range)
  if (whole) return yield whole
  const inflater = createInflateRaw({ chunkSize: pieceSize })
  const fed = pipeline(piecesOf(source, range), inflater).catch(() => {}) // what fails there also fails the loop
  try {
    yield* inflater
  } catch (error) {
    if (!isZlibError(error)) throw error
    return yield broken(what)
  } finally {
    await fed
  }
  if (inflater.bytesWritten !== range.to - range.from || range.to === range.from) yield broken(what)
}

/** The content where it is small and right; else the stream finds out what is wrong. */
async function inflateAtOnce(source: Source, { from, to, size = smallSize + 1 }: Range): Promise<Uint8Array | undefined> {
  if (size > smallSize || to - from > smallSize) return undefined
  const bytes = await source.read(from, to - from)
  try {
    const options = { info: true, maxOutputLength: Math.max(size, 1), chunkSize: size + 64 }
    const { buffer, engine } = inflateRawSync(bytes, options) as unknown as Inflated
    return engine.bytesWritten === bytes.length ? buffer : undefined
  } catch {
    return undefined
  }
}

/** What `info: true` makes of the answer, which the types don't know. */
type Inflated = { buffer: Uint8Array; engine: { bytesWritten: number } }

const isZlibError = (error: unknown): boolean => error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')

const broken = (what: string): Problem => ({
  rule: 'archive-compression',
  text: `The compressed data of ${what} is broken, cut off, or followed by other bytes. Build the archive again and upload it unchanged.`,
})
