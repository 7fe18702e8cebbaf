import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'

/** What a faulty browser or key does otherwise, at registration and at log-in. */
export type Faults = Partial<{
  challenge: string
  type: string
  origin: string
  crossOrigin: boolean
  topOrigin: string
  rp_id: string
  flags: number
  signCount: number
  id: Buffer
  rawId: Buffer
  clientData: string | ((json: string) => string)
  alg: number
  fmt: string
  /** What attests the key: gets the bytes to sign, and the key's own signature of them. */
  statement: (bytes: Buffer, signature: Buffer) => Map<Cbor, Cbor>
  attestation: (bytes: Buffer) => Buffer
  userHandle: string | null
  signature: (bytes: Buffer) => Buffer
}>

const flag = { UP: 0x01, UV: 0x04, BE: 0x08, BS: 0x10, AT: 0x40 }

/**
 * A security key in software and the browser before it (WebAuthn L3 §6.1, §6.5): attestation none, a counter, and the name of its
 * owner once it was registered as a passkey. It knows who touches it whenever the site requires that. `synced` sets BE and BS.
 */
export function softKey(browserOrigin: string, keyId = randomBytes(32), { alg = -7, synced = false } = {}) {
  const { publicKey, privateKey } = newPair(alg)
  const signed = (bytes: Buffer): Buffer => sign(digestOf(alg), bytes, privateKey)
  const ordinary = flag.UP | (synced ? flag.BE | flag.BS : 0)
  let signCount = 0
  let userHandle: string | undefined

  return {
    id: keyId.toString('base64url'),

    register(options: PublicKeyCredentialCreationOptionsJSON, faults: Faults = {}): RegistrationResponseJSON {
      const { id = keyId } = faults
      if (isListed(options.excludeCredentials, id)) throw new DOMException('registered already', 'InvalidStateError')
      const { residentKey, userVerification } = options.authenticatorSelection ?? {}
      if (residentKey === 'required') userHandle = options.user.id
      const head = authData(options.rp.id, ordinary | flag.AT | verified(userVerification), signCount, faults)
      const data = Buffer.concat([head, Buffer.alloc(16), uint16(id.length), id, cbor(coseKey(publicKey, faults.alg ?? alg))])
      const client = clientData({ type: 'webauthn.create', challenge: options.challenge, origin: browserOrigin }, faults)
      const toSign = Buffer.concat([data, sha256(client)])
      const attestation = cbor(
        new Map<Cbor, Cbor>([
          ['fmt', faults.fmt ?? 'none'],
          ['attStmt', faults.statement?.(toSign, signed(toSign)) ?? new Map()],
          ['authData', data],
        ]),
      )
      return {
        ...envelope(id, faults),
        response: {
          clientDataJSON: client.toString('base64url'),
          attestationObject: (faults.attestation?.(attestation) ?? attestation).toString('base64url'),
          transports: ['usb', 'nfc'],
        },
      }
    },

    authenticate(options: PublicKeyCredentialRequestOptionsJSON, faults: Faults = {}): AuthenticationResponseJSON {
      const allowed = options.allowCredentials ?? []
      if (allowed.length > 0 ? !isListed(allowed, keyId) : !userHandle) throw new DOMException('no such key here', 'NotAllowedError')
      signCount += 1
      const data = authData(options.rpId, ordinary | verified(options.userVerification), signCount, faults)
      const client = clientData({ type: 'webauthn.get', challenge: options.challenge, origin: browserOrigin }, faults)
      const signature = signed(Buffer.concat([data, sha256(client)]))
      const handle = faults.userHandle ?? userHandle
      return {
        ...envelope(faults.id ?? keyId, faults),
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: (faults.signature?.(signature) ?? signature).toString('base64url'),
          ...(handle === undefined || faults.userHandle === null ? {} : { userHandle: handle }),
        },
      }
    },
  }
}

/** Relying party, flags, counter: what every answer of a key begins with. */
function authData(rp_id = '', flags: number, signCount: number, faults: Faults): Buffer {
  const counter = Buffer.alloc(4)
  counter.writeUInt32BE(faults.signCount ?? signCount)
  return Buffer.concat([sha256(faults.rp_id ?? rp_id), Buffer.from([faults.flags ?? flags]), counter])
}

const verified = (userVerification = ''): number => (userVerification === 'required' ? flag.UV : 0)

/** What the browser says about the page. */
function clientData(said: { type: string; challenge: string; origin: string }, faults: Faults): Buffer {
  const { type = said.type, challenge = said.challenge, origin = said.origin, crossOrigin = false, topOrigin } = faults
  const json = JSON.stringify({ type, challenge, origin, crossOrigin, topOrigin })
  return Buffer.from(typeof faults.clientData === 'function' ? faults.clientData(json) : (faults.clientData ?? json))
}

const envelope = (id: Buffer, { rawId = id }: Faults) => ({
  id: id.toString('base64url'),
  rawId: rawId.toString('base64url'),
  type: 'public-key' as const,
  clientExtensionResults: {},
  authenticatorAttachment: 'cross-platform' as const,
})

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest()

const isListed = (list: readonly { id: string }[] = [], id: Buffer): boolean => list.some((known) => known.id === id.toString('base64url'))

function newPair(alg: number): { publicKey: KeyObject; privateKey: KeyObject } {
  if (alg === -8) return generateKeyPairSync('ed25519')
  return alg === -257 ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ec', { namedCurve: 'P-256' })
}

/** Ed25519 hashes by itself; −35 is ES384, here with a key of P-256 as ES256 has. */
const digestOf = (alg: number): string | null => (alg === -8 ? null : alg === -35 ? 'sha384' : 'sha256')

/** RFC 9053: key type, algorithm, then what makes the key. */
function coseKey(publicKey: KeyObject, alg: number): Map<Cbor, Cbor> {
  const { kty, x = '', y = '', n = '', e = '' } = publicKey.export({ format: 'jwk' })
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64url')
  if (kty === 'OKP')
    return new Map<Cbor, Cbor>([
      [1, 1],
      [3, alg],
      [-1, 6],
      [-2, bytes(x)],
    ])
  if (kty === 'RSA')
    return new Map<Cbor, Cbor>([
      [1, 3],
      [3, alg],
      [-1, bytes(n)],
      [-2, bytes(e)],
    ])
  return new Map<Cbor, Cbor>([
    [1, 2],
    [3, alg],
    [-1, 1],
    [-2, bytes(x)],
    [-3, bytes(y)],
  ])
}

export type Cbor = number | string | Buffer | Cbor[] | Map<Cbor, Cbor>

/** As much of CBOR (RFC 8949) as an authenticator speaks. */
export function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(cbor)])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, item]) => [cbor(key), cbor(item)])])
}

function head(major: number, n: number): Buffer {
  if (n < 24) return Buffer.from([(major << 5) | n])
  return n < 256 ? Buffer.from([(major << 5) | 24, n]) : Buffer.concat([Buffer.from([(major << 5) | 25]), uint16(n)])
}

const uint16 = (n: number): Buffer => Buffer.from([n >> 8, n & 255])
