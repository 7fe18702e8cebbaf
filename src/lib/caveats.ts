import { z } from 'zod'
import { isIn, parseIp, parseNetworks } from './ip.ts'
import type { VerifiedCaveats } from './macaroon.ts'
import type { Instant } from './time.ts'

/** What a token can be good for. Everything else needs a person (D8). */
export const operations = ['stage', 'upload', 'yank', 'read'] as const
export type Operation = (typeof operations)[number]

/** A caveat of D8: `exp` and `nbf` in Unix seconds, ids of projects, hashes in lower-case hex, networks, one normalized version. */
export type Caveat = z.infer<typeof Caveat>

/** What a token is used for just now. What the act has not, no caveat about it allows. */
export interface TokenUse {
  readonly now: Instant
  readonly op: Operation
  readonly ip: string | null
  readonly project_id?: string
  readonly sha256?: string
  readonly version?: string
}

export type Denial =
  | 'caveat_unknown'
  | 'expired'
  | 'not_yet'
  | 'other_project'
  | 'other_operation'
  | 'other_file'
  | 'other_address'
  | 'other_release'

/** The text of a caveat for `mint` and `attenuate`: a JSON array. */
export const caveatText = (caveat: Caveat): string => JSON.stringify(caveat)

/** Why the caveats forbid this use, or `undefined` if all of them allow it. An unknown or malformed one forbids every use (T113). */
export function decideCaveats(caveats: VerifiedCaveats, use: TokenUse): { reason: Denial } | undefined {
  const reason = caveats.map((bytes) => decide(parseCaveat(bytes), use)).find((denial) => denial !== undefined)
  return reason && { reason }
}

const Unix = z.int().min(0).max(253_402_300_799) // the year 9999
const texts = z.array(z.string().max(256))

const Caveat = z.union([
  z.tuple([z.literal('exp'), Unix]),
  z.tuple([z.literal('nbf'), Unix]),
  z.tuple([z.literal('projects'), texts]),
  z.tuple([z.literal('ops'), z.array(z.enum(operations))]),
  z.tuple([z.literal('sha256'), z.array(z.string().regex(/^[0-9a-f]{64}$/))]),
  z.tuple([z.literal('cidr'), texts.refine((networks) => parseNetworks(networks) !== undefined)]),
  z.tuple([z.literal('release'), z.string().min(1).max(256)]),
])

function parseCaveat(bytes: Buffer): Caveat | undefined {
  try {
    return Caveat.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))).data
  } catch {
    return undefined // no UTF-8, or no JSON
  }
}

function decide(caveat: Caveat | undefined, use: TokenUse): Denial | undefined {
  switch (caveat?.[0]) {
    case 'exp':
      return use.now < caveat[1] * 1000 ? undefined : 'expired'
    case 'nbf':
      return use.now >= caveat[1] * 1000 ? undefined : 'not_yet'
    case 'projects':
      return use.project_id !== undefined && caveat[1].includes(use.project_id) ? undefined : 'other_project'
    case 'ops':
      return caveat[1].includes(use.op) ? undefined : 'other_operation'
    case 'sha256':
      return use.sha256 !== undefined && caveat[1].includes(use.sha256) ? undefined : 'other_file'
    case 'cidr':
      return isInOneOf(caveat[1], use.ip) ? undefined : 'other_address'
    case 'release':
      return use.version === caveat[1] ? undefined : 'other_release'
    default:
      return 'caveat_unknown'
  }
}

function isInOneOf(texts: readonly string[], address: string | null): boolean {
  const [networks, ip] = [parseNetworks(texts), parseIp(address ?? '')]
  return networks !== undefined && ip !== undefined && isIn(networks, ip)
}
