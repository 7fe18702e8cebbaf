import { Hono } from 'hono'
import { type AppError, outcomeOf } from '../../errors.ts'
import { answer } from '../../http/answer.ts'
import { type Ctx, type Env, field } from '../../http/context.ts'
import { setCookie } from '../../http/cookies.ts'
import { csrf, csrfToken } from '../../http/csrf.ts'
import { leaveFlash } from '../../http/flash.ts'
import { nextOf } from '../../http/next.ts'
import { frameOf } from '../../http/page.ts'
import { base32, otpauthUri } from '../../lib/totp.ts'
import { codesConfirmed } from '../recovery-codes/guards.ts'
import { addressVerified } from '../second-factors/guards.ts'
import { signedInUngated, stepUp } from '../sessions/guards.ts'
import { mayProvision } from './guards.ts'
import { beginTotp, confirmTotp, removeTotp } from './totp.ts'
import { ProvisionPage } from './views.tsx'

const page = '/manage/account/totp-provision'
const factors = '/manage/account/two-factor/'

/** Open without the gate: it is how one gets through, and how a lost app is removed. */
export const totpRoutes = new Hono<Env>()
  .get(page, signedInUngated, addressVerified, codesConfirmed, mayProvision, (c) => provisionPage(c))
  .post(page, signedInUngated, csrf, addressVerified, codesConfirmed, mayProvision, async (c) => {
    const { done: cookie, refusal } = await outcomeOf(confirmTotp(c.var.app, c.var.person, field(c, 'totp_value')))
    if (refusal) return provisionPage(c, refusal)
    setCookie(c, 's', cookie)
    leaveFlash(c, 'success', 'Your authenticator app is set up. Every other session has ended.')
    return c.redirect(nextOf(c) || factors, 303)
  })
  .post(
    '/manage/account/totp-delete',
    signedInUngated,
    csrf,
    stepUp(() => 'totp:remove'),
    async (c) => {
      const { done: cookie, refusal } = await outcomeOf(removeTotp(c.var.app, c.var.person))
      if (cookie) setCookie(c, 's', cookie)
      if (refusal) leaveFlash(c, 'error', refusal.message)
      else leaveFlash(c, 'success', 'Your authenticator app is removed. Every other session has ended.')
      return c.redirect(factors, 303)
    },
  )

/** The secret that waits; with a refusal what was wrong, but never what was typed. */
async function provisionPage(c: Ctx, refusal?: AppError): Promise<Response> {
  const { app, person, session } = c.var
  const secret = await beginTotp(app, person)
  const { host } = new URL(app.config.site_url)
  const props = { secret: base32(secret), uri: otpauthUri(host, person.user.username, secret), settingUp: session.factors === 0 }
  return answer(c, <ProvisionPage frame={frameOf(c)} csrf={csrfToken(c)} next={nextOf(c)} refusal={refusal} {...props} />, refusal)
}
