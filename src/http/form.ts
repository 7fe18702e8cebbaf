import { refuse } from '../errors.ts'
import type { Ctx } from './context.ts'

/** The largest form: 4096 bytes of password take 12 KiB in this encoding, three times in a form of three (D16). */
const mostBytes = 64 * 1024

/** How long a form may take to arrive. */
const mostTime = 20_000

/**
 * Reads a form. Refuses another type (`form_type`), too much (`body_too_large`), too slow (`body_too_slow`), bytes that are no
 * UTF-8, and a field that comes twice (`form_unreadable`, T66: nobody may guess which one counts).
 */
export async function readForm(c: Ctx): Promise<URLSearchParams> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') refuse('form_type')
  const text = utf8(await readBody(c)) ?? refuse('form_unreadable')
  if (!isDecodable(text)) refuse('form_unreadable')
  const form = new URLSearchParams(text)
  const names = [...form.keys()]
  if (new Set(names).size !== names.length) refuse('form_unreadable')
  return form
}

async function readBody(c: Ctx): Promise<Uint8Array> {
  if (Number(c.req.header('content-length') ?? 0) > mostBytes) refuse('body_too_large')
  const chunks: Uint8Array[] = []
  const reader = c.req.raw.body?.getReader()
  if (!reader) return new Uint8Array()
  const late = AbortSignal.timeout(mostTime)
  late.addEventListener('abort', () => void reader.cancel().catch(() => undefined))
  for (let size = 0; ; ) {
    const { done, value } = await reader.read().catch(() => refuse('form_unreadable')) // the client went away
    if (late.aborted) refuse('body_too_slow')
    if (done) return Buffer.concat(chunks)
    size += value.length
    if (size > mostBytes) refuse('body_too_large')
    chunks.push(value)
  }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Whether every %-escape is one and stands for UTF-8; `URLSearchParams` lets both pass. NUL can't be stored in PostgreSQL. */
function isDecodable(text: string): boolean {
  try {
    return !decodeURIComponent(text).includes('\0')
  } catch {
    return false
  }
}
