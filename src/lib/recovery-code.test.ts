import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newRecoveryCode, parseRecoveryCode, recoveryCodeCount } from './recovery-code.ts'

const fixed = '0123-4567-89AB-CDEF-GHJK-MNPQF'
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const put = (code: string, place: number, character: string): string => code.slice(0, place) + character + code.slice(place + 1)

test('recovery code: six groups, Crockford’s base32, never the same twice, and each is read back', () => {
  const codes = Array.from({ length: recoveryCodeCount }, newRecoveryCode)
  for (const code of codes) {
    assert.match(code, /^(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{5}$/)
    assert.equal(parseRecoveryCode(code), code)
  }
  assert.equal(new Set(codes).size, 8)
})

test('recovery code: all 32 characters come up everywhere: 120 bits of chance', () => {
  const codes = Array.from({ length: 1000 }, () => newRecoveryCode().replaceAll('-', ''))
  for (let place = 0; place < 25; place++) assert.equal(new Set(codes.map((code) => code[place])).size, 32, `place ${place}`)
})

test('recovery code: case, spaces, hyphens, O for 0, I and L for 1 make no difference', () => {
  const spellings = [
    fixed,
    fixed.toLowerCase(),
    fixed.replaceAll('-', ''),
    fixed.replaceAll('-', ' '),
    ` ${[...fixed].join(' ')} `,
    fixed.replace('0', 'O').replace('1', 'I'),
    fixed.replace('0', 'o').replace('1', 'l'),
    fixed.replace('0', 'o').replace('1', 'i'),
  ]
  for (const text of spellings) assert.equal(parseRecoveryCode(text), fixed, text)
})

test('recovery code: every single mistyped character is noticed', () => {
  for (let place = 0; place < fixed.length; place++) {
    if (fixed[place] === '-') continue
    for (const character of alphabet) {
      assert.equal(parseRecoveryCode(put(fixed, place, character)) !== undefined, character === fixed[place], `${character} at ${place}`)
    }
  }
})

test('recovery code: every two swapped characters are noticed, neighbours or not', () => {
  const plain = fixed.replaceAll('-', '')
  for (let i = 0; i < 25; i++) {
    for (let j = i + 1; j < 25; j++) {
      const swapped = put(put(plain, i, plain[j] ?? ''), j, plain[i] ?? '')
      assert.equal(parseRecoveryCode(swapped) !== undefined, swapped === plain, `${i} and ${j}`)
    }
  }
})

const unreadable = [
  '',
  fixed.slice(1),
  `${fixed}0`,
  fixed.replace('K', 'U'),
  put(fixed, 0, '０'),
  put(fixed, 1, 'ı'),
  `${fixed}\n`,
  `${fixed}\0`,
  fixed.replace('-', '–'),
  '-'.repeat(30),
  ' '.repeat(50_000),
  `${' '.repeat(50_000)}${fixed}`,
  '0'.repeat(50_000),
]
for (const text of unreadable) {
  test(`recovery code: refused: ${JSON.stringify(text.slice(0, 34))}, ${text.length} long`, () =>
    assert.equal(parseRecoveryCode(text), undefined))
}
