import assert from 'node:assert/strict'
import {
  authenticationOptions,
  type KeyUse,
  type NewCredential,
  registrationOptions,
  type StoredCredential,
  verifyAuthentication,
  verifyRegistration,
} from '../lib/webauthn.ts'
import { type Faults, softKey } from './soft-key.ts'

/** Where the ceremonies of the tests take place, and for whom. */
export const site = { site_url: 'https://index.example' }
export const mona = { username: 'mona', webauthn_user_id: Buffer.alloc(64, 7).toString('base64url') }
export const otherUserId = Buffer.alloc(64, 8).toString('base64url')

export const newKey = (more: { alg?: number; synced?: boolean } = {}) => softKey(site.site_url, undefined, more)
export type Key = ReturnType<typeof newKey>

/** The key’s answer to fresh options, verified. */
export async function register(key: Key, faults: Faults = {}, use: KeyUse = 'second_factor'): Promise<NewCredential | undefined> {
  const options = await registrationOptions(site, mona, [], use)
  return verifyRegistration(site, options.challenge, JSON.stringify(key.register(options, faults)), use)
}

/** What is kept of a key that was registered without faults. */
export async function registered(key: Key, use: KeyUse = 'second_factor'): Promise<StoredCredential> {
  const credential = await register(key, {}, use)
  assert.ok(credential)
  return { ...credential, webauthn_user_id: mona.webauthn_user_id }
}

/** Beside a password; for step-up with a passkey; where the key is the only proof. */
export const secondFactor = { userVerification: 'preferred', userHandle: 'optional' } as const
export const stepUp = { userVerification: 'required', userHandle: 'optional' } as const
export const alone = { userVerification: 'required', userHandle: 'required' } as const
export type Policy = typeof secondFactor | typeof stepUp | typeof alone

/** The known key’s answer to a fresh challenge, changed by `edit` on its way, verified. */
export async function answer(
  key: Key,
  stored: StoredCredential,
  faults: Faults = {},
  policy: Policy = secondFactor,
  edit = (text: string): string => text,
) {
  const known = policy === alone ? [] : [{ credential_id: stored.credential_id, transports: '["usb"]' }]
  const options = await authenticationOptions(site, known, policy.userVerification)
  return verifyAuthentication(site, options.challenge, stored, edit(JSON.stringify(key.authenticate(options, faults))), policy)
}

/** Faults that both ceremonies refuse. */
export const faults: Record<string, Faults> = {
  'another challenge (T42)': { challenge: Buffer.alloc(32).toString('base64url') },
  'the type of a payment (T42)': { type: 'payment.get' },
  'origin http (T44)': { origin: 'http://index.example' },
  'origin with a port (T44)': { origin: 'https://index.example:8443' },
  'origin of a subdomain (T44)': { origin: 'https://www.index.example' },
  'origin with a suffix (T44)': { origin: 'https://index.example.evil.example' },
  'origin with a dot (T44)': { origin: 'https://index.example.' },
  'origin with a slash (T44)': { origin: 'https://index.example/' },
  'origin null (T44)': { origin: 'null' },
  'crossOrigin without topOrigin (T45)': { crossOrigin: true },
  'crossOrigin with topOrigin (T45)': { crossOrigin: true, topOrigin: 'https://evil.example' },
  'crossOrigin with our own topOrigin (T45)': { crossOrigin: true, topOrigin: 'https://index.example' },
  'topOrigin alone (T45)': { topOrigin: 'https://index.example' },
  'another RP': { rp_id: 'evil.example' },
  'rawId of another key (T51)': { rawId: Buffer.alloc(32) },
  'an id of no bytes': { id: Buffer.alloc(0) },
  'an id of 1024 bytes': { id: Buffer.alloc(1024, 1) },
  'clientData with a BOM (T54)': { clientData: (json) => `\ufeff${json}` },
  'clientData null (T54)': { clientData: 'null' },
  'clientData no JSON (T54)': { clientData: '{' },
  'clientData a list (T54)': { clientData: '[]' },
  'clientData of a mebibyte (T54)': { origin: 'x'.repeat(1 << 20) },
}
