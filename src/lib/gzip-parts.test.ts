import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { memorySource } from '../testing/memory-source.ts'
import { isProblem } from './archive.ts'
import { gunzip } from './gzip.ts'
import { joinParts, packPart } from './gzip-parts.ts'

const packed = async (...texts: Uint8Array[]) =>
  Buffer.concat(joinParts(await Promise.all(texts.map(async (plain) => ({ plain, packed: await packPart(plain) })))))

/** As a reader that knows one member and nothing behind it. */
async function readStrictly(bytes: Uint8Array): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of gunzip(memorySource(bytes))) isProblem(piece) ? assert.fail(piece.rule) : pieces.push(piece)
  return Buffer.concat(pieces)
}

test('parts packed apart are one gzip member together, in whatever order and number', async () => {
  const [a, b, c] = [Buffer.from('alpha\n'.repeat(5000)), randomBytes(100_000), Buffer.from(',')]
  for (const parts of [[a, c, b, c, a], [b, a], [c], [Buffer.alloc(0), a], []]) {
    const bytes = await packed(...parts)
    assert.ok(gunzipSync(bytes).equals(Buffer.concat(parts)))
    assert.ok((await readStrictly(bytes)).equals(Buffer.concat(parts)))
  }
})

test('what repeats is packed small', async () => {
  assert.ok((await packed(Buffer.from('alpha\n'.repeat(5000)))).length < 300)
})
