import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalUsername, parseUsername } from './username.ts'

for (const text of ['ab', 'Mona', 'mona.lisa', 'a_-.b', '0day', 'x'.repeat(50), 'A1']) {
  test(`user name: ${text} is one (ACC-02)`, () => assert.equal(parseUsername(text), text))
}

const refused = [
  '',
  'a',
  'x'.repeat(51),
  '.ab',
  'ab.',
  '-ab',
  'ab-',
  '_ab',
  'ab_',
  'a b',
  'a@b',
  'a/b',
  'a\\b',
  'a%20b',
  'a+b',
  'ab\0',
  'a\0b',
  'a\nb',
  'mona\u200b',
  'ａｄｍｉｎ',
  'аdmin',
  'mon\u0430',
  '\u212aevin',
  'ſam',
  'mıke',
  'İan',
  'café',
  'e\u0301a',
  '<b>b',
  'x'.repeat(50_000),
  ' '.repeat(50_000),
  '.'.repeat(50_000),
]
for (const text of refused) {
  test(`user name: ${JSON.stringify(text.slice(0, 30))} is none (T11)`, () => assert.equal(parseUsername(text), undefined))
}

test('user name: case and space around it don’t make another account (T11)', () => {
  const names = ['admin', 'Admin', 'ADMIN', 'admin ', '\tadmin\n', 'admin\u3000'].map((text) => {
    const name = parseUsername(text)
    assert.ok(name)
    return canonicalUsername(name)
  })
  assert.deepEqual([...new Set(names)], ['admin'])
  assert.equal(parseUsername('Admin '), 'Admin')
})
