import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { attenuate, decode, encode, type Macaroon, maxBytes, maxCaveats, mint, verifySignature } from './macaroon.ts'

const rootKey = Buffer.from(Array.from({ length: 32 }, (_, i) => i))
const identifier = rootKey.subarray(0, 16)
const hex = (macaroon: Macaroon): string => encode(macaroon).toString('hex', encode(macaroon).length - 32)
const texts = (macaroon: Macaroon | undefined, key: Buffer = rootKey): string[] | undefined =>
  macaroon && verifySignature(macaroon, key)?.map((caveat) => caveat.toString())

test('macaroon: the signatures in the README of libmacaroons', () => {
  const key = Buffer.from('this is our super secret key; only we should know it')
  const id = Buffer.from('we used our secret key')
  const caveats = ['account = 3735928559', 'time < 2020-01-01T00:00', 'email = alice@example.org']
  assert.deepEqual(
    [0, 1, 2, 3].map((count) => hex(mint(key, id, caveats.slice(0, count)))),
    [
      'e3d9e02908526c4c0039ae15114115d97fdd68bf2ba379b342aaf0f617d0552f',
      '1efe4763f290dbce0c1d08477367e11f4eee456a64933cf662d79772dbb82128',
      'b5f06c8c8ef92f6c82c6ff282cd1f8bd1849301d09a2db634ba182536a611c49',
      'ddf553e46083e55b8d71ab822be3d8fcf21d6bf19c40d617bb9fb438934474b6',
    ],
  )
})

/** Written by pymacaroons 0.13 (version 2, base64url) with the key and identifier above. */
const bare = 'AgEAAhAAAQIDBAUGBwgJCgsMDQ4PAAAGIJas8XNyDTMjtPQCpdJPQSB1fsUbdkhlx1MgL_ARl03D'
const narrow =
  'AgEAAhAAAQIDBAUGBwgJCgsMDQ4PAAISWyJleHAiLDE4MDAwMDAwMDBdAAISWyJvcHMiLFsidXBsb2FkIl1dAAAGIAtKNBraPl7Naguhqvhp4tnwJ74e_i3DWRV-GoPgxisk'
const located = 'AgEXaHR0cHM6Ly9wa2cuZXhhbXBsZS5vcmcCEAABAgMEBQYHCAkKCwwNDg8AAAYglqzxc3INMyO09AKl0k9BIHV-xRt2SGXHUyAv8BGXTcM'
const thirdParty =
  'AgEAAhAAAQIDBAUGBwgJCgsMDQ4PAAEAAgJpZARIMOtZDFSq1RkZpKhmFkaOpMpvl-SKID-gqaEGvjtVbSDEJmkryMABbpi5LmRRjBuysj_Z4Ze94DK_sHFp8eoAvmxJlhxJQZ8cAAAGIJwKR0oKm1KbO7iMgzTJohxYj8hCMLq5PRqdzrTax3QW'
const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64url')
const [exp, ops] = ['["exp",1800000000]', '["ops",["upload"]]']

test('macaroon: what pymacaroons made or attenuated is read, and ours has the same bytes but for its empty location', () => {
  assert.deepEqual(
    [bare, narrow].map((text) => texts(decode(bytesOf(text)))),
    [[], [exp, ops]],
  )
  const ours = encode(mint(rootKey, identifier, [exp, ops])).toString('hex')
  assert.equal(ours.replace(/^02/, '020100'), bytesOf(narrow).toString('hex'))
})

test('macaroon: minted, attenuated without the key, encoded and decoded, it verifies with all its caveats', () => {
  const caveats = fc.array(
    fc.string({ unit: 'binary', maxLength: 300 }).filter((text) => text.isWellFormed()),
    { maxLength: maxCaveats / 2 },
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), caveats, caveats, (id, first, more) => {
      const attenuated = attenuate(mint(rootKey, id, first), more)
      assert.ok(attenuated)
      const read = decode(encode(attenuated))
      assert.deepEqual(read?.identifier, Buffer.from(id))
      assert.deepEqual(texts(read), [...first, ...more])
    }),
  )
})

test('macaroon: another root key, and another macaroon’s signature, verify nothing', () => {
  const macaroon = mint(rootKey, identifier, [exp])
  assert.equal(texts(macaroon, Buffer.alloc(32)), undefined)
  assert.deepEqual(texts(macaroon), [exp])
})

/** The bytes of a macaroon that anybody can put together. */
function forged(caveats: readonly string[], signature: Buffer, id: Buffer = identifier): Buffer {
  const section = (data: Buffer): Buffer => Buffer.concat([Buffer.from([2, data.length]), data, Buffer.from([0])])
  return Buffer.concat([
    Buffer.from([2]),
    section(id),
    ...caveats.map((text) => section(Buffer.from(text))),
    Buffer.from([0, 6, 32]),
    signature,
  ])
}

const signature = encode(mint(rootKey, identifier, ['a', 'b', 'c'])).subarray(-32)
const forgeries: Record<string, Buffer> = {
  'dropped at the end': forged(['a', 'b'], signature),
  'dropped in the middle': forged(['a', 'c'], signature),
  'all dropped': forged([], signature),
  swapped: forged(['b', 'a', 'c'], signature),
  duplicated: forged(['a', 'b', 'c', 'c'], signature),
  inserted: forged(['a', 'x', 'b', 'c'], signature),
  'two joined': forged(['ab', 'c'], signature),
  'another identifier': forged(['a', 'b', 'c'], signature, Buffer.alloc(16)),
  'signature flipped': forged(['a', 'b', 'c'], Buffer.from(signature.map((byte, i) => (i === 31 ? byte ^ 1 : byte)))),
}
for (const [name, bytes] of Object.entries(forgeries)) {
  test(`macaroon: ${name}: the MAC fails, so no caveat is seen (T110)`, () => {
    const macaroon = decode(bytes)
    assert.ok(macaroon)
    assert.equal(verifySignature(macaroon, rootKey), undefined)
    assert.deepEqual(texts(decode(forged(['a', 'b', 'c'], signature))), ['a', 'b', 'c'])
  })
}

const good = encode(mint(rootKey, identifier, ['a']))
const unreadable: Record<string, Buffer> = {
  nothing: Buffer.alloc(0),
  'version 1': Buffer.concat([Buffer.from([1]), good.subarray(1)]),
  'cut short': good.subarray(0, -1),
  'more behind it': Buffer.concat([good, Buffer.from([0])]),
  'no signature': good.subarray(0, -34),
  'no identifier': Buffer.concat([Buffer.from([2, 0, 0]), good.subarray(-34)]),
  'two signatures': Buffer.concat([good, good.subarray(-34)]),
  'a long spelling of a length': Buffer.concat([Buffer.from([2, 2, 0x90, 0]), good.subarray(3)]),
  'a location': bytesOf(located),
  'a third-party caveat (T113)': bytesOf(thirdParty),
  'an unknown field': Buffer.concat([good.subarray(0, -34), Buffer.from([9, 1, 1]), good.subarray(-34)]),
  '17 caveats': forged(Array.from({ length: 17 }, String), signature),
  '1000 caveats (T111)': forged(Array.from({ length: 1000 }, String), signature),
  'one mebibyte of ends (T111)': Buffer.concat([good.subarray(0, -34), Buffer.alloc(1 << 20), good.subarray(-34)]),
  '16 KiB of ends (T111)': Buffer.concat([good.subarray(0, -34), Buffer.alloc(maxBytes - good.length), good.subarray(-34)]),
}
for (const [name, bytes] of Object.entries(unreadable)) {
  test(`macaroon: not read at all: ${name}`, () => assert.equal(decode(bytes), undefined))
}

test('macaroon: any bytes are read or refused, and what is read has one spelling', () => {
  const noise = fc.array(fc.oneof(fc.constantFrom(0, 1, 2, 4, 6, 16, 32, 128, 255), fc.nat(255)), { maxLength: 120 })
  fc.assert(
    fc.property(noise, (tail) => {
      const bytes = Buffer.from([2, 2, ...tail])
      const macaroon = decode(bytes)
      assert.ok(macaroon === undefined || encode(macaroon).equals(bytes))
    }),
  )
})

test('macaroon: at most 16 caveats and 16 KiB: beyond them no attenuation, and minting is a bug', () => {
  const full = mint(rootKey, identifier, Array.from({ length: maxCaveats }, String))
  assert.equal(attenuate(full, ['one more']), undefined)
  assert.equal(attenuate(mint(rootKey, identifier, []), ['x'.repeat(maxBytes)]), undefined)
  assert.throws(() => mint(rootKey, identifier, Array.from({ length: maxCaveats + 1 }, String)), RangeError)
  const largest = attenuate(mint(rootKey, identifier, []), ['x'.repeat(maxBytes - 59)])
  assert.ok(largest)
  assert.deepEqual([encode(largest).length, texts(decode(encode(largest)))?.length], [maxBytes, 1])
})
