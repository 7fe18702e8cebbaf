import assert from 'node:assert/strict'
import { test } from 'node:test'
import { base32, codeAt, matchStep, newTotpSecret, otpauthUri, stepAt } from './totp.ts'

const secret = Buffer.from('12345678901234567890')

// RFC 6238, appendix B has eight digits; six are their end.
for (const [seconds, code] of [
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
] as const) {
  test(`TOTP: RFC 6238 at ${seconds} seconds: ${code} (T26)`, () => {
    assert.equal(codeAt(secret, stepAt(seconds * 1000)), code)
    assert.equal(matchStep(secret, code, seconds * 1000), Math.floor(seconds / 30))
  })
}

const now = 1_800_000_015_000
const step = stepAt(now)

test('TOTP: the last, this and the next step fit, and say which; no others (T26)', () => {
  assert.deepEqual(
    [-2, -1, 0, 1, 2].map((offset) => matchStep(secret, codeAt(secret, step + offset), now)),
    [undefined, step - 1, step, step + 1, undefined],
  )
})

test('TOTP: another account’s code is refused (T26)', () => {
  assert.equal(matchStep(newTotpSecret(), codeAt(secret, step), now), undefined)
})

test('TOTP: a code that fits two steps counts as the later one, so that it can’t be used a second time (T27)', () => {
  const [twice, code] = [910_737, '911617'] // found by search
  assert.deepEqual([codeAt(secret, twice), codeAt(secret, twice + 1)], [code, code])
  assert.equal(matchStep(secret, code, twice * 30_000), twice + 1)
})

test('TOTP: spaces and hyphens don’t count, so that the step is the same however it is typed (T28)', () => {
  const code = codeAt(secret, step)
  for (const typed of [
    code,
    ` ${code} `,
    `${code.slice(0, 3)} ${code.slice(3)}`,
    `${code.slice(0, 3)}-${code.slice(3)}`,
    [...code].join(' '),
  ]) {
    assert.equal(matchStep(secret, typed, now), step)
  }
})

const code = codeAt(secret, step)
const shifted = (zero: number): string => String.fromCodePoint(...Array.from(code, (digit) => zero + Number(digit)))
for (const typed of [
  '',
  code.slice(1),
  `${code}0`,
  `0${code}`,
  shifted(0x0660),
  shifted(0x06f0),
  shifted(0xff10),
  shifted(0x1d7ce),
  '😀😀😀',
  `${code}\u00a0`,
  `\t${code}`,
  `${code}\n`,
  `+${code.slice(1)}`,
  `${code}\0`,
  '1e5   ',
  ' '.repeat(50_000),
  `${' '.repeat(50_000)}${code}`,
  `${code},${code}`,
]) {
  test(`TOTP: no code, and never thrown: ${JSON.stringify(typed.slice(0, 30))}, ${typed.length} long (T29)`, () =>
    assert.equal(matchStep(secret, typed, now), undefined))
}

test('TOTP: secrets are 20 random bytes, 32 characters of base32', () => {
  const [one, other] = [newTotpSecret(), newTotpSecret()]
  assert.deepEqual([one.length, one.equals(other)], [20, false])
  assert.match(base32(one), /^[A-Z2-7]{32}$/)
})

test('base32: the vectors of RFC 4648 §10, without padding', () => {
  const texts = ['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar']
  assert.deepEqual(
    texts.map((text) => base32(Buffer.from(text))),
    ['', 'MY', 'MZXQ', 'MZXW6', 'MZXW6YQ', 'MZXW6YTB', 'MZXW6YTBOI'],
  )
})

test('TOTP: the URI of the QR code as PyPI writes it (TOTP-05), names escaped', () => {
  assert.equal(
    otpauthUri('pkg.example.org', 'mona', secret),
    'otpauth://totp/pkg.example.org:mona?digits=6&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&algorithm=SHA1&issuer=pkg.example.org&period=30',
  )
  assert.match(otpauthUri('a:b&c d', 'mona', secret), /^otpauth:\/\/totp\/a%3Ab%26c%20d:mona\?.*&issuer=a%3Ab%26c%20d&/)
})
