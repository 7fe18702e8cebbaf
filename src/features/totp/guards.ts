import type { Next } from 'hono'
import type { Ctx } from '../../http/context.ts'
import { stepUp } from '../sessions/guards.ts'
import { pendingSecret } from './totp.ts'

const mayBegin = stepUp(() => 'totp:add')

/** Guard: a secret waits for its first code in this session already, or the person has just proved themself to get one. Refuses `totp_exists`. */
export async function mayProvision(c: Ctx, next: Next): Promise<Response | void> {
  return (await pendingSecret(c.var.app, c.var.person)) ? next() : mayBegin(c, next)
}
