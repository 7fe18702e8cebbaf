import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hash as argon2Hash } from '@node-rs/argon2'
import { AppError } from '../../errors.ts'
import { openHasher } from './hash.ts'

const cheap = { memoryCost: 8, timeCost: 1, parallelism: 1 }
const hasher = openHasher(cheap)

test('hash: argon2id with 64 MiB, 3 passes, 1 lane, a salt of 16 and a tag of 32 bytes (D1)', async () => {
  const recommended = openHasher()
  const phc = await recommended.hash('correct horse')
  assert.match(phc, /^\$argon2id\$v=19\$m=65536,t=3,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  assert.deepEqual([await recommended.verify(phc, 'correct horse'), await recommended.verify(phc, 'correct Horse')], [true, false])
})

const base = 'x'.repeat(80)
const pairs: Record<string, [password: string, other: string]> = {
  'after byte 72': [`${base}a`, `${base}b`],
  'a NUL inside, and what follows it': ['pass\0word-one', 'pass\0word-two'],
  'a trailing space': ['correct horse', 'correct horse '],
  case: ['Correct horse', 'correct horse'],
  'the last of 4096 bytes': [`${'x'.repeat(4095)}a`, `${'x'.repeat(4095)}b`],
  'width (no compatibility folding)': ['ｐassword', 'password'],
}
for (const [what, [password, other]] of Object.entries(pairs)) {
  test(`hash: passwords are told apart by ${what} (T12)`, async () => {
    const phc = await hasher.hash(password)
    assert.deepEqual([await hasher.verify(phc, password), await hasher.verify(phc, other)], [true, false])
  })
}

test('hash: two ways to type one letter are one password (NFC)', async () => {
  assert.equal(await hasher.verify(await hasher.hash('caf\u00e9 au lait'), 'cafe\u0301 au lait'), true)
})

test('hash: the same password twice has two hashes', async () => {
  assert.notEqual(await hasher.hash('correct horse'), await hasher.hash('correct horse'))
})

test('hash: nobody’s password is never right, not even the one of the stand-in', async () => {
  assert.deepEqual([await hasher.verify(undefined, ''), await hasher.verify(undefined, 'correct horse')], [false, false])
})

const good = await argon2Hash('correct horse', cheap)
const malformed = [
  '',
  'x',
  '\0',
  '$argon2id$',
  good.slice(0, -3),
  good.slice(0, 40),
  `${good}$`,
  `${good}A`,
  good.replace('m=8', 'm=4'),
  good.replace('m=8,', ''),
  good.replace('t=1', 't=0'),
  good.replace('p=1', 'p=300'),
  good.replace('v=19', 'v=99'),
  good.replace('argon2id', 'argon2x'),
  good.replace('m=8', 'm=4294967295'),
  good.replace('t=1', 't=4294967295'),
  good.replace('m=8,t=1,p=1', 'm=999999999,t=9999,p=255'),
  '$2b$12$abcdefghijklmnopqrstuuAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  'é'.repeat(100),
  '$'.repeat(50_000),
]
for (const phc of malformed) {
  test(`hash: malformed or unbearable is false, never thrown: ${JSON.stringify(phc.slice(0, 60))}`, async () => {
    assert.equal(await hasher.verify(phc, 'correct horse'), false)
  })
}

test('hash: a mebibyte is false without being hashed: even a full hasher answers at once (T12)', async () => {
  const full = openHasher(cheap)
  const waiting = Array.from({ length: 68 }, () => full.verify(good, 'correct horse'))
  assert.equal(await full.verify(good, 'x'.repeat(1 << 20)), false)
  assert.deepEqual(new Set(await Promise.all(waiting)), new Set([true]))
})

test('hash: more than 4096 bytes as typed are false, before NFC makes them fewer, which may take seconds (T171)', async () => {
  const typed = '\u1100\u1161'.repeat(700)
  const phc = await hasher.hash(typed)
  assert.deepEqual([await hasher.verify(phc, typed.normalize('NFC')), await hasher.verify(phc, typed)], [true, false])
})

test('hash: 4 at once and 64 in line; the next is refused busy, and there is room again afterwards (D1)', async () => {
  const full = openHasher(cheap)
  const served = Array.from({ length: 68 }, () => full.verify(good, 'correct horse'))
  const isBusy = (error: unknown): boolean => error instanceof AppError && error.code === 'busy' && error.status === 503
  await assert.rejects(full.verify(undefined, 'x'), isBusy)
  await assert.rejects(full.hash('x'), isBusy)
  assert.deepEqual((await Promise.all(served)).filter((fits) => fits).length, 68)
  const again = Array.from({ length: 68 }, () => full.verify(good, 'wrong'))
  assert.equal((await Promise.all(again)).length, 68)
})

test('hash: only other parameters ask for a new hash; a hash of other parameters still fits', async () => {
  const stronger = openHasher({ memoryCost: 16, timeCost: 2, parallelism: 1 })
  assert.deepEqual([hasher.needsRehash(good), stronger.needsRehash(good)], [false, true])
  assert.equal(await stronger.verify(good, 'correct horse'), true)
  assert.equal(hasher.needsRehash(good.replace('argon2id', 'argon2i')), true)
})
