import { Hono } from 'hono'
import { answer } from '../../http/answer.ts'
import type { Ctx, Env } from '../../http/context.ts'
import { csrfToken } from '../../http/csrf.ts'
import { nextOf } from '../../http/next.ts'
import { frameOf } from '../../http/page.ts'
import { codeSetOf } from '../recovery-codes/recovery-codes.ts'
import { securityKeysOf } from '../security-keys/security-keys.ts'
import { signedInUngated } from '../sessions/guards.ts'
import { totpOf } from '../totp/totp.ts'
import { SecondFactorsPage } from './views.tsx'

/** Open without the gate: it is where the gate sends people. */
export const secondFactorRoutes = new Hono<Env>().get('/manage/account/two-factor/', signedInUngated, (c) => secondFactorsPage(c))

async function secondFactorsPage(c: Ctx): Promise<Response> {
  const { app, person, session } = c.var
  const [codes, totp, keys] = await Promise.all([
    codeSetOf(app.db, person.user_id),
    totpOf(app.db, person.user_id),
    securityKeysOf(app.db, person.user_id),
  ])
  const state = { next: nextOf(c), now: person.at, factors: session.factors, method: person.method, codes, totp, keys }
  return answer(c, <SecondFactorsPage frame={frameOf(c)} csrf={csrfToken(c)} {...state} />)
}
