import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { minutes } from './time.ts'
import { isAcceptable, isSound, readAuthentication, readRegistration, Transports } from './webauthn-wire.ts'

/** How long somebody may take to find their key (D4; WebAuthn L3 recommends 5 to 10 minutes). */
export const ceremonyTime = minutes(5)

/** Where a key stands: beside a password it need not know who touched it; a passkey stands alone, so it must (D4). */
export type KeyUse = 'second_factor' | 'passkey'

/** What we keep of a key. `device_type` is the flag BE: `multiDevice` means that it may be copied (synced). Never changes. */
export interface NewCredential {
  credential_id: string
  public_key: string
  sign_count: number
  device_type: 'singleDevice' | 'multiDevice'
  transports: string
}

/** The key that is to answer, with the user handle of the account it belongs to. */
export type StoredCredential = Omit<NewCredential, 'transports'> & { webauthn_user_id: string }

/** What a right answer says. `counterRegressed`: there may be a copy of the key; a reason for caution, not for refusal (§7.2). */
export interface Assertion {
  sign_count: number
  counterRegressed: boolean
  userVerified: boolean
  backedUp: boolean
}

/** The site a credential belongs to; its host is the RP ID. */
type Site = { readonly site_url: string }
type Owner = { username: string; webauthn_user_id: string }
type Known = Pick<NewCredential, 'credential_id' | 'transports'>

/** Options for a new key, with a challenge of 32 bytes; no attestation is asked for (D4). Keys in `known` won't answer. */
export const registrationOptions = (
  site: Site,
  user: Owner,
  known: readonly Known[],
  use: KeyUse = 'second_factor',
): Promise<PublicKeyCredentialCreationOptionsJSON> =>
  generateRegistrationOptions({
    rpName: rpId(site),
    rpID: rpId(site),
    timeout: ceremonyTime,
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    userName: user.username,
    userID: new Uint8Array(Buffer.from(user.webauthn_user_id, 'base64url')),
    authenticatorSelection:
      use === 'passkey'
        ? { residentKey: 'required', userVerification: 'required' }
        : { residentKey: 'discouraged', userVerification: 'preferred' },
    excludeCredentials: known.map(descriptor),
  })

/**
 * The credential in `text` (the browser's `toJSON()`), or `undefined` if anything about it is wrong: WebAuthn L3 §7.1 with what the
 * library leaves to us: one spelling, bounded sizes, id ≤ 1023 bytes, our frame, no attestation that we didn't ask for, a sound key.
 */
export async function verifyRegistration(
  site: Site,
  challenge: string,
  text: string,
  use: KeyUse = 'second_factor',
): Promise<NewCredential | undefined> {
  const response = readRegistration(text)
  if (!response || !isAcceptable(response.response.attestationObject)) return undefined
  const found = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: new URL(site.site_url).origin,
    expectedRPID: rpId(site),
    requireUserVerification: use === 'passkey',
    supportedAlgorithmIDs: algorithms,
  })
    .then(({ registrationInfo }) => registrationInfo)
    .catch(() => undefined) // thrown by what a stranger sent, so no bug of ours
  if (found?.credential.id !== response.id || !isSound(found.credential.publicKey)) return undefined
  return {
    credential_id: response.id,
    public_key: Buffer.from(found.credential.publicKey).toString('base64url'),
    sign_count: found.credential.counter,
    device_type: found.credentialDeviceType,
    transports: JSON.stringify(response.response.transports),
  }
}

/**
 * Options for an answer by one of `known`; by any key that finds the site itself if `known` is empty, as before any other factor:
 * a list would tell who has which keys (D4). `userVerification` is `required` where the key stands alone, `preferred` beside a password.
 */
export const authenticationOptions = (
  site: Site,
  known: readonly Known[],
  userVerification: 'required' | 'preferred',
): Promise<PublicKeyCredentialRequestOptionsJSON> =>
  generateAuthenticationOptions({ rpID: rpId(site), timeout: ceremonyTime, userVerification, allowCredentials: known.map(descriptor) })

/** The id of the credential that claims to answer in `text`: look it up, then `verifyAuthentication`. */
export const credentialIdOf = (text: string): string | undefined => readAuthentication(text)?.id

/**
 * Whether `text` is this key's answer to `challenge`: WebAuthn L3 §7.2 with what the library leaves to us (T45, T48, T50, T51): the
 * id and user handle of just this key, our frame, the same BE as ever, an algorithm we offer, the counter looked at after the
 * signature. `userHandle: 'required'` where nobody has said yet who they are. Anything wrong is `undefined`, but a rightly signed
 * answer of a key whose BE changed is named, since its owner has to be told.
 */
export async function verifyAuthentication(
  site: Site,
  challenge: string,
  stored: StoredCredential,
  text: string,
  policy: { userVerification: 'required' | 'preferred'; userHandle: 'required' | 'optional' },
): Promise<Assertion | 'eligibility_changed' | undefined> {
  const response = readAuthentication(text)
  if (response?.id !== stored.credential_id) return undefined
  const { userHandle, ...answer } = response.response
  const named = userHandle ?? (policy.userHandle === 'optional' ? stored.webauthn_user_id : undefined)
  const publicKey = new Uint8Array(Buffer.from(stored.public_key, 'base64url'))
  if (named !== stored.webauthn_user_id || !isSound(publicKey)) return undefined
  const { verified, authenticationInfo: found } = await verifyAuthenticationResponse({
    response: { ...response, response: answer },
    expectedChallenge: challenge,
    expectedOrigin: new URL(site.site_url).origin,
    expectedRPID: rpId(site),
    requireUserVerification: policy.userVerification === 'required',
    credential: { id: stored.credential_id, publicKey, counter: 0 }, // else it throws before it has looked at the signature
  }).catch(() => ({ verified: false, authenticationInfo: undefined })) // thrown by what a stranger sent, so no bug of ours
  if (!verified || !found) return undefined
  if (found.credentialDeviceType !== stored.device_type) return 'eligibility_changed'
  return {
    sign_count: found.newCounter,
    counterRegressed: (found.newCounter !== 0 || stored.sign_count !== 0) && found.newCounter <= stored.sign_count,
    userVerified: found.userVerified,
    backedUp: found.credentialBackedUp,
  }
}

const rpId = ({ site_url }: Site): string => new URL(site_url).hostname

/** EdDSA, ES256, RS256 (D4). */
const algorithms = [-8, -7, -257]

const descriptor = (key: Known) => ({ id: key.credential_id, transports: Transports.parse(JSON.parse(key.transports)) })
