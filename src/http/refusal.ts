import type { AppError } from '../errors.ts'
import type { Ctx } from './context.ts'

/** RFC 9457 for our scripts and for people's own. */
export function problem(c: Ctx, { status, code, message }: Pick<AppError, 'status' | 'code' | 'message'> | Broken): Response {
  const body = JSON.stringify({ type: 'about:blank', status, code, title: message, help: `${c.var.app.config.site_url}/help/#${code}` })
  return c.body(body, status, { 'content-type': 'application/problem+json' })
}

interface Broken {
  readonly status: 500
  readonly code: 'broken'
  readonly message: string
}

/**
 * What upload clients print (standards.md §3.3, A.6): twine shows the reason phrase, uv the JSON, others the body. The same
 * sentence in all of them; the body lists every problem with its rule.
 */
export function uploadRefusal(
  c: Ctx,
  refusal: Pick<AppError, 'status' | 'code' | 'message' | 'problems'> | (Broken & { problems: [] }),
): Response {
  const { status, message, problems } = refusal
  if (c.env?.outgoing) c.env.outgoing.statusMessage = reasonPhrase(message)
  const { type, body } = uploadBody(
    c,
    refusal,
    problems.map(({ rule, text }) => ({ rule, text, help: `${c.var.app.config.site_url}/help/#${rule}` })),
  )
  return c.body(body, status, { 'content-type': type, vary: 'Accept' })
}

function uploadBody(
  c: Ctx,
  { status, message }: { status: number; message: string },
  problems: readonly { rule: string; text: string; help: string }[],
) {
  const accept = c.req.header('accept') ?? ''
  const title = reasonOf[status] ?? 'Error'
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

const reasonOf: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
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
