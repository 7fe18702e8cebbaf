import { Hono } from 'hono'
import { type AppError, outcomeOf, refusalOf } from '../../errors.ts'
import { answer } from '../../http/answer.ts'
import { type Ctx, type Env, field } from '../../http/context.ts'
import { csrf, csrfToken } from '../../http/csrf.ts'
import { leaveFlash } from '../../http/flash.ts'
import { nextOf } from '../../http/next.ts'
import { frameOf } from '../../http/page.ts'
import type { RecoveryCode } from '../../lib/recovery-code.ts'
import { withNext } from '../../lib/with-next.ts'
import { sensitive, signedInUngated, stepUp } from '../sessions/guards.ts'
import { codeSetOf, confirmRecoveryCodes, generateRecoveryCodes, regenerateRecoveryCodes } from './recovery-codes.ts'
import { BurnPage, CodesPage, MakeCodesPage } from './views.tsx'

const path = '/manage/account/recovery-codes'
const mayRegenerate = stepUp(() => 'recovery_codes:regenerate')

/** Open without the gate: they come before the first factor (D5). */
export const recoveryCodeRoutes = new Hono<Env>()
  .get(`${path}/generate`, signedInUngated, async (c) => {
    const { unused, confirmed } = await codeSetOf(c.var.app.db, c.var.person.user_id)
    if (unused > 0 && confirmed === 0) return c.redirect(withNext(`${path}/burn`, nextOf(c)), 303)
    return answer(c, <MakeCodesPage {...propsOf(c)} exist={unused > 0} />)
  })
  .post(`${path}/generate`, signedInUngated, csrf, sensitive, async (c) => {
    const { done: codes, refusal } = await outcomeOf(generateRecoveryCodes(c.var.app, c.var.person))
    if (refusal) return answer(c, <MakeCodesPage {...propsOf(c)} refusal={refusal} exist />, refusal)
    return codesPage(c, codes)
  })
  .post(`${path}/regenerate`, signedInUngated, csrf, mayRegenerate, async (c) =>
    codesPage(c, await regenerateRecoveryCodes(c.var.app, c.var.person)),
  )
  .get(`${path}/burn`, signedInUngated, async (c) => {
    const { unused, confirmed } = await codeSetOf(c.var.app.db, c.var.person.user_id)
    if (unused === 0) return c.redirect(withNext(`${path}/generate`, nextOf(c)), 303)
    return confirmed > 0 ? c.redirect(placeAfter(c), 303) : burnPage(c)
  })
  .post(`${path}/burn`, signedInUngated, csrf, async (c) => {
    const refusal = await refusalOf(confirmRecoveryCodes(c.var.app, c.var.person, field(c, 'recovery_code_value')))
    if (refusal) return burnPage(c, refusal)
    leaveFlash(c, 'success', 'Your recovery codes are saved, and work from now on.')
    return c.redirect(placeAfter(c), 303)
  })

const propsOf = (c: Ctx) => ({ frame: frameOf(c), csrf: csrfToken(c), next: nextOf(c), settingUp: c.var.session.factors === 0 })

/** Then comes the factor; whoever has one goes on to where they wanted to go. */
function placeAfter(c: Ctx): string {
  const factors = '/manage/account/two-factor/'
  return c.var.session.factors === 0 ? withNext(factors, nextOf(c)) : nextOf(c) || factors
}

function codesPage(c: Ctx, codes: RecoveryCode[]): Response | Promise<Response> {
  const { person, app } = c.var
  const { host } = new URL(app.config.site_url)
  return answer(c, <CodesPage {...propsOf(c)} codes={codes} made_at={person.at} host={host} username={person.user.username} />)
}

const burnPage = (c: Ctx, refusal?: AppError): Response | Promise<Response> =>
  answer(c, <BurnPage {...propsOf(c)} refusal={refusal} />, refusal)
