import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatToken, parseToken } from './token-text.ts'

const macaroon = Buffer.alloc(120, 7)
const token = formatToken('p', macaroon)

test('token: prefix, base64url, six characters of checksum, as scanners look for it', () => {
  assert.match(token, /^wkp_(BwcH){40}[0-9A-Za-z]{6}$/)
  assert.match(`TOKEN=${token}\n`, /\bwk[puos]_[A-Za-z0-9_-]{100,}/)
})

test('token: the checksum is CRC-32 of the text in base 62, padded with zeros (figures from Python’s zlib)', () => {
  assert.equal(formatToken('u', Buffer.alloc(120)), `wku_${'A'.repeat(160)}4MyftM`)
  assert.equal(formatToken('u', Buffer.alloc(120).fill(2, 119)), `wku_${'A'.repeat(159)}C00jxuC`)
})

test('token: every macaroon comes back with its kind', () => {
  const bytes = fc.uint8Array({ minLength: 71, maxLength: 600 })
  fc.assert(
    fc.property(fc.constantFrom('p', 'u', 'o', 's'), bytes, (kind, bytes) => {
      assert.deepEqual(parseToken(formatToken(kind, bytes)), { kind, macaroon: Buffer.from(bytes) })
    }),
  )
})

test('token: one character changed anywhere is noticed', () => {
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom(...'AZaz09_-'), (place, character) => {
      const changed = token.slice(0, place) + character + token.slice(place + 1)
      assert.equal(parseToken(changed) === undefined, changed !== token)
    }),
  )
})

test('token: a second spelling of the same bytes with a right checksum is refused (T109)', () => {
  const bytes = Buffer.alloc(121, 7) // the last character of its base64url has four idle bits
  const body = bytes.toString('base64url')
  const other = `${body.slice(0, -1)}x`
  assert.deepEqual(Buffer.from(other, 'base64url'), bytes)
  assert.equal(parseToken(`wkp_${other}${checksumOf(other)}`), undefined)
  assert.deepEqual(parseToken(`wkp_${body}${checksumOf(body)}`)?.macaroon, bytes)
})

for (const text of [
  '',
  'wkp_',
  token.slice(0, -1),
  `${token}\n`,
  ` ${token}`,
  token.replace('wkp', 'wkx'),
  token.replace('wkp', 'WKP'),
  `${token}=`,
  token.replace('_', '_='),
]) {
  test(`token: refused: ${JSON.stringify(text.slice(0, 20))}, ${text.length} characters`, () => assert.equal(parseToken(text), undefined))
}

test('token: a mebibyte is refused, and one too short for scanners is never made (T111)', () => {
  assert.equal(parseToken(`wkp_${'A'.repeat(1 << 20)}`), undefined)
  assert.throws(() => formatToken('p', Buffer.alloc(69)), RangeError)
  assert.doesNotThrow(() => formatToken('p', Buffer.alloc(16_384)))
})

/** Another way to the same checksum, bit by bit (ISO 3309). */
function checksumOf(text: string): string {
  let sum = 0xffffffff
  for (const byte of Buffer.from(text)) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  let left = BigInt((sum ^ 0xffffffff) >>> 0)
  let digits = ''
  for (; left > 0n; left /= 62n) digits = `${'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'[Number(left % 62n)]}${digits}`
  return digits.padStart(6, '0')
}
