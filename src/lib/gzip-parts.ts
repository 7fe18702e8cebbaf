import { promisify } from 'node:util'
import { constants, crc32, deflateRaw } from 'node:zlib'

/** Packs a part of a gzip file, off the event loop. It ends at a byte and refers to nothing before it, so that other parts may stand on both sides. */
export const packPart = (plain: Uint8Array): Promise<Buffer<ArrayBuffer>> =>
  promisify(deflateRaw)(plain, { finishFlush: constants.Z_SYNC_FLUSH })

/** A gzip file (RFC 1952) of one member, as its pieces, from parts plain and packed. Not one member a part: browsers read the first one only. */
export function joinParts(parts: readonly { readonly plain: Uint8Array; readonly packed: Buffer<ArrayBuffer> }[]): Buffer<ArrayBuffer>[] {
  let [crc, size] = [0, 0]
  for (const { plain } of parts) {
    crc = crc32(plain, crc)
    size += plain.length
  }
  const end = Buffer.from([...lastBlock, 0, 0, 0, 0, 0, 0, 0, 0])
  end.writeUInt32LE(crc, lastBlock.length)
  end.writeUInt32LE(size % 2 ** 32, lastBlock.length + 4)
  return [header, ...parts.map(({ packed }) => packed), end]
}

/** Deflate, no name, no time, an unknown system. */
const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])

/** An empty block that says it is the last (RFC 1951 §3.2.3). */
const lastBlock = [3, 0]
