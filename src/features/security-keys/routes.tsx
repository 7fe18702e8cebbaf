import { Hono } from 'hono'
import { type AppError, outcomeOf, refusalOf } from '../../errors.ts'
import { answer } from '../../http/answer.ts'
import { type Ctx, type Env, field } from '../../http/context.ts'
import { setCookie } from '../../http/cookies.ts'
import { csrf, csrfToken } from '../../http/csrf.ts'
import { forScript } from '../../http/errors.tsx'
import { leaveFlash } from '../../http/flash.ts'
import { nextOf } from '../../http/next.ts'
import { frameOf } from '../../http/page.ts'
import { codesConfirmed } from '../recovery-codes/guards.ts'
import { addressVerified } from '../second-factors/guards.ts'
import { on, signedIn, signedInUngated, stepUp } from '../sessions/guards.ts'
import { listSecurityKeys } from './queries.ts'
import { beginRegistration, registerSecurityKey, removeSecurityKey, renameSecurityKey } from './security-keys.ts'
import { SecurityKeysPage } from './views.tsx'

const page = '/manage/account/webauthn-provision'
/** A key answers after the step-up, so its form isn't kept: people come back to the page, where its name is filled in. */
const mayAdd = stepUp(
  () => 'security_key:add',
  (c) => `${page}?${new URLSearchParams({ label: field(c, 'label'), next: nextOf(c) })}#add`,
)
const mayRemove = stepUp(on('security_key:remove', 'credential_id'))

/** Open without the gate, but for names: it is how one gets through, and how a lost key is removed. */
export const securityKeyRoutes = new Hono<Env>()
  .get(page, signedInUngated, addressVerified, codesConfirmed, (c) => {
    const label = c.req.query('label')
    return securityKeysPage(c, label === undefined ? undefined : { credential_id: '', label: label.slice(0, 64) })
  })
  .post(`${page}/options`, forScript, signedInUngated, csrf, addressVerified, codesConfirmed, mayAdd, async (c) =>
    c.json(await beginRegistration(c.var.app, c.var.person)),
  )
  .post(page, signedInUngated, csrf, addressVerified, codesConfirmed, mayAdd, async (c) => {
    const input = { label: field(c, 'label'), credential: field(c, 'credential') }
    const { done: cookie, refusal } = await outcomeOf(registerSecurityKey(c.var.app, c.var.person, input))
    if (refusal) return securityKeysPage(c, { refusal, credential_id: '', label: input.label })
    setCookie(c, 's', cookie)
    leaveFlash(c, 'success', 'The security key is added. Every other session has ended.')
    return c.redirect(nextOf(c) || page, 303)
  })
  .post(`${page}/delete`, signedInUngated, csrf, mayRemove, async (c) => {
    const credential_id = field(c, 'credential_id')
    const { done: cookie, refusal } = await outcomeOf(removeSecurityKey(c.var.app, c.var.person, credential_id))
    if (refusal) return securityKeysPage(c, { refusal, credential_id, label: '' })
    setCookie(c, 's', cookie)
    leaveFlash(c, 'success', 'The security key is removed. Every other session has ended.')
    return c.redirect('/manage/account/two-factor/', 303)
  })
  .post(`${page}/rename`, signedIn, csrf, async (c) => {
    const [credential_id, label] = [field(c, 'credential_id'), field(c, 'label')]
    const refusal = await refusalOf(renameSecurityKey(c.var.app, c.var.person, credential_id, label))
    return refusal ? securityKeysPage(c, { refusal, credential_id, label }) : c.redirect(page, 303)
  })

async function securityKeysPage(c: Ctx, attempt?: { refusal?: AppError; credential_id: string; label: string }): Promise<Response> {
  const { app, person, session } = c.var
  const keys = await listSecurityKeys(app.db, person.user_id)
  const state = { next: nextOf(c), now: person.at, settingUp: session.factors === 0, lastFactor: session.factors === 1 }
  return answer(c, <SecurityKeysPage frame={frameOf(c)} csrf={csrfToken(c)} keys={keys} attempt={attempt} {...state} />, attempt?.refusal)
}
