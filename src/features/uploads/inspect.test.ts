import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { rawGzip, rawTar, tarMember } from '../../testing/raw-tar.ts'
import { rawZip } from '../../testing/raw-zip.ts'
import { buildSdist, buildWheel, type Distribution, type SdistParts, type WheelParts } from '../../testing/wheel.ts'
import { type Inspection, inspect } from './inspect.ts'

const folder = mkdtempSync(join(tmpdir(), 'inspect-'))
after(() => rmSync(folder, { recursive: true }))

async function inspected({ filename, bytes }: Distribution): Promise<Inspection> {
  const path = join(folder, 'upload')
  writeFileSync(path, bytes)
  return inspect(path, filename)
}

const rules = async (it: Distribution): Promise<string[]> => (await inspected(it)).problems.map(({ rule }) => rule)

test('a wheel: every file with size and hash, the folder of its metadata, the exact bytes of METADATA, three texts', async () => {
  const entryPoints = '[console_scripts]\ndemo = demo:main\n'
  const parts = { files: { 'demo/größe.txt': 'ß', 'demo-1.0.dist-info/entry_points.txt': entryPoints }, description: 'Größe\r\n' }
  const found = await inspected(buildWheel(parts))
  assert.deepEqual(found.problems, [])
  assert.equal(found.folder, 'demo-1.0.dist-info')
  assert.deepEqual(
    found.entries.find(([path]) => path === 'demo/größe.txt'),
    ['demo/größe.txt', 2, createHash('sha256').update('ß').digest('base64url')],
  )
  assert.equal(found.entries.length, 6)
  assert.match(Buffer.from(found.metadata ?? []).toString(), /^Metadata-Version: 2\.4\nName: demo\nVersion: 1\.0\n.*\n\nGröße\r\n$/s)
  assert.match(found.wheel ?? '', /^Wheel-Version: 1\.0\n.*Tag: py3-none-any\n$/s)
  assert.equal(found.entryPoints, entryPoints)
  const recorded = found.entries.map(([path, size, hash]) =>
    path.endsWith('/RECORD') ? `${path},,\n` : `${path},sha256=${hash},${size}\n`,
  )
  assert.equal(found.record, recorded.join(''))
})

test('an sdist: every file and link, the top folder, the exact bytes of PKG-INFO of the top folder only', async () => {
  const link = { name: 'demo-1.0/LICENSE', type: '2', target: 'pyproject.toml' }
  const parts: SdistParts = { files: { 'src/PKG-INFO': 'Name: other\n' }, members: (members) => [...members, link] }
  const found = await inspected(buildSdist(parts))
  assert.deepEqual(
    [found.problems, found.folder, found.record, found.wheel, found.entryPoints],
    [[], 'demo-1.0', undefined, undefined, undefined],
  )
  assert.match(Buffer.from(found.metadata ?? []).toString(), /^Metadata-Version: 2\.4\nName: demo\n/)
  assert.deepEqual(
    found.entries.map(([path]) => path),
    ['PKG-INFO', 'pyproject.toml', 'src/demo/__init__.py', 'src/PKG-INFO', 'LICENSE'].map((path) => `demo-1.0/${path}`),
  )
  assert.deepEqual(found.entries.at(-1), ['demo-1.0/LICENSE', 0, ''])
})

test('texts that are not there are undefined, wherever else files of their names lie', async () => {
  const members: WheelParts['members'] = (members) => members.filter(({ name }) => /__init__|METADATA/.test(String(name)))
  const found = await inspected(buildWheel({ files: { 'demo/vendor.dist-info/RECORD': 'x' }, members }))
  assert.deepEqual([found.problems, found.record, found.wheel, found.entryPoints], [[], undefined, undefined, undefined])
  const bare = await inspected(buildSdist({ members: (members) => members.filter(({ name }) => !String(name).endsWith('PKG-INFO')) }))
  assert.deepEqual([bare.problems, bare.metadata], [[], undefined])
})

describe('refused, and the same without the fault is fine', () => {
  const wheels: Record<string, [rule: string, WheelParts]> = {
    'no metadata folder': ['wheel-dist-info', { distInfo: 'demo' }],
    'two metadata folders (T150)': ['wheel-dist-info', { files: { 'other-1.0.dist-info/METADATA': '' } }],
    'two metadata folders for a system blind to case (T158)': ['wheel-dist-info', { files: { 'demo-1.0.DIST-INFO/x': '' } }],
    'a RECORD that is not UTF-8 (UP-97)': [
      'text-encoding',
      { files: { 'demo-1.0.dist-info/RECORD': Buffer.from('gr\xf6\xdfe', 'latin1') } },
    ],
    'entry points that are not UTF-8 (UP-98)': [
      'text-encoding',
      { files: { 'demo-1.0.dist-info/entry_points.txt': Buffer.from('\xff', 'latin1') } },
    ],
    'METADATA of more than 8 MiB (T167)': ['text-too-long', { description: 'x'.repeat(8 * 2 ** 20) }],
    'a broken archive': ['zip-trailing-data', { zip: { trailing: Buffer.from('x') } }],
    'another ending': ['file-ending', { filename: 'demo-1.0.zip' }],
  }
  for (const [name, [rule, parts]] of Object.entries(wheels)) {
    test(name, async () => {
      assert.deepEqual(await rules(buildWheel()), [])
      assert.deepEqual(await rules(buildWheel(parts)), [rule])
    })
  }
  const sdists: Record<string, [rule: string, SdistParts]> = {
    'PKG-INFO of more than 8 MiB (T167)': ['text-too-long', { description: 'x'.repeat(8 * 2 ** 20) }],
    'a broken archive': ['archive-compression', { gzip: { trailing: Buffer.from('x') } }],
    'the ending of a wheel': ['zip-unreadable', { filename: 'demo-1.0-py3-none-any.whl' }],
  }
  for (const [name, [rule, parts]] of Object.entries(sdists)) {
    test(`an sdist: ${name}`, async () => {
      assert.deepEqual(await rules(buildSdist()), [])
      assert.deepEqual(await rules(buildSdist(parts)), [rule])
    })
  }
})

test('many folders of metadata do not add up in memory: only the first is kept', async () => {
  const files = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`x${at}.dist-info/RECORD`, 'x'.repeat(10 + at)]))
  const found = await inspected({
    filename: 'demo-1.0-py3-none-any.whl',
    bytes: rawZip(Object.entries(files).map(([name, data]) => ({ name, data }))),
  })
  assert.deepEqual([found.problems.map(({ rule }) => rule), found.record], [['wheel-dist-info'], 'x'.repeat(10)])
})

describe('a file of two formats is refused (T158, UP-66)', () => {
  const wheel = buildWheel()
  const sdist = buildSdist()

  test('a tar archive that pip would take for a ZIP archive, which gzip allows in its last stored block', async () => {
    const stored = (last: boolean, data: Buffer): Buffer =>
      Buffer.concat([Buffer.from([Number(last), data.length, data.length >> 8, ~data.length, ~data.length >> 8]), data])
    const tar = rawTar([
      { name: 'demo-1.0/PKG-INFO', data: 'x' },
      { name: 'demo-1.0/wheel.zip', data: wheel.bytes },
    ])
    assert.deepEqual(await rules({ ...sdist, bytes: rawGzip(tar) }), [])
    assert.deepEqual(await rules({ ...sdist, bytes: rawGzip(tar, { compressed: stored(true, tar) }) }), ['archive-two-formats'])
  })
  test('a ZIP archive that Python takes for a tar archive', async () => {
    const disguised = (checksum: string): Distribution => {
      const first = { name: `a${'x'.repeat(600)}`, data: 'x', both: { method: 0 } }
      const bytes = rawZip([
        { ...first, name: `${first.name.slice(0, 118)}${checksum}${first.name.slice(126)}` },
        { name: 'demo-1.0.dist-info/METADATA' },
      ])
      return { ...wheel, bytes }
    }
    const block = disguised(' '.repeat(8)).bytes.subarray(0, 512)
    const sum = block.reduce((sum, byte) => sum + byte, 0).toString(8)
    assert.deepEqual(await rules(disguised('xxxxxxxx')), [])
    assert.deepEqual(await rules(disguised(sum.padStart(6, '0').padEnd(8))), ['archive-two-formats'])
    assert.deepEqual(await rules(disguised(`+${sum}`.padEnd(8))), ['archive-two-formats'])
  })
  test('plain tar is neither', async () => {
    const bytes = Buffer.concat([tarMember({ name: 'demo-1.0/PKG-INFO' }), Buffer.alloc(1024)])
    assert.deepEqual(await rules({ ...wheel, bytes }), ['archive-two-formats'])
    assert.deepEqual(await rules({ ...sdist, bytes }), ['gzip-unreadable'])
  })
})
