import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { memorySource, unpacked } from '../testing/memory-source.ts'
import { extra, type RawMember, rawZip, uint } from '../testing/raw-zip.ts'
import { budget } from './archive.ts'
import { readZip } from './zip.ts'

const first: RawMember = { name: 'demo/__init__.py', data: 'x = 1\n' }
const second: RawMember = { name: 'demo/with space.py', data: 'y = 2\n'.repeat(1000) }

async function read(bytes: Uint8Array) {
  const { got, open } = unpacked()
  return { problem: await readZip(memorySource(bytes), open), ...got }
}

describe('bombs cost no more than the budget (T153, D16, UP-68)', () => {
  test('content that inflates to more than its size is read up to that size', async () => {
    const bomb = rawZip([{ name: 'bomb', data: Buffer.alloc(100 * 2 ** 20), both: { size: 4 * 2 ** 20 } }])
    const { problem, bytes } = await read(bomb)
    assert.equal(problem?.rule, 'zip-content')
    assert.ok(bytes <= 4 * 2 ** 20)
  })
  test('much out of little is not read at all, little out of less is', async () => {
    const { problem, bytes } = await read(rawZip([{ name: 'bomb', data: Buffer.alloc(budget.ratioFrom + 1) }]))
    assert.deepEqual([problem?.rule, bytes], ['archive-ratio', 0])
    const less = await read(rawZip([{ name: 'zeros', data: Buffer.alloc(budget.ratioFrom) }]))
    assert.deepEqual([less.problem, less.bytes], [undefined, budget.ratioFrom])
  })
  test('sizes of more than 4 GiB are not read', async () => {
    const huge = {
      name: 'huge',
      data: 'x',
      both: { compressedSize: 0xffffffff, size: 0xffffffff, extra: extra(1, Buffer.concat([uint(8, 2 ** 40), uint(8, 3)])) },
    }
    assert.deepEqual(await read(rawZip([huge])).then(({ problem, bytes }) => [problem?.rule, bytes]), ['archive-too-large', 0])
  })
  test('100,000 members are read, one more is not', async () => {
    const members = Array.from({ length: budget.members }, (_, at): RawMember => ({ name: String(at), both: { method: 0 } }))
    const most = await read(rawZip(members, { wide: {}, end: { count: 0xffff, countHere: 0xffff } }))
    assert.deepEqual([most.problem, Object.keys(most.files).length], [undefined, budget.members])
    const oneMore = budget.members + 1
    const { problem } = await read(
      rawZip([first], { wide: { count: oneMore, countHere: oneMore }, end: { count: 0xffff, countHere: 0xffff } }),
    )
    assert.equal(problem?.rule, 'archive-too-many-members')
  })
  test('names of more than 16 MiB are not read', async () => {
    const members = Array.from({ length: 300 }, (_, at): RawMember => ({ name: `${at}${'x'.repeat(60_000)}`, both: { method: 0 } }))
    assert.equal((await read(rawZip(members))).problem?.rule, 'archive-too-many-members')
  })
})

test('whatever bytes change: no crash, and never other content than before', async () => {
  const sound = rawZip([first, second, { name: 'demo/größe', data: 'stored', both: { method: 0 } }, { name: 'demo/sub/' }], { wide: {} })
  const { files } = await read(sound)
  const change = fc.tuple(fc.nat(sound.length - 1), fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 0xff, 0x50, 0x4b)))
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const bytes = Buffer.from(sound)
      for (const [at, value] of changes) bytes[at] = value
      const { problem, files: now } = await read(bytes)
      if (!problem) assert.deepEqual(now, files)
    }),
    { numRuns: 3000 },
  )
})

test('whatever bytes come in between or go: refused without a crash', async () => {
  const sound = rawZip([first, second])
  const cut = fc.tuple(fc.nat(sound.length), fc.nat(50), fc.uint8Array({ maxLength: 50 }))
  await fc.assert(
    fc.asyncProperty(cut, async ([at, gone, come]) => {
      const bytes = Buffer.concat([sound.subarray(0, at), come, sound.subarray(at + gone)])
      if (bytes.equals(sound)) return
      const { problem, files } = await read(bytes)
      if (!problem) assert.deepEqual(files, { [String(first.name)]: first.data, [String(second.name)]: second.data })
    }),
    { numRuns: 2000 },
  )
})
