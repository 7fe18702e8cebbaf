import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { constants, deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { memorySource, unpacked } from '../testing/memory-source.ts'
import { pax, type RawTarMember, rawGzip, rawTar, tarMember } from '../testing/raw-tar.ts'
import { budget } from './archive.ts'
import { gunzip } from './gzip.ts'
import { readTar } from './tar.ts'

const members: RawTarMember[] = [
  { name: 'demo-1.0/PKG-INFO', data: 'Name: demo\n' },
  pax({ path: 'demo-1.0/größe.py' }),
  { name: 'demo-1.0/cut', data: 'x = 1\n'.repeat(300) },
  { name: 'demo-1.0/link', type: '2', target: 'PKG-INFO' },
]

async function read(bytes: Uint8Array) {
  const { got, open } = unpacked()
  return { problem: await readTar(gunzip(memorySource(bytes)), open), ...got }
}

describe('bombs cost no more than the budget (T153, D16)', () => {
  /** A gzip file of `start`, then 64 MiB of zeros so many times. */
  function bomb(start: Buffer, times: number): Buffer {
    const options = { finishFlush: constants.Z_FULL_FLUSH }
    const zeros = deflateRawSync(Buffer.alloc(64 * 2 ** 20), options)
    return rawGzip(Buffer.alloc(0), {
      compressed: Buffer.concat([deflateRawSync(start, options), ...Array.from({ length: times }, () => zeros)]),
    })
  }
  const size = Buffer.from('\x80\0\0\0\0\0\0\x02\x80\0\0\0', 'latin1') // 10 GiB

  test('10 GiB of zeros in one file: no more than fifty times the upload is read, memory stays', async () => {
    const bytes = bomb(tarMember({ name: 'demo-1.0/zeros', size }), 160)
    await read(rawGzip(rawTar(members)))
    const before = process.resourceUsage().maxRSS
    const { problem, bytes: got } = await read(bytes)
    assert.equal(problem?.rule, 'archive-ratio')
    assert.ok(got <= budget.ratio * bytes.length)
    assert.ok(process.resourceUsage().maxRSS - before < 64 * 1024, 'KiB')
  })
  test('zeros behind the end count too', async () => {
    assert.equal((await read(bomb(rawTar(members), 2))).problem?.rule, 'archive-ratio')
  })
  test('100,000 members are read, one more is not', async () => {
    const noise = { name: 'demo-1.0/noise', data: Buffer.from(Uint8Array.from({ length: 2 ** 20 }, () => Math.random() * 256)) }
    const others = Array.from({ length: budget.members }, (_, at) => ({ name: `demo-1.0/${at}` }))
    const { problem, files } = await read(rawGzip(rawTar([noise, ...others])))
    assert.deepEqual([problem?.rule, Object.keys(files).length], ['archive-too-many-members', budget.members])
  })
})

test('whatever bytes of the upload change: no crash, and never other content than before', async () => {
  const sound = rawGzip(rawTar(members))
  const { problem, files } = await read(sound)
  assert.equal(problem, undefined)
  const change = fc.tuple(fc.nat(sound.length - 1), fc.nat(255))
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const bytes = Buffer.from(sound)
      for (const [at, value] of changes) bytes[at] = value
      const { problem, files: now } = await read(bytes)
      if (!problem) assert.deepEqual(now, files)
    }),
    { numRuns: 2000 },
  )
})

test('whatever is in the tar archive: no crash, and every path accepted stays in one folder', async () => {
  const sound = rawTar(members)
  const change = fc.tuple(fc.nat(sound.length - 1), fc.oneof(fc.nat(255), fc.constantFrom(0, 0x2e, 0x2f, 0x30, 0x78)))
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const tar = Buffer.from(sound)
      for (const [at, value] of changes) tar[at] = value
      const { problem, files } = await read(rawGzip(withChecksums(tar)))
      if (problem) return
      const tops = new Set(Object.keys(files).map((path) => path.split('/', 1)[0]))
      assert.equal(tops.size, 1)
      for (const path of Object.keys(files)) assert.doesNotMatch(path, /(^|\/)(\.\.?)?(\/|$)|\\/)
    }),
    { numRuns: 2000 },
  )
})

/** Makes the checksum right again in every block that has the mark of a header. */
function withChecksums(tar: Buffer): Buffer {
  for (let at = 0; at < tar.length; at += 512) {
    const block = tar.subarray(at, at + 512)
    if (block.toString('latin1', 257, 262) !== 'ustar') continue
    block.fill(' ', 148, 156)
    block.write(
      `${block
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, '0')}\0 `,
      148,
      'latin1',
    )
  }
  return tar
}
