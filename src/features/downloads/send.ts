import type { ServerResponse } from 'node:http'
import type { Content } from '../../files/files.ts'
import type { ByteRange } from '../../lib/byte-range.ts'

/** Larger pieces are hardly faster, and each download under way holds two if it needs them. */
const pieceSize = 256 * 1024

/** Milliseconds after which a client that takes nothing is left. */
const patience = 60_000

/** Pieces that no download holds just now, to be used again. */
const spare: Buffer[] = []

/**
 * Sends bytes of `content` after the head, and ends the response; while a piece is on its way, the next one is read. It ends early
 * if the client goes away or takes nothing for a minute, and rejects if `content` can't be read that far.
 */
export async function sendBytes(response: ServerResponse, content: Content, { start, end }: ByteRange): Promise<void> {
  response.setTimeout(patience)
  let piece = takePiece()
  let other: Buffer | undefined // taken when the first one is on its way and there is more
  let sent = Promise.resolve(true)
  try {
    for (let at = start; at < end; ) {
      const { bytesRead } = await content.read(piece, Math.min(pieceSize, end - at), at)
      if (bytesRead === 0) throw new Error('A stored file is shorter than its row says.')
      if (!(await sent)) return
      sent = write(response, piece.subarray(0, bytesRead))
      at += bytesRead
      if (at < end) [piece, other] = [other ?? takePiece(), piece]
    }
    if (await sent) response.end()
  } finally {
    await sent
    for (const free of [piece, other]) if (free && spare.length < 32) spare.push(free)
  }
}

const takePiece = (): Buffer => spare.pop() ?? Buffer.allocUnsafeSlow(pieceSize)

/** Resolves when the piece may be written over; false if the connection is gone. */
const write = (response: ServerResponse, piece: Buffer): Promise<boolean> =>
  new Promise((done) => response.write(piece, (error) => done(!error)))
