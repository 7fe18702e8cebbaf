import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { memorySource, unpacked } from '../testing/memory-source.ts'
import { extra, type RawMember, type RawZip, rawZip, uint } from '../testing/raw-zip.ts'
import { readZip } from './zip.ts'

const first: RawMember = { name: 'demo/__init__.py', data: 'x = 1\n' }
const second: RawMember = { name: 'demo/with space.py', data: 'y = 2\n'.repeat(1000) }
const sound = [first, second]
const content = { 'demo/__init__.py': 'x = 1\n', 'demo/with space.py': 'y = 2\n'.repeat(1000) }

async function read(bytes: Uint8Array) {
  const { got, open } = unpacked()
  return { problem: await readZip(memorySource(bytes), open), ...got }
}

async function accepted(members: RawMember[], zip?: RawZip): Promise<Record<string, string>> {
  const { problem, files } = await read(rawZip(members, zip))
  assert.equal(problem, undefined)
  return files
}

/** The rule that refuses it, after the same archive without the fault passed. */
async function refusal(members: RawMember[], zip?: RawZip): Promise<string | undefined> {
  await accepted(sound)
  const { problem } = await read(rawZip(members, zip))
  assert.match(problem?.text ?? '', /^[A-Z“"].*\.$/)
  return problem?.rule
}

test('a ZIP archive is read: files stored and deflated, folders, spaces and Unicode in names, directory in any order', async () => {
  assert.deepEqual(await accepted(sound), content)
  const members: RawMember[] = [
    { name: 'demo/', both: { method: 0 } },
    { name: 'demo/größe 日本.txt', data: 'stored', both: { method: 0 } },
    { name: 'demo/empty', data: '' },
    { name: 'demo/empty stored', data: '', both: { method: 0 } },
    { name: 'demo/large', data: 'z'.repeat(3_000_000) },
  ]
  const files = await accepted(members, { order: (entries) => entries.toReversed() })
  assert.deepEqual(Object.keys(files), ['demo', 'demo/größe 日本.txt', 'demo/empty', 'demo/empty stored', 'demo/large'])
  assert.equal(files['demo/größe 日本.txt'], 'stored')
})

const u64 = (...numbers: number[]): Buffer => Buffer.concat(numbers.map((number) => uint(8, number)))
const wide = (...numbers: number[]): Buffer => extra(0x0001, u64(...numbers))
const whole = 0xffffffff
const packed = deflateRawSync(Buffer.from('x = 1\n'))

describe('ZIP64 is read where it says the truth', () => {
  const table: Record<string, [RawMember[], RawZip?]> = {
    'sizes in the local header only, as Python writes for content of unknown length': [
      [{ ...first, local: { compressedSize: whole, size: whole, extra: wide(6, packed.length) } }, second],
    ],
    'sizes in both headers': [[{ ...first, both: { compressedSize: whole, size: whole, extra: wide(6, packed.length) } }, second]],
    'sizes repeated though they fit, as Bazel writes': [[{ ...first, local: { extra: wide(6, packed.length) } }, second]],
    'a place in the directory': [[{ ...first, central: { offset: whole, extra: wide(0) } }, second]],
    'end records beside true numbers': [sound, { wide: {} }],
    'end records instead of numbers': [sound, { wide: {}, end: { offset: whole, size: whole, count: 0xffff, countHere: 0xffff } }],
  }
  for (const [name, [members, zip]] of Object.entries(table))
    test(name, async () => assert.deepEqual(await accepted(members, zip), content))
})

describe('refused for its structure (P9, T155, T156, UP-76…UP-86)', () => {
  const other = rawZip([{ name: 'demo/evil.py', data: 'evil' }])
  const hidden: RawMember = { name: 'demo/hidden.py', data: 'evil', only: 'file' }
  const table: Record<string, [rule: string, RawMember[], RawZip?]> = {
    'a prefix that the directory knows of': ['zip-prefix', sound, { prefix: Buffer.from('#!/bin/sh\n') }],
    'a prefix that it does not know of': [
      'zip-directory-place',
      sound,
      { prefix: Buffer.from('MZ'), end: { offset: rawZip(sound).readUInt32LE(rawZip(sound).length - 6) } },
    ],
    'trailing data': ['zip-trailing-data', sound, { trailing: Buffer.from('evil') }],
    'a comment': ['zip-trailing-data', sound, { comment: 'hello' }],
    'a comment announced, but not there': ['zip-comment', sound, { end: { commentLength: 7 } }],
    'an end record inside the comment': ['zip-directory-place', sound, { comment: other.subarray(-22) }],
    'a whole archive inside the comment': ['zip-directory-place', sound, { comment: other }],
    'two archives, one behind the other': ['zip-directory-place', sound, { trailing: other }],
    'two end records': ['zip-directory-place', sound, { trailing: rawZip(sound).subarray(-22) }],
    'data before the directory': ['zip-gap', sound, { beforeDirectory: Buffer.from('evil') }],
    'data behind the directory': ['zip-directory-place', sound, { beforeEnd: Buffer.from('evil') }],
    'data between members': ['zip-gap', [first, { ...second, before: Buffer.from('evil') }]],
    'a hidden member between the others': ['zip-gap', [first, hidden, second]],
    'a hidden member behind the others': ['zip-gap', [first, second, hidden]],
    'a hidden member before the others': ['zip-prefix', [hidden, first, second]],
    'a member that is only in the directory': ['zip-overlap', [first, second, { name: 'demo/none.py', only: 'directory' }]],
    'two members over the same bytes': [
      'zip-overlap',
      [first, second, { ...first, name: 'demo/twice.py', only: 'directory', central: { offset: 0 } }],
    ],
    'a member that reaches into the directory': ['zip-overlap', [first, { ...second, both: { compressedSize: 5000 } }]],
    'a member inside another': ['zip-overlap', [first, { ...second, only: 'directory', central: { offset: 10 } }]],
    'a place far outside': ['zip-gap', [first, { ...second, central: { offset: 4_000_000_000 } }]],
    'something else for a local header': ['zip-unreadable', [first, { ...second, local: { signature: 0x08074b50 } }]],
    'something else for an entry': ['zip-unreadable', [first, { ...second, central: { signature: 0x05054b50 } }]],
    'too small a count': ['zip-directory-count', sound, { end: { count: 1, countHere: 1 } }],
    'too large a count': ['zip-directory-count', sound, { end: { count: 3, countHere: 3 } }],
    'a wrong size of the directory': ['zip-directory-place', sound, { end: { size: 46 } }],
    'a wrong place of the directory': ['zip-directory-place', sound, { end: { offset: 0 } }],
    'another disk in the end record': ['zip-disks', sound, { end: { disk: 1 } }],
    'members on another disk': ['zip-disks', sound, { end: { countHere: 1 } }],
    'another disk in an entry': ['zip-disks', [first, { ...second, central: { disk: 1 } }]],
    'a comment on a member': ['zip-member-comment', [first, { ...second, central: { comment: 'hello' } }]],
    'a name longer than the directory': [
      'zip-unreadable',
      sound,
      { order: ([one = Buffer.alloc(0)]) => [one.subarray(0, -1)], end: { count: 1, countHere: 1 } },
    ],
    nothing: ['zip-unreadable', [], { end: { offset: whole }, wide: { recordSize: 1 }, trailing: Buffer.alloc(70_000) }],
  }
  for (const [name, [rule, members, zip]] of Object.entries(table)) test(name, async () => assert.equal(await refusal(members, zip), rule))

  test('cut off anywhere', async () => {
    const bytes = rawZip(sound)
    for (let length = 0; length < bytes.length; length++) assert.ok((await read(bytes.subarray(0, length))).problem, `${length} bytes`)
    assert.equal((await read(bytes)).problem, undefined)
  })
})

describe('refused since its two headers differ (T155, UP-79, UP-80)', () => {
  const differences: Record<string, RawMember['local']> = {
    'the name': { name: 'demo/other.py' },
    'the name by an ignorable character': { name: 'demo/__init__.py\ufeff', flags: 0x0800 },
    'the version': { version: 45 },
    'the flags': { flags: 0x0800 },
    'the method': { method: 0 },
    'the time': { time: 0x5c210001 },
    'the checksum': { crc: 1 },
    'the compressed size': { compressedSize: packed.length - 1 },
    'the size': { size: 5 },
    'the size by ZIP64': { compressedSize: whole, size: whole, extra: wide(7, packed.length) },
  }
  for (const [name, local = {}] of Object.entries(differences)) {
    test(name, async () => assert.equal(await refusal([{ ...first, local }, second]), 'zip-headers-disagree'))
  }
})

describe('refused for ZIP64 that lies (T156, UP-81, UP-83)', () => {
  const sizes = { compressedSize: whole, size: whole }
  const table: Record<string, [RawMember[], RawZip?]> = {
    'sizes announced, but not there': [[{ ...first, both: sizes }, second]],
    'empty sizes': [[{ ...first, both: { ...sizes, extra: wide() } }, second]],
    'one size of two': [[{ ...first, both: { ...sizes, extra: wide(6) } }, second]],
    'more numbers than asked for': [[{ ...first, both: { ...sizes, extra: wide(6, packed.length, 0) } }, second]],
    'half a number': [[{ ...first, both: { ...sizes, extra: extra(1, Buffer.alloc(12)) } }, second]],
    'other sizes that nobody asked for': [[{ ...first, both: { extra: wide(7, packed.length) } }, second]],
    'a place that nobody asked for': [[{ ...first, central: { extra: wide(0) } }, second]],
    'an end record that is not there': [sound, { end: { offset: whole } }],
    'a count that is not there': [sound, { end: { count: 0xffff, countHere: 0xffff } }],
    'another offset in the end record': [sound, { wide: {}, end: { offset: 0 } }],
    'another offset in its ZIP64 form': [sound, { wide: { offset: 0 } }],
    'another count': [sound, { wide: { count: 3, countHere: 3 } }],
    'another count on this disk': [sound, { wide: { countHere: 1 } }],
    'another size': [sound, { wide: { size: 46 } }],
    'a locator that points elsewhere': [sound, { wide: { located: 0 } }],
    'a locator of another disk': [sound, { wide: { locatorDisk: 1 } }],
    'several disks': [sound, { wide: { disks: 2 } }],
    'another disk': [sound, { wide: { directoryDisk: 1 } }],
    'a longer record': [sound, { wide: { recordSize: 52 } }],
    'a locator without a record': [sound, { beforeEnd: Buffer.concat([Buffer.from('PK\x06\x07'), Buffer.alloc(16)]) }],
  }
  for (const [name, [members, zip]] of Object.entries(table)) test(name, async () => assert.equal(await refusal(members, zip), 'zip64'))
})

describe('refused for a member that is not a plain file (T149, T152, T156, T158, UP-69, UP-76…UP-82)', () => {
  const one = (rule: string, member: Partial<RawMember>): [string, RawMember[]] => [rule, [{ ...first, ...member }, second]]
  const named = (rule: string, name: string | Buffer, flags = 0x0800): [string, RawMember[]] => one(rule, { name, both: { flags } })
  const table: Record<string, [rule: string, RawMember[]]> = {
    encrypted: one('zip-encrypted', { both: { flags: 0x0001 } }),
    'strongly encrypted': one('zip-encrypted', { both: { flags: 0x0041 } }),
    'masked headers': one('zip-encrypted', { both: { flags: 0x2000 } }),
    'a data descriptor': one('zip-data-descriptor', { both: { flags: 0x0008 } }),
    'patch data': one('zip-flags', { both: { flags: 0x0020 } }),
    bzip2: one('zip-method', { both: { method: 12 } }),
    lzma: one('zip-method', { both: { method: 14 } }),
    zstd: one('zip-method', { both: { method: 93 } }),
    xz: one('zip-method', { both: { method: 95 } }),
    deflate64: one('zip-method', { both: { method: 9 } }),
    'stored with two sizes': one('zip-sizes', { both: { method: 0, size: 7 } }),
    'a second name in the directory': one('zip-unicode-path', { central: { extra: extra(0x7075, Buffer.from('\x01....demo/evil.py')) } }),
    'a second name in its own header': one('zip-unicode-path', { local: { extra: extra(0x7075, Buffer.from('\x01....demo/evil.py')) } }),
    'an extra field twice': one('zip-extra', {
      both: { extra: Buffer.concat([extra(0x5455, Buffer.alloc(5)), extra(0x5455, Buffer.alloc(5))]) },
    }),
    'ZIP64 sizes twice': one('zip-extra', {
      both: { compressedSize: whole, size: whole, extra: Buffer.concat([wide(6, packed.length), wide(6, 1)]) },
    }),
    'an extra field cut off': one('zip-extra', { both: { extra: extra(0x5455, Buffer.alloc(5)).subarray(0, -1) } }),
    'half an extra field': one('zip-extra', { both: { extra: Buffer.alloc(3) } }),
    'a symbolic link': one('zip-special-file', { central: { mode: 0o120777 } }),
    'a pipe': one('zip-special-file', { central: { mode: 0o010644 } }),
    'a device': one('zip-special-file', { central: { mode: 0o020644 } }),
    'a folder by mode, a file by name': one('zip-special-file', { central: { mode: 0o040755 } }),
    'a file by mode, a folder by name': ['zip-special-file', [...sound, { name: 'demo/sub/', central: { mode: 0o100644 } }]],
    'a folder with content': ['zip-folder-content', [...sound, { name: 'demo/sub/', data: 'evil' }]],
    'a name in Latin-1': named('archive-name', Buffer.from('demo/gr\xf6\xdfe.py', 'latin1')),
    'a name not marked as UTF-8': named('archive-name', 'demo/größe.py', 0),
    'an overlong slash': named('archive-name', Buffer.from('demo/\xc0\xaf', 'latin1')),
    'a name with NUL': named('archive-path', 'demo/a.py\0.txt'),
    'a name with a line end': named('archive-path', 'demo/a\nb'),
    'a name with DEL': named('archive-path', 'demo/a\x7f'),
    'a name with a C1 control': named('archive-path', 'demo/a\u009b'),
    'no name': named('archive-path', ''),
    'only a slash': one('archive-path', { name: '/', data: '' }),
    'a parent folder': named('archive-path', '../evil.py'),
    'a parent folder inside': named('archive-path', 'demo/../../evil.py'),
    'a parent folder at the end': named('archive-path', 'demo/..'),
    'an absolute path': named('archive-path', '/etc/passwd'),
    'a drive': named('archive-path', 'C:/evil.py'),
    'a relative drive': named('archive-path', 'c:evil.py'),
    'a backslash': named('archive-path', 'demo\\evil.py'),
    'a share': named('archive-path', '//server/share'),
    'a dot': named('archive-path', './demo/x.py'),
    'nothing between slashes': named('archive-path', 'demo//x.py'),
  }
  for (const [name, [rule, members]] of Object.entries(table)) test(name, async () => assert.equal(await refusal(members), rule))
})

describe('refused for members in one place (T155, T158, UP-78)', () => {
  const table: Record<string, [rule: string, RawMember]> = {
    'the same name': ['archive-duplicate-name', first],
    'the same name as a folder': ['archive-duplicate-name', { name: 'demo/__init__.py/' }],
    'another case': ['archive-similar-names', { name: 'Demo/__INIT__.py' }],
    'a file that is a folder': ['archive-file-and-folder', { name: 'demo/__init__.py/sub/x.py' }],
    'a file that is a folder in another case': ['archive-file-and-folder', { name: 'DEMO/__init__.py/x' }],
    'a folder that is a file': ['archive-file-and-folder', { name: 'demo' }],
  }
  for (const [name, [rule, member]] of Object.entries(table)) test(name, async () => assert.equal(await refusal([...sound, member]), rule))

  test('two Unicode forms of one name', async () => {
    assert.equal(await refusal([...sound, { name: 'demo/größe' }, { name: 'demo/größe'.normalize('NFD') }]), 'archive-similar-names')
  })
  test('letters that differ from others only on paper', async () => {
    assert.equal(await refusal([...sound, { name: 'demo/straße' }, { name: 'demo/STRASSE' }]), 'archive-similar-names')
    assert.equal(await refusal([...sound, { name: 'demo/\u212a' }, { name: 'demo/k' }]), 'archive-similar-names')
  })
  test('but names that begin alike are fine', async () => {
    await accepted([...sound, { name: 'demo/__init__.pyi' }, { name: 'demo/__init__.py.txt' }, { name: 'demo/__init__' }])
  })
})

describe('refused for its content (T153, T155)', () => {
  const table: Record<string, [rule: string, Partial<RawMember>]> = {
    'broken compression': ['archive-compression', { compressed: Buffer.from('\x07\x07\x07') }],
    'no compression at all': ['archive-compression', { compressed: Buffer.alloc(0), data: '' }],
    'compression cut off': ['archive-compression', { compressed: packed.subarray(0, -1) }],
    'data behind the compressed data': ['archive-compression', { compressed: Buffer.concat([packed, Buffer.from('evil')]) }],
    'a smaller size declared': ['zip-content', { both: { size: 5 } }],
    'a larger size declared': ['zip-content', { both: { size: 7 } }],
    'another checksum': ['zip-content', { both: { crc: 1 } }],
    'another stored content': ['zip-content', { both: { method: 0, crc: 1 } }],
  }
  for (const [name, [rule, member]] of Object.entries(table))
    test(name, async () => assert.equal(await refusal([{ ...first, ...member }, second]), rule))
})
