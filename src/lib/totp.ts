import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Instant, seconds } from './time.ts'

/** 160 bits, as RFC 4226 §4 recommends (D3). */
export const newTotpSecret = (): Buffer => randomBytes(20)

/** The time step of RFC 6238 that `at` lies in: they last 30 seconds. */
export const stepAt = (at: Instant): number => Math.floor(at / seconds(30))

/** The six digits that an authenticator app shows in `step` (RFC 6238, SHA-1). */
export function codeAt(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const number = mac.readUInt32BE(mac.readUInt8(19) & 0x0f) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

/**
 * The step whose code was typed: this one, the last or the next (D3). Spaces and hyphens (ASCII) don't count; what isn't six ASCII
 * digits then is `undefined` (T29). The caller accepts a step only if it is later than the last one accepted (RFC 6238 §5.2, T27).
 */
export function matchStep(secret: Uint8Array, input: string, now: Instant): number | undefined {
  const typed = input.length <= 64 ? input.replace(/[ -]/g, '') : ''
  if (!/^[0-9]{6}$/.test(typed)) return undefined
  const step = stepAt(now)
  // The latest that fits, so that a code which is also a later one can't be used again; always three comparisons.
  return [step + 1, step, step - 1].filter((step) => timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(typed)))[0]
}

/** What the QR code says (TOTP-05; the format is that of the Google Authenticator). `issuer` is the name of the site. */
export function otpauthUri(issuer: string, username: string, secret: Uint8Array): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(username)}`
  return `otpauth://totp/${label}?digits=6&secret=${base32(secret)}&algorithm=SHA1&issuer=${encodeURIComponent(issuer)}&period=30`
}

/** RFC 4648 §6 without padding: how a secret is typed in by hand. */
export function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  return bits.replace(/.{1,5}/g, (group) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(group.padEnd(5, '0'), 2)] ?? '')
}
