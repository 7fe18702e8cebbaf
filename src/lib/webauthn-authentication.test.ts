import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alone, answer, faults, mona, newKey, otherUserId, register, registered, secondFactor, site, stepUp } from '../testing/ceremony.ts'
import type { Faults } from '../testing/soft-key.ts'
import { authenticationOptions, credentialIdOf, verifyAuthentication } from './webauthn.ts'

for (const alg of [-8, -7, -257]) {
  test(`a key of algorithm ${alg} is registered and answers`, async () => {
    const key = newKey({ alg })
    const stored = await registered(key)
    assert.deepEqual([stored.credential_id, stored.device_type, stored.sign_count], [key.id, 'singleDevice', 0])
    assert.deepEqual(await answer(key, stored), { sign_count: 1, counterRegressed: false, userVerified: false, backedUp: false })
  })
}

test('a synced passkey is known as one, stands alone, and names its owner', async () => {
  const key = newKey({ synced: true })
  const stored = await registered(key, 'passkey')
  assert.equal(stored.device_type, 'multiDevice')
  assert.deepEqual(await answer(key, stored, {}, alone), { sign_count: 1, counterRegressed: false, userVerified: true, backedUp: true })
})

test('authentication options: a fresh challenge; keys are listed only once a factor is known (D4)', async () => {
  const [open, again] = [await authenticationOptions(site, [], 'required'), await authenticationOptions(site, [], 'required')]
  assert.equal(Buffer.from(open.challenge, 'base64url').length, 32)
  assert.notEqual(open.challenge, again.challenge)
  assert.deepEqual([open.rpId, open.timeout, open.userVerification, open.allowCredentials], ['index.example', 300_000, 'required', []])
  const listed = await authenticationOptions(site, [{ credential_id: 'AAAA', transports: '["usb"]' }], 'preferred')
  assert.deepEqual(listed.allowCredentials, [{ id: 'AAAA', type: 'public-key', transports: ['usb'] }])
})

const authenticationFaults: Record<string, Faults> = {
  ...faults,
  'type create (T42)': { type: 'webauthn.create' },
  'nobody touched it (T47)': { flags: 0 },
  'backed up, yet not eligible (T48)': { flags: 0x11 },
  'the id of another key (T51)': { id: Buffer.alloc(32, 9) },
  'the user handle of somebody else (T50)': { userHandle: otherUserId },
  'a user handle that is no base64url': { userHandle: `${mona.webauthn_user_id}=` },
  'no signature': { signature: () => Buffer.alloc(0) },
  'a signature cut short': { signature: (it) => it.subarray(0, -1) },
  'a signature of something else': { signature: (it) => Buffer.from(it.map((byte, i) => (i === 20 ? byte ^ 1 : byte))) },
  'a signature of 2000 bytes': { signature: () => Buffer.alloc(2000, 1) },
}
for (const [name, fault] of Object.entries(authenticationFaults)) {
  test(`authentication refused: ${name}`, async () => {
    const key = newKey()
    const stored = await registered(key)
    assert.equal(await answer(key, stored, fault), undefined)
    assert.ok(await answer(key, stored)) // so it was this fault, and nothing else, that was refused
  })
}

test('authentication: a changed BE is refused and named, but only if the key really signed it (T48)', async () => {
  const [key, synced] = [newKey(), newKey({ synced: true })]
  const [stored, storedSynced] = [await registered(key), await registered(synced)]
  assert.equal(await answer(key, stored, { flags: 0x09 }), 'eligibility_changed')
  assert.equal(await answer(synced, storedSynced, { flags: 0x01 }), 'eligibility_changed')
  assert.equal(await answer(key, stored, { flags: 0x09, signature: (it) => it.subarray(0, -1) }), undefined)
})

test('authentication: unverified is enough beside a password, never alone or for step-up (T47, T60)', async () => {
  const key = newKey()
  const stored = await registered(key, 'passkey')
  const touched = { flags: 0x01 }
  assert.ok(await answer(key, stored, touched, secondFactor))
  assert.equal(await answer(key, stored, touched, stepUp), undefined)
  assert.equal(await answer(key, stored, touched, alone), undefined)
  assert.ok(await answer(key, stored, {}, stepUp))
})

test('authentication: where nobody has said who they are, the key must (§7.2 step 6)', async () => {
  const key = newKey()
  const stored = await registered(key, 'passkey')
  assert.equal(await answer(key, stored, { userHandle: null }, alone), undefined)
  assert.equal(await answer(key, stored, { userHandle: '' }, alone), undefined)
  assert.equal(await answer(key, stored, { userHandle: otherUserId }, alone), undefined)
  assert.ok(await answer(key, stored, { userHandle: null }, stepUp))
  assert.ok(await answer(key, stored, { userHandle: '' }, stepUp))
  assert.ok(await answer(key, stored, {}, alone))
})

test('authentication: another key’s answer, though it is the same account’s, is refused (T50, T51)', async () => {
  const [one, other] = [newKey(), newKey()]
  const [storedOne, storedOther] = [await registered(one), await registered(other)]
  assert.equal(await answer(one, { ...storedOther, credential_id: storedOne.credential_id }), undefined)
  const options = await authenticationOptions(site, [], 'preferred')
  const text = JSON.stringify(one.authenticate({ ...options, allowCredentials: [{ id: one.id, type: 'public-key' }] }))
  assert.equal(await verifyAuthentication(site, options.challenge, storedOther, text, secondFactor), undefined)
  assert.ok(await verifyAuthentication(site, options.challenge, storedOne, text, secondFactor))
})

test('authentication: a counter that doesn’t rise is reported, after the signature; zero on both sides is no counter (§7.2 step 12)', async () => {
  const key = newKey()
  const stored = await registered(key)
  const seen = async (before: number, signCount: number) => {
    const found = await answer(key, { ...stored, sign_count: before }, { signCount })
    return typeof found === 'object' ? [found.sign_count, found.counterRegressed] : found
  }
  assert.deepEqual(await seen(5, 6), [6, false])
  assert.deepEqual(await seen(5, 5), [5, true])
  assert.deepEqual(await seen(5, 4), [4, true])
  assert.deepEqual(await seen(5, 0), [0, true])
  assert.deepEqual(await seen(0, 0), [0, false])
  assert.deepEqual(await seen(0, 4_294_967_295), [4_294_967_295, false])
  assert.equal(await answer(key, { ...stored, sign_count: 5 }, { signCount: 4, signature: (it) => it.subarray(0, -1) }), undefined)
})

test('authentication: a stored key of an algorithm or curve that we don’t offer answers no more, though it signs well (D4)', async () => {
  const key = newKey({ alg: -35 })
  const credential = await register(key, { alg: -7 })
  assert.ok(credential)
  const cose = Buffer.from(credential.public_key, 'base64url').toString('latin1')
  const stored = (from: string, to: string) => ({
    ...credential,
    webauthn_user_id: mona.webauthn_user_id,
    public_key: Buffer.from(cose.replace(from, to), 'latin1').toString('base64url'),
  })
  assert.equal(await answer(key, stored('\x03\x26', '\x03\x38\x22')), undefined)
  assert.equal(await answer(key, stored('\x20\x01', '\x20\x02')), undefined)
  assert.equal(await answer(key, { ...stored('', ''), public_key: '' }), undefined)
})

const edited =
  (change: (credential: Record<string, unknown> & { response: Record<string, unknown> }) => void) =>
  (text: string): string => {
    const credential = JSON.parse(text)
    change(credential)
    return JSON.stringify(credential)
  }
const malformed: Record<string, (text: string) => string> = {
  nothing: () => '',
  'no JSON': () => '{"id":',
  null: () => 'null',
  'a list': () => '[]',
  'a text': () => '"x"',
  'an empty object': () => '{}',
  'no response': edited((it) => delete (it as Record<string, unknown>).response),
  'an id twice': (text) => text.replace('{"id":', `{"id":"${newKey().id}","id":`).replace(/"rawId":"[^"]*"/, `"rawId":"${newKey().id}"`),
  'an id in a second spelling (T109)': edited((it) => Object.assign(it, { id: `${it.id}=`, rawId: `${it.id}=` })),
  'an id with a NUL': edited((it) => Object.assign(it, { id: 'a\0b', rawId: 'a\0b' })),
  'another type': edited((it) => Object.assign(it, { type: 'password' })),
  'authenticatorData with junk (T109)': edited((it) =>
    Object.assign(it.response, { authenticatorData: `${it.response.authenticatorData}==` }),
  ),
  'authenticatorData of 36 bytes': edited((it) =>
    Object.assign(it.response, { authenticatorData: Buffer.alloc(36).toString('base64url') }),
  ),
  'signature a number': edited((it) => Object.assign(it.response, { signature: 1 })),
  'userHandle a list': edited((it) => Object.assign(it.response, { userHandle: [mona.webauthn_user_id] })),
  'clientDataJSON with junk (T109)': edited((it) => Object.assign(it.response, { clientDataJSON: `${it.response.clientDataJSON}=` })),
}
for (const [name, edit] of Object.entries(malformed)) {
  test(`authentication refused, never thrown: ${name}`, async () => {
    const key = newKey()
    const stored = await registered(key)
    assert.equal(await answer(key, stored, {}, secondFactor, edit), undefined)
    assert.ok(await answer(key, stored))
  })
}

test('authentication: null for a user handle, and members that we don’t know, are allowed', async () => {
  const key = newKey()
  const stored = await registered(key)
  const more = edited((it) => Object.assign(it.response, { userHandle: null, future: { deep: [1] } }))
  assert.ok(await answer(key, stored, {}, secondFactor, more))
})

test('which key claims to answer', async () => {
  const key = newKey()
  await registered(key, 'passkey')
  const text = JSON.stringify(key.authenticate(await authenticationOptions(site, [], 'required')))
  assert.deepEqual([credentialIdOf(text), credentialIdOf('{}'), credentialIdOf('[')], [key.id, undefined, undefined])
})
