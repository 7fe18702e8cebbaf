import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { memorySource, unpacked } from '../testing/memory-source.ts'
import { octal, pax, type RawGzip, type RawTarMember, rawGzip, rawTar, tarMember } from '../testing/raw-tar.ts'
import { gunzip } from './gzip.ts'
import { readTar } from './tar.ts'

const info: RawTarMember = { name: 'demo-1.0/PKG-INFO', data: 'Name: demo\n' }
const module: RawTarMember = { name: 'demo-1.0/src/with space.py', data: 'x = 1\n'.repeat(1000) }
const sound = [{ name: 'demo-1.0/', type: '5' }, info, module]
const content = { 'demo-1.0': 'folder', 'demo-1.0/PKG-INFO': 'Name: demo\n', 'demo-1.0/src/with space.py': 'x = 1\n'.repeat(1000) }

async function read(bytes: Uint8Array) {
  const { got, open } = unpacked()
  return { problem: await readTar(gunzip(memorySource(bytes)), open), ...got }
}

async function accepted(members: RawTarMember[], end?: Buffer): Promise<Record<string, string>> {
  const { problem, files } = await read(rawGzip(rawTar(members, end)))
  assert.equal(problem, undefined)
  return files
}

/** The rule that refuses the file, after the same archive without the fault passed. */
async function refusal(bytes: Buffer): Promise<string | undefined> {
  assert.deepEqual(await accepted(sound), content)
  const { problem } = await read(bytes)
  assert.match(problem?.text ?? '', /^[A-Z“"].*\.$/)
  return problem?.rule
}

const gnu = 'ustar  \0'
const long = `demo-1.0/${'long/'.repeat(60)}größe.py`
const longName: RawTarMember = { name: '././@LongLink', type: 'L', magic: gnu, data: `${long}\0` }
const longLink: RawTarMember = { name: '././@LongLink', type: 'K', magic: gnu, data: 'PKG-INFO\0' }

describe('tar archives of all tools are read', () => {
  const table: Record<string, [RawTarMember[], Record<string, string>]> = {
    'ustar, a long name in two parts': [[{ name: 'f.py', prefix: 'demo-1.0/src', data: 'x' }], { 'demo-1.0/src/f.py': 'x' }],
    'plain GNU': [[{ name: 'demo-1.0/f', magic: gnu, data: 'x' }], { 'demo-1.0/f': 'x' }],
    'the type of old tars': [[{ name: 'demo-1.0/f', type: '\0', data: 'x' }], { 'demo-1.0/f': 'x' }],
    'a long GNU name': [[longName, { name: long.slice(0, 99), magic: gnu, data: 'x' }], { [long]: 'x' }],
    'a long GNU link and its name': [
      [longLink, longName, { name: 'demo-1.0/cut', type: '2', magic: gnu, target: 'cut' }],
      { [long]: 'link' },
    ],
    'a pax name': [[pax({ mtime: '1.5', path: long }), { name: 'demo-1.0/cut', data: 'x' }], { [long]: 'x' }],
    'the pax header of git archive': [[pax({ comment: 'c0ffee' }, 'g'), info], { 'demo-1.0/PKG-INFO': 'Name: demo\n' }],
    'a pax size that says the same': [[pax({ size: '11' }), info], { 'demo-1.0/PKG-INFO': 'Name: demo\n' }],
    'a binary pax record': [[pax({ 'SCHILY.xattr.user.x': '\u0000\u0001=\n' }), info], { 'demo-1.0/PKG-INFO': 'Name: demo\n' }],
    'GNU sizes and times in binary': [
      [{ ...info, size: binary(11), mtime: Buffer.alloc(12, 0xff) }],
      { 'demo-1.0/PKG-INFO': 'Name: demo\n' },
    ],
    'a symbolic link beside': [
      [info, { name: 'demo-1.0/link', type: '2', target: './PKG-INFO' }],
      { 'demo-1.0/PKG-INFO': 'Name: demo\n', 'demo-1.0/link': 'link' },
    ],
    'a symbolic link up, but not out': [
      [{ name: 'demo-1.0/a/b/link', type: '2', target: '../../PKG-INFO' }],
      { 'demo-1.0/a/b/link': 'link' },
    ],
    'a hard link to a file before': [
      [info, { name: 'demo-1.0/link', type: '1', target: 'demo-1.0/PKG-INFO' }],
      { 'demo-1.0/PKG-INFO': 'Name: demo\n', 'demo-1.0/link': 'link' },
    ],
  }
  for (const [name, [members, files]] of Object.entries(table)) test(name, async () => assert.deepEqual(await accepted(members), files))

  test('many zeros at the end', async () => assert.deepEqual(await accepted(sound, Buffer.alloc(100 * 512)), content))
  test('a gzip header with a name', async () => {
    assert.equal((await read(rawGzip(rawTar(sound), { flags: 8, header: Buffer.from('demo-1.0.tar\0') }))).problem, undefined)
  })
})

/** A size as GNU writes it when eleven octal digits are not enough. */
function binary(size: number): Buffer {
  const bytes = Buffer.alloc(12)
  bytes[0] = 0x80
  bytes.writeUInt32BE(size, 8)
  return bytes
}

describe('refused for its gzip frame (T153)', () => {
  const tar = rawTar(sound)
  const table: Record<string, [rule: string, RawGzip]> = {
    'another member behind': ['archive-compression', { trailing: rawGzip(tar) }],
    'an empty member behind': ['archive-compression', { trailing: rawGzip(Buffer.alloc(0)) }],
    'trailing data': ['archive-compression', { trailing: Buffer.from('evil') }],
    'trailing zeros': ['archive-compression', { trailing: Buffer.alloc(512) }],
    'another checksum': ['gzip-checksum', { crc: 1 }],
    'another length': ['gzip-checksum', { size: 1 }],
    'broken compression': ['archive-compression', { compressed: Buffer.alloc(100, 7) }],
    'reserved flags': ['gzip-header', { flags: 0x20 }],
    'an extra field': ['gzip-header', { flags: 0x04, header: Buffer.from('\x02\x00xx') }],
    'an endless name': ['gzip-header', { flags: 0x08, header: Buffer.alloc(2000, 0x41) }],
  }
  for (const [name, [rule, gzip]] of Object.entries(table)) test(name, async () => assert.equal(await refusal(rawGzip(tar, gzip)), rule))

  test('other formats', async () => {
    assert.equal(await refusal(tar), 'gzip-unreadable')
    assert.equal(await refusal(Buffer.from('BZh91AY&SY')), 'gzip-unreadable')
    assert.equal(await refusal(Buffer.alloc(0)), 'gzip-unreadable')
    assert.equal(await refusal(rawGzip(Buffer.from('no tar at all'))), 'tar-cut-off')
  })
  test('cut off anywhere', async () => {
    const bytes = rawGzip(tar)
    for (let length = 0; length < bytes.length; length++) assert.ok((await read(bytes.subarray(0, length))).problem, `${length} bytes`)
  })
})

describe('refused for its structure (T153, T155, UP-67, UP-73, UP-74)', () => {
  const evil = { name: 'demo-1.0/evil.py', data: 'evil' }
  const table: Record<string, [rule: string, RawTarMember[], Buffer?]> = {
    'another archive behind the end': ['tar-trailing-data', sound, Buffer.concat([Buffer.alloc(1024), rawTar([evil])])],
    'a member behind one end block': ['tar-trailing-data', sound, Buffer.concat([Buffer.alloc(512), rawTar([evil])])],
    'a byte behind the end': ['tar-trailing-data', sound, Buffer.concat([Buffer.alloc(10_240), Buffer.from('x')])],
    'only one end block': ['tar-cut-off', sound, Buffer.alloc(512)],
    'no end block': ['tar-cut-off', sound, Buffer.alloc(0)],
    'no members': ['tar-empty', []],
    'a wrong checksum': ['tar-unreadable', [{ ...info, checksum: '0000000\0' }]],
    'something between members': ['tar-unreadable', [info, { name: '', checksum: 'evil' }, module]],
    'a header of before 1988': ['tar-format', [{ ...info, magic: '' }]],
    'a GNU header that keeps times where others keep names': ['tar-format', [{ ...info, magic: gnu, prefix: 'demo-1.0' }]],
    'no number for a size': ['tar-format', [{ ...info, size: '0000000001x' }]],
    'a size with a sign': ['tar-format', [{ ...info, size: '+0000000013' }]],
    'a size below zero': ['tar-format', [{ ...info, size: Buffer.alloc(12, 0xff) }]],
    'a time that is no number': ['tar-format', [{ ...info, mtime: 'yesterday' }]],
    'a size beyond the end': ['tar-cut-off', [info, { ...module, size: octal(2 ** 30, 11) }]],
    'a monstrous size': ['tar-cut-off', [{ ...info, size: Buffer.from(`\x80${'\x7f'.repeat(11)}`, 'latin1') }]],
    'another pax size (CVE-2025-62518)': ['tar-sizes', [pax({ size: '1024' }), { ...info, data: tarMember(evil), size: octal(0, 11) }]],
    'a pax size that is no number': ['tar-sizes', [pax({ size: '0xb' }), info]],
    'a folder with content': ['tar-sizes', [...sound, { name: 'demo-1.0/sub/', type: '5', data: tarMember(evil) }]],
    'a link with content': ['tar-sizes', [...sound, { name: 'demo-1.0/link', type: '2', target: 'PKG-INFO', data: tarMember(evil) }]],
    'a GNU sparse file': ['tar-sparse', [{ ...info, type: 'S', data: '' }]],
    'a pax sparse file': ['tar-sparse', [pax({ 'GNU.sparse.major': '1', 'GNU.sparse.name': 'demo-1.0/x' }), info]],
    'a character device': ['tar-special-file', [...sound, { name: 'demo-1.0/dev', type: '3' }]],
    'a block device': ['tar-special-file', [...sound, { name: 'demo-1.0/dev', type: '4' }]],
    'a pipe': ['tar-special-file', [...sound, { name: 'demo-1.0/pipe', type: '6' }]],
    'an unknown type': ['tar-special-file', [...sound, { name: 'demo-1.0/x', type: 'Z' }]],
    'a file outside the top folder': ['tar-top-folder', [...sound, { name: 'other/x' }]],
    'a file beside the top folder': ['tar-top-folder', [...sound, { name: 'setup.py' }]],
    'a file as top folder': ['tar-top-folder', [{ name: 'demo-1.0' }]],
    'a link as top folder': ['tar-top-folder', [{ name: 'demo-1.0', type: '2', target: 'x' }]],
    'two top folders': ['tar-top-folder', [...sound, { name: 'demo-2.0/', type: '5' }]],
    'a top folder of another case': ['tar-top-folder', [...sound, { name: 'Demo-1.0/x' }]],
    'the same name twice': ['archive-duplicate-name', [...sound, info]],
    'names of another case': ['archive-similar-names', [...sound, { name: 'demo-1.0/pkg-info' }]],
    'a link that others go through': [
      'archive-file-and-folder',
      [...sound, { name: 'demo-1.0/a', type: '2', target: 'src' }, { name: 'demo-1.0/a/x.py' }],
    ],
    'an absolute path': ['archive-path', [{ name: '/etc/passwd' }]],
    'a parent folder': ['archive-path', [...sound, { name: 'demo-1.0/../../x' }]],
    'a parent folder in two parts': ['archive-path', [...sound, { name: 'x', prefix: 'demo-1.0/..' }]],
    'a parent folder by pax': ['archive-path', [...sound, pax({ path: 'demo-1.0/../x' }), { name: 'demo-1.0/x' }]],
    'an empty path by pax': ['archive-path', [...sound, pax({ path: '' }), { name: 'demo-1.0/x' }]],
    'a dot, which pip takes for the top folder, and finds nothing to build in it': ['archive-path', [{ name: './demo-1.0/x' }]],
    'a backslash': ['archive-path', [...sound, { name: 'demo-1.0/..\\x' }]],
    'a file with a slash at its end': ['archive-path', [...sound, { name: 'demo-1.0/x/' }]],
    'a name with NUL by pax': ['archive-path', [...sound, pax({ path: 'demo-1.0/x\0y' }), { name: 'demo-1.0/x' }]],
    'a name with NUL by GNU': ['archive-path', [...sound, { ...longName, data: 'demo-1.0/x\0y\0' }, { name: 'demo-1.0/x' }]],
    'a GNU name without its end': ['archive-name', [...sound, { ...longName, data: 'demo-1.0/x' }, { name: 'demo-1.0/x' }]],
    'a name in Latin-1': ['archive-name', [...sound, { name: Buffer.from('demo-1.0/gr\xf6\xdfe', 'latin1') }]],
    'a pax name and a GNU name': ['tar-extension', [longName, pax({ path: 'demo-1.0/x' }), info]],
    'two pax headers': ['tar-extension', [pax({ path: 'demo-1.0/x' }), pax({ path: 'demo-1.0/y' }), info]],
    'two GNU names': ['tar-extension', [longName, longName, info]],
    'a pax key twice': ['tar-extension', [{ ...pax({}), data: '21 path=demo-1.0/abcd\n21 path=demo-1.0/efgh\n' }, info]],
    'a pax length too long': ['tar-extension', [{ ...pax({}), data: '99 path=demo-1.0/abcd\n' }, info]],
    'a pax length too short': ['tar-extension', [{ ...pax({}), data: '9 path=demo-1.0/abcd\n' }, info]],
    'a pax length that is none': ['tar-extension', [{ ...pax({}), data: '0x15 path=demo-1.0/a\n' }, info]],
    'a pax character set': ['tar-extension', [pax({ hdrcharset: 'BINARY' }), info]],
    'a global name': ['tar-extension', [pax({ path: 'demo-1.0/x' }, 'g'), info]],
    'a global size': ['tar-extension', [pax({ size: '0' }, 'g'), info]],
    'a long header of a megabyte': ['tar-extension', [pax({ comment: 'x'.repeat(2 ** 20) }), info]],
    'a long header for nobody': ['tar-cut-off', [...sound, longName]],
  }
  for (const [name, [rule, members, end]] of Object.entries(table))
    test(name, async () => assert.equal(await refusal(rawGzip(rawTar(members, end))), rule))
})

describe('refused for a link that leaves the top folder, or may', () => {
  const symbolic = [
    '/etc/passwd',
    '../x',
    '../../x',
    'src/../../x',
    'src/..',
    '..',
    '',
    'C:/x',
    'c:x',
    '..\\x',
    '\\x',
    'x\n',
    '../demo-1.0/PKG-INFO',
  ]
  for (const target of symbolic) {
    test(`symbolic, to ${JSON.stringify(target)}`, async () => {
      assert.equal(await refusal(rawGzip(rawTar([...sound, { name: 'demo-1.0/link', type: '2', target }]))), 'tar-link')
    })
  }
  for (const target of ['/etc/passwd', 'demo-1.0/none', 'PKG-INFO', 'demo-1.0/../x', 'demo-1.0', 'demo-1.0/link', '']) {
    test(`hard, to ${JSON.stringify(target)}`, async () => {
      assert.equal(await refusal(rawGzip(rawTar([...sound, { name: 'demo-1.0/link', type: '1', target }]))), 'tar-link')
    })
  }
  test('by a name that GNU or pax makes longer', async () => {
    const link = { name: 'demo-1.0/link', type: '2', target: 'PKG-INFO' }
    assert.equal(await refusal(rawGzip(rawTar([...sound, pax({ linkpath: '../../x' }), link]))), 'tar-link')
    assert.equal(await refusal(rawGzip(rawTar([...sound, { ...longLink, data: '../../x\0' }, link]))), 'tar-link')
  })
})
