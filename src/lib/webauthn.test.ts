import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { faults, mona, newKey, register, site } from '../testing/ceremony.ts'
import { type Cbor, cbor, type Faults, softKey } from '../testing/soft-key.ts'
import { registrationOptions, verifyRegistration } from './webauthn.ts'

test('registration options: 32 random bytes, five minutes, this account, known keys excluded, no attestation; a passkey must know its owner (D4, T57)', async () => {
  const known = [{ credential_id: newKey().id, transports: '["usb","nfc"]' }]
  const [beside, again, passkey] = [
    await registrationOptions(site, mona, known),
    await registrationOptions(site, mona, known),
    await registrationOptions(site, mona, known, 'passkey'),
  ]
  assert.equal(Buffer.from(beside.challenge, 'base64url').length, 32)
  assert.notEqual(beside.challenge, again.challenge)
  assert.deepEqual(
    [beside.rp.id, beside.timeout, beside.attestation, beside.user.id],
    ['index.example', 300_000, 'none', mona.webauthn_user_id],
  )
  assert.deepEqual(
    beside.pubKeyCredParams.map(({ alg }) => alg),
    [-8, -7, -257],
  )
  assert.deepEqual(beside.excludeCredentials, [{ id: known[0]?.credential_id, type: 'public-key', transports: ['usb', 'nfc'] }])
  const needs = [beside, passkey].map((options) => [
    options.authenticatorSelection?.residentKey,
    options.authenticatorSelection?.userVerification,
  ])
  assert.deepEqual(needs, [
    ['discouraged', 'preferred'],
    ['required', 'required'],
  ])
})

const deepCbor = Buffer.concat([Buffer.alloc(10_000, 0x81), Buffer.from([0])])

const registrationFaults: Record<string, Faults> = {
  ...faults,
  'type get (T42)': { type: 'webauthn.get' },
  'nobody touched it (T47)': { flags: 0x40 },
  'backed up, yet not eligible (T48)': { flags: 0x51 },
  'an algorithm not offered': { alg: -35 },
  'a key of another kind than its algorithm': { alg: -8 },
  'an unknown attestation format': { fmt: 'nonsense' },
  'none with a statement (T53)': { statement: (_, signature) => new Map<Cbor, Cbor>([['sig', signature]]) },
  'packed, signed by nobody (T53)': {
    fmt: 'packed',
    statement: () =>
      new Map<Cbor, Cbor>([
        ['alg', -7],
        ['sig', Buffer.alloc(70, 1)],
      ]),
  },
  'cut short (T53)': { attestation: (it) => it.subarray(0, -20) },
  'more behind it (T53)': { attestation: (it) => Buffer.concat([it, Buffer.from([0])]) },
  'ten thousand deep (T53)': { attestation: () => deepCbor },
  'a list (T53)': { attestation: () => cbor([1, 2]) },
  'a key twice in it (T53)': { attestation: (it) => Buffer.concat([Buffer.from([0xa4]), it.subarray(1), cbor('fmt'), cbor('none')]) },
  empty: { attestation: () => Buffer.alloc(0) },
}
for (const [name, fault] of Object.entries(registrationFaults)) {
  test(`registration refused: ${name}`, async () => {
    const key = newKey()
    assert.equal(await register(key, fault), undefined)
    assert.ok(await register(key)) // so it was this fault, and nothing else, that was refused
  })
}

test('registration: a key may attest itself, and an id may have 1023 bytes', async () => {
  const itself = (_: Buffer, sig: Buffer) =>
    new Map<Cbor, Cbor>([
      ['alg', -7],
      ['sig', sig],
    ])
  assert.ok(await register(newKey(), { fmt: 'packed', statement: itself }))
  assert.ok(await register(newKey(), { id: Buffer.alloc(1023, 1) }))
})

test('registration: a passkey that didn’t verify its owner is refused (T60)', async () => {
  assert.equal(await register(newKey(), { flags: 0x41 }, 'passkey'), undefined)
  assert.ok(await register(newKey(), { flags: 0x45 }, 'passkey'))
})

/** `packed` with a certificate that a CA of nobody’s signed, valid until 2126: the library takes it, it trusts no roots by default. */
const attestedByStranger = [
  'o2NmbXRmcGFja2VkZ2F0dFN0bXSjY2FsZyZjc2lnWEgwRgIhAKNBNzRNJs1yMHv1q-MTLXBjkh-WAUkaInfs1uY0LZNWAiEAmW_RyVpn-WfuHCHtYDT9tNJiyTF4gxkwVtDC',
  'LVEdR5FjeDVjgVkB9zCCAfMwggGYoAMCAQICFHEEIIWVPTSrSs6nOOXaNkJME_-0MAoGCCqGSM49BAMCME8xCzAJBgNVBAYTAlhYMQ0wCwYDVQQKDARFdmlsMSIwIAYDVQQL',
  'DBlBdXRoZW50aWNhdG9yIEF0dGVzdGF0aW9uMQ0wCwYDVQQDDARFdmlsMCAXDTI2MTEyMjAzMTk0OVoYDzIxMjYxMDI5MDMxOTQ5WjBPMQswCQYDVQQGEwJYWDENMAsGA1UE',
  'CgwERXZpbDEiMCAGA1UECwwZQXV0aGVudGljYXRvciBBdHRlc3RhdGlvbjENMAsGA1UEAwwERXZpbDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABP4Fw7oOW_8TM94gbUEp',
  'i9lcSHkYv7RO9Za05SPCM_-KwrgtIpHUdGdpkbAo9HwwBnCNGakxOS7whfhLsVBRerCjUDBOMB0GA1UdDgQWBBS8aem1_KYUltNGmRhlSI_xtsxhXzAfBgNVHSMEGDAWgBS8',
  'aem1_KYUltNGmRhlSI_xtsxhXzAMBgNVHRMBAf8EAjAAMAoGCCqGSM49BAMCA0kAMEYCIQC9JsZYov-ArcPiN_AChVd4Od_7OGnl8bStsCDkMQuLmQIhAPbwxYp4c38kCHpt',
  'nr0lqsD7IJV44-uxlCqTunwjBFTgaGF1dGhEYXRhWJREt2q5tTB2dmTyV4mQBScF67bBbhlxB0AlERyLpMcArUEAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAgICAgICAgICAgIC',
  'AgICAqUBAgMmIAEhWCCs7FheVpfxqNkiW3QRFuT2BgQ0MtE3b-CSisQj4SJvLiJYIO5znu42lE8w1ZCaW1AWGCjRy-K7JJnNEgnRVD86Brxq',
].join('')

test('registration: a certificate that we didn’t ask for is refused unread (T53)', async () => {
  const challenge = Buffer.alloc(32, 1).toString('base64url')
  const options = { ...(await registrationOptions(site, mona, [])), challenge }
  const credential = softKey(site.site_url, Buffer.alloc(16, 2)).register(options)
  assert.ok(await verifyRegistration(site, challenge, JSON.stringify(credential)))
  credential.response.attestationObject = attestedByStranger
  assert.equal(await verifyRegistration(site, challenge, JSON.stringify(credential)), undefined)
})

for (const [what, modulusLength, publicExponent] of [
  ['1024 bits', 1024, 65_537],
  ['the exponent 3', 2048, 3],
] as const) {
  test(`registration: an RSA key of ${what} is too weak`, async () => {
    const key = newKey({ alg: -257 })
    const { n = '', e = '' } = generateKeyPairSync('rsa', { modulusLength, publicExponent }).publicKey.export({ format: 'jwk' })
    const weak = new Map<Cbor, Cbor>([
      [1, 3],
      [3, -257],
      [-1, Buffer.from(n, 'base64url')],
      [-2, Buffer.from(e, 'base64url')],
    ])
    const swap = (attestation: Buffer): Buffer => {
      const start = attestation.indexOf(Buffer.from([0xa4, 1, 3, 3, 0x39, 1, 0]))
      const authDataAt = attestation.indexOf('authData') + 8 // then three bytes that say its length
      const authData = Buffer.concat([attestation.subarray(authDataAt + 3, start), cbor(weak)])
      return Buffer.concat([attestation.subarray(0, authDataAt), cbor(authData)])
    }
    assert.equal(await register(key, { attestation: swap }), undefined)
    assert.ok(await register(key))
  })
}
