import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compareVersions, isLocal, isPrerelease, parseVersion, type Version, versionKey, versionOrder, versionText } from './pep440.ts'

const signOf = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

const read = (text: string): Version => parseVersion(text) ?? assert.fail(`${text} isn't a version`)

const spellings = {
  'v1.0': '1.0',
  ' 1.0\n': '1.0',
  '01.002': '1.2',
  '00!1.2': '1.2',
  '0100!0.0': '100!0.0',
  '1.0.0': '1.0.0',
  '1.0.RC.1': '1.0rc1',
  '1.0c1': '1.0rc1',
  '1.0_rc1': '1.0rc1',
  '1.0pre1': '1.0rc1',
  '1.0-preview_1': '1.0rc1',
  '1.0DEV': '1.0.dev0',
  '1.0-dev': '1.0.dev0',
  '1.0.dev': '1.0.dev0',
  '1.0alpha': '1.0a0',
  '1.0-A': '1.0a0',
  '1.0beta2': '1.0b2',
  '1.0-1': '1.0.post1',
  '1.0.post': '1.0.post0',
  '1.0-r': '1.0.post0',
  '1.0rev': '1.0.post0',
  '1.0a-1.post': '1.0a1.post0',
  '1.0+Ubuntu-1': '1.0+ubuntu.1',
  '1.0+ubuntu_1': '1.0+ubuntu.1',
  '1.0+abc.01': '1.0+abc.1',
  '1.0+foo0100': '1.0+foo0100',
  '2026.1122.9007199254740993': '2026.1122.9007199254740993',
  '2!1.0RC3-4dev5+Local': '2!1.0rc3.post4.dev5+local',
}

test('versionText is the canonical spelling of everything that PEP 440 reads', () => {
  for (const [text, canonical] of Object.entries(spellings)) assert.equal(versionText(read(text)), canonical, text)
})

test('parseVersion refuses what PEP 440 does, other alphabets, and more than 128 characters', () => {
  const refused = [
    '',
    ' ',
    '1.0-',
    '1_0',
    '1. 0',
    '1..0',
    '1.0.',
    '.1',
    '1.0+',
    '1.0+_a',
    '1.0+a+b',
    '1.0+foo&x',
    '١.٠',
    'french toast',
    '1.0+İ',
  ]
  const folding = [
    '1.0po\u017ft1',
    '1.0+\u212a',
    '1!',
    '!1',
    '1.0\u00a0',
    '1.0rc1rc2',
    '1.0.post1.post2',
    '1.0.dev1a1',
    `1.${'0'.repeat(127)}`,
  ]
  for (const text of [...refused, ...folding]) assert.equal(parseVersion(text), undefined, JSON.stringify(text))
  assert.ok(parseVersion('1'.repeat(128)))
})

test('T171: fifty thousand characters are refused', () => {
  for (const text of ['1', '1.', '1.0+a.', '1.0a', ' ', '1!', 'dev']) assert.equal(parseVersion(text.repeat(50_000)), undefined)
})

test('versionKey is one for equal versions and differs for others (UP-52)', () => {
  const equal = [
    ['1', '1.0', '1.0.0', 'v01', '0!1'],
    ['1.0c1', '1rc1', '1.0.0-preview.1'],
    ['0', '0.0'],
    ['1.0+a.01', '1+A-1'],
    ['1.0-0', '1.post'],
  ]
  for (const texts of equal) assert.equal(new Set(texts.map((text) => versionKey(read(text)))).size, 1, texts.join(' '))
  const keys = equal.map(([text]) => versionKey(read(text ?? '')))
  assert.deepEqual(keys, ['1', '1rc1', '0', '1+a.1', '1.post0'])
})

const ascending = [
  '1.dev0',
  '1.0a1.dev1',
  '1.0a1',
  '1.0a1.post0.dev0',
  '1.0a1.post0',
  '1.0a2',
  '1.0b1',
  '1.0rc1.dev1',
  '1.0rc1',
  '1.0rc1.post1',
  '1.0',
  '1.0.post1.dev2',
  '1.0.post1',
  '1.0.post10',
  '1.0.1',
  '1.2.dev0',
  '1.2',
  '1.2+a',
  '1.2+abc',
  '1.2+0',
  '1.2+1',
  '1.2+1.abc',
  '1.2+1.1',
  '1.2+2',
  '1.2+123',
  '1.2.post0',
  '1.10',
  '9007199254740992',
  '9007199254740993',
  '1!0.1',
  '2!0.1',
]

test('compareVersions, and the texts of versionOrder, put versions in the order of PEP 440', () => {
  for (const [at, a] of ascending.entries()) {
    for (const [bt, b] of ascending.entries()) {
      assert.equal(Math.sign(compareVersions(read(a), read(b))), Math.sign(at - bt), `${a} ${b}`)
      assert.equal(signOf(versionOrder(read(a)), versionOrder(read(b))), Math.sign(at - bt), `${a} ${b}`)
    }
  }
  assert.equal(compareVersions(read('1.0'), read('1')), 0)
})

test('what parseVersion reads, it reads again from its canonical text, with the same key', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^v?([0-9]!)?[0-9]{1,3}(\.[0-9]{1,3}){0,3}((a|b|rc|c)[0-9]?)?(\.post[0-9])?(\.dev[0-9])?(\+[a-z0-9.]{1,3})?$/),
      (text) => {
        const version = parseVersion(text)
        if (!version) return
        const again = read(versionText(version))
        assert.equal(versionText(again), versionText(version))
        assert.equal(versionKey(again), versionKey(version))
        assert.equal(compareVersions(again, version), 0)
        assert.equal(versionOrder(again), versionOrder(version))
        assert.match(versionOrder(version), /^[0-9a-z]+$/)
        assert.equal(compareVersions(read(versionKey(version)), version), 0)
      },
    ),
  )
})

test('isPrerelease is true for a, b, rc and dev; isLocal for a + part (UP-25)', () => {
  assert.deepEqual(
    ['1a1', '1.dev1', '1.post1.dev1', '1rc1'].map((text) => isPrerelease(read(text))),
    [true, true, true, true],
  )
  assert.deepEqual(
    ['1', '1.post1', '1+a1'].map((text) => isPrerelease(read(text))),
    [false, false, false],
  )
  assert.deepEqual(
    ['1+a', '1'].map((text) => isLocal(read(text))),
    [true, false],
  )
})
