import { crc32 } from 'node:zlib'
import { decodeBase64url } from './base64url.ts'

/** What an API token is for: p one project, u all of a user's, o an organization, s a short-lived one of a Trusted Publisher (D8). */
export type TokenKind = 'p' | 'u' | 'o' | 's'

/** How secret scanners find tokens of ours: this pattern between word boundaries, then the checksum. */
const pattern = /^wk([puos])_([A-Za-z0-9_-]{94,21846})([0-9A-Za-z]{6})$/

/** The token as people paste it: `wk`, kind, `_`, macaroon in base64url, checksum (CRC-32 of that text, base 62, six digits). */
export function formatToken(kind: TokenKind, macaroon: Uint8Array): string {
  const body = Buffer.from(macaroon).toString('base64url')
  const text = `wk${kind}_${body}${checksum(body)}`
  if (!pattern.test(text)) throw new RangeError('scanners would not find a token so short or so long')
  return text
}

/** Kind and macaroon bytes of a token in its one spelling (T109). Mistyped, cut or strange texts are `undefined`. */
export function parseToken(text: string): { kind: TokenKind; macaroon: Buffer } | undefined {
  const [, kind, body = '', sum] = pattern.exec(text) ?? []
  if (!isKind(kind) || sum !== checksum(body)) return undefined
  const macaroon = decodeBase64url(body)
  return macaroon && { kind, macaroon }
}

const isKind = (text: string | undefined): text is TokenKind => text === 'p' || text === 'u' || text === 'o' || text === 's'

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

function checksum(body: string): string {
  const sum = crc32(body)
  return [5, 4, 3, 2, 1, 0].map((place) => digits[Math.floor(sum / 62 ** place) % 62]).join('')
}
