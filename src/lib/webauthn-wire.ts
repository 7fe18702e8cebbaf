import { isoCBOR } from '@simplewebauthn/server/helpers'
import { z } from 'zod'
import { decodeBase64url } from './base64url.ts'

/** How a browser may reach a key; kept as JSON text, sent back with the next options. */
export const Transports = z.array(z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']))

/** The answer of a new key, as the browser's `toJSON()` writes it: one spelling, bounded sizes, sent from a page of ours (T45, T54). */
export const readRegistration = (text: string) => Registration.safeParse(jsonOf(text)).data

/** The answer of a known key. An empty or null `userHandle` is none. */
export const readAuthentication = (text: string) => Authentication.safeParse(jsonOf(text)).data

/**
 * Whether an attestation object is canonical CBOR with nothing behind it (T53), and attests nothing but the key by itself: we asked
 * for no more, we trust nobody to sign more, and to check it the library would fetch addresses that stand in the certificates.
 */
export function isAcceptable(attestationObject: string): boolean {
  const bytes = new Uint8Array(Buffer.from(attestationObject, 'base64url'))
  const attestation = mapIn(bytes)
  if (!attestation || !Buffer.from(isoCBOR.encode(attestation)).equals(bytes)) return false
  const [fmt, statement] = [attestation.get('fmt'), attestation.get('attStmt')]
  return fmt === 'none' || (fmt === 'packed' && statement instanceof Map && !statement.has('x5c'))
}

/** Whether a COSE key (RFC 9053) is one of those we offer: Ed25519, P-256, or RSA of 2048 bits or more with the usual exponent. */
export function isSound(publicKey: Uint8Array<ArrayBuffer>): boolean {
  const key = mapIn(publicKey)
  const [kty, alg, first, second] = [1, 3, -1, -2].map((label) => key?.get(label))
  if (alg === -257) return kty === 3 && first instanceof Uint8Array && first.length >= 256 && isUsualExponent(second)
  return (alg === -8 && kty === 1 && first === 6) || (alg === -7 && kty === 2 && first === 1)
}

/** Base64url of 1 to `max` bytes in its canonical spelling (T109). */
const bytes = (max: number) =>
  z
    .string()
    .min(1)
    .max(Math.ceil((max * 4) / 3))
    .refine((text) => decodeBase64url(text) !== undefined)

/** Not from a frame in somebody else's page; the library lets some of them through. */
const ClientData = z.object({ crossOrigin: z.literal(false).optional(), topOrigin: z.never().optional() })
const clientDataJSON = bytes(4096).refine((text) => ClientData.safeParse(jsonOf(Buffer.from(text, 'base64url').toString())).success)

const credential = {
  id: bytes(1023),
  rawId: z.string(), // the library compares it with id
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).catch({}),
}

const Registration = z.object({
  ...credential,
  response: z.object({ clientDataJSON, attestationObject: bytes(16_384), transports: Transports.catch([]) }),
})

const Authentication = z.object({
  ...credential,
  response: z.object({
    clientDataJSON,
    authenticatorData: bytes(4096),
    signature: bytes(1024),
    userHandle: z
      .union([z.literal(''), bytes(64)])
      .nullish()
      .transform((handle) => handle || undefined),
  }),
})

const isUsualExponent = (value: unknown): boolean => value instanceof Uint8Array && Buffer.from([1, 0, 1]).equals(value)

type Cbor = Parameters<typeof isoCBOR.encode>[0]

function mapIn(bytes: Uint8Array<ArrayBuffer>): Map<string | number, Cbor> | undefined {
  try {
    const value: unknown = isoCBOR.decodeFirst(bytes)
    return value instanceof Map ? value : undefined
  } catch {
    return undefined // no CBOR, or too deep
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
