import { STATUS_CODES } from 'node:http'
import type { AppError } from '../errors.ts'
import type { Ctx } from './context.ts'

/** What is told of a refusal, or of a bug. */
export interface Refusal extends Pick<AppError, 'message' | 'problems' | 'retryAfter'> {
  readonly status: AppError['status'] | 500
  readonly code: AppError['code'] | 'broken'
  /** By which operators find a bug in their log. */
  readonly number?: string
}

/** RFC 9457 for our scripts and for people's own. */
export function problem(c: Ctx, { status, code, message }: Refusal): Response {
  const body = JSON.stringify({ type: 'about:blank', status, code, title: message, help: `${c.var.app.config.site_url}/help/#${code}` })
  return c.body(body, status, { 'content-type': 'application/problem+json' })
}

/**
 * What upload clients print (standards.md §3.3, A.6): twine shows the reason phrase, uv the JSON, others the body. The same
 * sentence in all of them; the body lists every problem with its rule.
 */
export function uploadRefusal(c: Ctx, refusal: Refusal): Response {
  if (c.env?.outgoing) c.env.outgoing.statusMessage = reasonPhrase(refusal.message)
  const { type, body } = uploadBody(c, refusal)
  return c.body(body, refusal.status, { 'content-type': type, vary: 'Accept' })
}

function uploadBody(c: Ctx, refusal: Refusal): { type: string; body: string } {
  const { status, message } = refusal
  const accept = c.req.header('accept') ?? ''
  const title = STATUS_CODES[status]
  const problems = refusal.problems.map(({ rule, text }) => ({ rule, text, help: `${c.var.app.config.site_url}/help/#${rule}` }))
  if (accept.includes('application/problem+json')) {
    return { type: 'application/problem+json', body: JSON.stringify({ type: 'about:blank', status, title, detail: message, problems }) }
  }
  if (accept.includes('application/json')) {
    return { type: 'application/json', body: JSON.stringify({ message, code: `${status} ${message}`, title, problems }) }
  }
  const more = problems.map(({ rule, text, help }) => `${text} [${rule}] ${help}`)
  if (accept.includes('text/plain')) return { type: 'text/plain; charset=utf-8', body: [`${status} ${message}`, ...more].join('\n') }
  const heading = escapeHtml(`${status} ${message}`)
  const list = more.length > 0 ? `<ul>${more.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>` : ''
  return {
    type: 'text/html; charset=utf-8',
    body: `<html><head><title>${heading}</title></head><body><h1>${heading}</h1>${list}</body></html>`,
  }
}

/** One line of ASCII, at most 400 characters: what fits into a status line everywhere. */
const reasonPhrase = (message: string): string =>
  message
    .replace(/[’‘]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/…/g, '...')
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 400)

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
