import type { Next } from 'hono'
import { refuse } from '../../errors.ts'
import type { Ctx } from '../../http/context.ts'
import { authenticateToken } from './api-tokens.ts'

/** Guard of uploads: an API token, as password of `__token__` or as bearer. A person's password never uploads (T14). Leaves `uploader`. */
export async function uploadToken(c: Ctx, next: Next): Promise<void> {
  const text = tokenOf(c.req.header('authorization') ?? '') ?? refuse('no_token')
  c.set('uploader', await authenticateToken(c.var.app, c.var.actor, text))
  c.set('actor', c.var.uploader)
  await next()
}

/** Refuses `password_cannot_upload` for any other user name: what the password is makes no difference. */
function tokenOf(header: string): string | undefined {
  const [, scheme = '', rest = ''] = /^([A-Za-z]+) +([!-~]{1,32768}) *$/.exec(header) ?? []
  if (/^(bearer|token)$/i.test(scheme)) return rest
  if (!/^basic$/i.test(scheme)) return undefined
  const credentials = Buffer.from(rest, 'base64').toString()
  const at = credentials.indexOf(':')
  if (credentials.slice(0, at) !== '__token__') refuse('password_cannot_upload')
  return credentials.slice(at + 1).trim() || undefined
}
