import { createHash } from 'node:crypto'
import { oneLine } from '../lib/one-line.ts'
import type { Instant } from '../lib/time.ts'
import { oneAddress } from './address.ts'

/** A mail as it is said; `mimeMessage` makes of it what is sent. */
interface Letter {
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

/**
 * The message of RFC 5322 and MIME: the text as it is (8bit, so that a link stays in one piece: P21), the same as HTML beside it.
 * The same input gives the same bytes. Nothing in it can begin another header (T66, T104); two addresses in one place throw.
 */
export function mimeMessage(letter: Letter, { messageId, at }: { messageId: string; at: Instant }): string {
  const { from, to, subject, text, html } = letter
  const boundary = `=_${createHash('sha256')
    .update(JSON.stringify([messageId, letter]))
    .digest('hex')
    .slice(0, 32)}`
  return [
    `From: Wheelkeep <${oneAddress(from)}>`,
    `To: ${oneAddress(to)}`,
    `Subject: ${headerText(oneLine(subject))}`,
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${oneMessageId(messageId)}`,
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative;\r\n boundary="${boundary}"`,
    '',
    `--${boundary}`,
    ...textPart(text),
    `--${boundary}`,
    ...packedPart('html', html),
    `--${boundary}--`,
    '',
  ].join('\r\n')
}

/** Lines of more than 998 bytes may not travel as they are (RFC 5322 §2.1.1). */
function textPart(text: string): string[] {
  const lines = text.replaceAll('\0', '').split(/\r\n|\r|\n/)
  if (lines.some((line) => Buffer.byteLength(line) > 998)) return packedPart('plain', text)
  return ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', ...lines]
}

/** Base64 keeps links out of sight of whoever greps a message for the one on its own line. */
function packedPart(subtype: 'plain' | 'html', text: string): string[] {
  const lines =
    Buffer.from(text)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  return [`Content-Type: text/${subtype}; charset=utf-8`, 'Content-Transfer-Encoding: base64', '', ...lines]
}

/** RFC 2047: words of UTF-8, folded; short plain ASCII as it is. */
function headerText(text: string): string {
  if (/^[ -~]{0,68}$/.test(text) && !text.includes('=?')) return text
  return pieces(text, 39)
    .map((piece) => `=?UTF-8?B?${Buffer.from(piece).toString('base64')}?=`)
    .join('\r\n ')
}

/** Cut between characters, at most `size` bytes each. */
function pieces(text: string, size: number): string[] {
  const found: string[] = ['']
  for (const character of text) {
    const last = found.at(-1) ?? ''
    if (Buffer.byteLength(last + character) <= size) found[found.length - 1] = last + character
    else found.push(character)
  }
  return found
}

function oneMessageId(text: string): string {
  if (!/^<[!-;=?A-~]+@[!-;=?A-~]+>$/.test(text)) throw new RangeError('A Message-ID is `<left@right>`.')
  return text
}
