import type { Open, Source } from '../lib/archive.ts'

/** Bytes in memory, read as a file is. */
export function memorySource(bytes: Uint8Array): Source {
  return {
    size: bytes.length,
    async read(offset, length) {
      if (offset < 0 || offset + length > bytes.length) throw new RangeError(`read outside of the file: ${offset}, ${length}`)
      return bytes.subarray(offset, offset + length)
    },
  }
}

/** Keeps what an archive reader gives: the content of each file that came to its end, and how many bytes came at all. */
export function unpacked() {
  const files: Record<string, string> = {}
  const got = { files, bytes: 0 }
  const open: Open = ({ path, kind }) => {
    const pieces: Uint8Array[] = []
    return {
      write(piece) {
        got.bytes += piece.length
        if (got.bytes < 2 ** 20) pieces.push(piece)
      },
      end() {
        files[path] = kind === 'file' ? Buffer.concat(pieces).toString() : kind
      },
    }
  }
  return { got, open }
}
