import { createHmac, timingSafeEqual } from 'node:crypto'

const sealed = Symbol('sealed')

/** A macaroon as it came. Anybody may have written it, so nothing of it but the identifier can be read before `verifySignature`. */
export interface Macaroon {
  readonly identifier: Buffer
  readonly [sealed]: { readonly caveats: readonly Buffer[]; readonly signature: Buffer }
}

/** Caveats whose MAC was found right (T111). Only `verifySignature` makes them. */
export type VerifiedCaveats = readonly Buffer[] & { readonly proved: 'VerifiedCaveats' }

/** A macaroon of ours holds at most this many caveats and bytes (D8). */
export const maxCaveats = 16
export const maxBytes = 16_384

/** A new macaroon under `rootKey` (32 random bytes), narrowed by the texts in `caveats`. Throws if they go beyond the limits. */
export function mint(rootKey: Uint8Array, identifier: Uint8Array, caveats: readonly string[]): Macaroon {
  const bare = { identifier: Buffer.from(identifier), [sealed]: { caveats: [], signature: firstSignature(rootKey, identifier) } }
  const macaroon = attenuate(bare, caveats)
  if (!macaroon) throw new RangeError('too many or too long caveats for a macaroon')
  return macaroon
}

/** The same macaroon, narrowed further. No key is needed for that. `undefined` if it would go beyond the limits. */
export function attenuate(macaroon: Macaroon, caveats: readonly string[]): Macaroon | undefined {
  const { caveats: before, signature } = macaroon[sealed]
  const added = caveats.map((caveat) => Buffer.from(caveat))
  return bounded({
    identifier: macaroon.identifier,
    [sealed]: { caveats: [...before, ...added], signature: added.reduce(hmac, signature) },
  })
}

/** Its caveats if it was minted under `rootKey` and only attenuated since, else `undefined`. Takes the same time wherever it differs. */
export function verifySignature(macaroon: Macaroon, rootKey: Uint8Array): VerifiedCaveats | undefined {
  const { caveats, signature } = macaroon[sealed]
  const expected = caveats.reduce(hmac, firstSignature(rootKey, macaroon.identifier))
  return timingSafeEqual(expected, signature) ? (caveats as VerifiedCaveats) : undefined
}

/** The binary format of libmacaroons, version 2, without locations: they stand outside the MAC. */
export function encode(macaroon: Macaroon): Buffer {
  const { caveats, signature } = macaroon[sealed]
  return Buffer.concat([
    Buffer.from([version]),
    ...[macaroon.identifier, ...caveats].flatMap((id) => [field(Field.identifier, id), endOfSection]),
    endOfSection,
    field(Field.signature, signature),
  ])
}

/**
 * Reads what `encode` writes, in that one spelling; only an empty location is overlooked, since pymacaroons adds one when it
 * attenuates. Third-party caveats, unknown fields, anything before, between or behind, and anything beyond the limits are
 * `undefined` (T113). Caveats stay bytes.
 */
export function decode(bytes: Uint8Array): Macaroon | undefined {
  if (bytes.length > maxBytes || bytes[0] !== version) return undefined
  const plain = withoutEmptyLocation(Buffer.from(bytes))
  const fields = fieldsOf(plain)
  const [identifier, ...caveats] = fields.filter(({ type }) => type === Field.identifier).map(({ data }) => data)
  const signature = fields.find(({ type }) => type === Field.signature)?.data
  if (!identifier || signature?.length !== 32) return undefined
  const macaroon = bounded({ identifier, [sealed]: { caveats, signature } })
  return macaroon && encode(macaroon).equals(plain) ? macaroon : undefined
}

const version = 2
const Field = { endOfSection: 0, location: 1, identifier: 2, signature: 6 } as const
const endOfSection = Buffer.from([Field.endOfSection])

const hmac = (key: Buffer, data: Uint8Array): Buffer => createHmac('sha256', key).update(data).digest()

/** As libmacaroons does it, so that its users can check and attenuate ours. */
const firstSignature = (rootKey: Uint8Array, identifier: Uint8Array): Buffer =>
  hmac(hmac(Buffer.from('macaroons-key-generator'), rootKey), identifier)

const bounded = (macaroon: Macaroon): Macaroon | undefined =>
  macaroon[sealed].caveats.length <= maxCaveats && encode(macaroon).length <= maxBytes ? macaroon : undefined

/** Type, length, data. Lengths are varints, and within `maxBytes` these have at most two bytes. */
const field = (type: number, data: Buffer): Buffer =>
  Buffer.concat([Buffer.from(data.length < 128 ? [type, data.length] : [type, 128 | (data.length & 127), data.length >> 7]), data])

const withoutEmptyLocation = (bytes: Buffer): Buffer =>
  bytes[1] === Field.location && bytes[2] === 0 ? Buffer.concat([bytes.subarray(0, 1), bytes.subarray(3)]) : bytes

/** The fields in order, as far as they make sense: the caller compares the whole. */
function fieldsOf(bytes: Buffer): { type: number; data: Buffer }[] {
  const fields: { type: number; data: Buffer }[] = []
  for (let at = 1; at < bytes.length; ) {
    const [type = 0, low = 0, high = 0] = bytes.subarray(at, at + 3)
    const isLong = low >= 128
    const start = at + (isLong ? 3 : 2)
    const end = start + (isLong ? (low & 127) | (high << 7) : low)
    if (type !== Field.endOfSection) fields.push({ type, data: bytes.subarray(start, end) })
    at = type === Field.endOfSection ? at + 1 : end
  }
  return fields
}
