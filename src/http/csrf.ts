import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Next } from 'hono'
import { refuse } from '../errors.ts'
import type { Ctx } from './context.ts'
import { readForm } from './form.ts'

/** Guard of every change: sent by a page of ours, with a token made for this session or visitor (D7, T93). Reads the form. */
export async function csrf(c: Ctx, next: Next): Promise<void> {
  if (!fromOurPage(c)) refuse('csrf_failed')
  const byHeader = c.req.header('x-csrf-token')
  c.set('form', byHeader === undefined ? await readForm(c) : new URLSearchParams())
  if (!isCsrfToken(c, byHeader ?? c.var.form.get('csrf_token') ?? '')) refuse('csrf_failed')
  await next()
}

/** A token for this session or visitor, masked anew each time so that compression can't leak it. */
export function csrfToken(c: Ctx): string {
  const mask = randomBytes(32)
  return Buffer.concat([mask, xor(mask, secret(c))]).toString('base64url')
}

function isCsrfToken(c: Ctx, token: string): boolean {
  const bytes = Buffer.from(token.slice(0, 128), 'base64url')
  return bytes.length === 64 && timingSafeEqual(xor(bytes.subarray(0, 32), bytes.subarray(32)), secret(c))
}

/** `Sec-Fetch-Site` alone decides where a browser sends it; an older one sends `Origin`; neither is no browser of ours. */
function fromOurPage(c: Ctx): boolean {
  const site = c.req.header('sec-fetch-site')
  return site === undefined ? c.req.header('origin') === c.var.app.config.site_url : site === 'same-origin'
}

function secret(c: Ctx): Buffer {
  if (c.var.csrf_binding === undefined) refuse('csrf_failed')
  return c.var.app.keys.mac('csrf', c.var.csrf_binding)
}

const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((byte, i) => byte ^ (b[i] ?? 0)))
