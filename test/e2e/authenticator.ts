import { setTimeout } from 'node:timers/promises'
import { codeAt, stepAt } from '../../src/lib/totp.ts'

export type Authenticator = ReturnType<typeof authenticator>

/** An authenticator app that was given the secret of the page. */
export function authenticator(secret: string) {
  const key = fromBase32(secret)
  let used = 0
  return {
    /** A code that wasn't used before. The index takes one of the last step and of the next too, so that two or three need no wait. */
    async code(): Promise<string> {
      for (;;) {
        const oldest = stepAt(Date.now() + 15_000) - 1 // on a busy machine it arrives late, and must then still be the last one
        const step = Math.max(used + 1, oldest)
        if (step <= stepAt(Date.now()) + 1) {
          used = step
          return codeAt(key, step)
        }
        await setTimeout(250)
      }
    },
  }
}

function fromBase32(text: string): Buffer {
  const bits = Array.from(text.replaceAll(' ', ''), (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
