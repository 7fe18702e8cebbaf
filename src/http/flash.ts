import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Ctx } from './context.ts'
import { dropCookie, readCookie, setCookie } from './cookies.ts'

/** The outcome of the last act, shown once on the next page. */
export interface FlashMessage {
  readonly tone: 'error' | 'warning' | 'success' | 'info'
  readonly title: string
}

const Message = z.object({ tone: z.enum(['error', 'warning', 'success', 'info']), title: z.string().max(300) })

/** Leaves a message for the next page of this browser, in a cookie that only we can write. */
export function leaveFlash(c: Ctx, tone: FlashMessage['tone'], title: string): void {
  const text = Buffer.from(JSON.stringify({ tone, title })).toString('base64url')
  setCookie(c, 'flash', `${text}.${sign(c, text).toString('base64url')}`)
}

/** Takes the message that was left, if there is one. */
export function takeFlash(c: Ctx): FlashMessage | undefined {
  const [text = '', signature = ''] = (readCookie(c, 'flash') ?? '').split('.')
  if (!text) return undefined
  dropCookie(c, 'flash')
  const given = Buffer.from(signature, 'base64url')
  const right = sign(c, text)
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
  return Message.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data
}

const sign = (c: Ctx, text: string): Buffer => c.var.app.keys.mac('csrf', `flash ${text}`)
