import { Hono } from 'hono'
import { type AppError, outcomeOf } from '../../errors.ts'
import { answer } from '../../http/answer.ts'
import { type Ctx, type Env, field } from '../../http/context.ts'
import { dropCookie, readCookie, setCookie } from '../../http/cookies.ts'
import { csrf, csrfToken } from '../../http/csrf.ts'
import { forScript } from '../../http/errors.tsx'
import { leaveFlash } from '../../http/flash.ts'
import { nextOf } from '../../http/next.ts'
import { frameOf } from '../../http/page.ts'
import { visitor } from '../../http/visitor.ts'
import { withNext } from '../../lib/with-next.ts'
import { factorsOf } from '../second-factors/second-factors.ts'
import { beginAssertion } from '../security-keys/security-keys.ts'
import { recognise, signedInUngated } from '../sessions/guards.ts'
import { sessionId } from '../sessions/sessions.ts'
import { startedLogin } from './guards.ts'
import { endReplaced, logOut, startLogin } from './logins.ts'
import { passSecondStep, useRecoveryCode } from './second-step.ts'
import { LoginPage, RecoveryCodePage, ReplacementPage, SecondStepPage } from './views.tsx'

export const loginRoutes = new Hono<Env>()
  .get('/account/login/', visitor, (c) => loginPage(c, nextOf(c)))
  .post('/account/login/', visitor, csrf, async (c) => {
    const { app, actor } = c.var
    const input = { username: field(c, 'username'), password: field(c, 'password'), previous: readCookie(c, 'login') }
    const { done: first, refusal } = await outcomeOf(startLogin(app, actor, input))
    if (refusal) return loginPage(c, nextOf(c), refusal)
    if (first.needs === 'nothing') return enter(c, first.cookie)
    setCookie(c, 'login', first.cookie)
    return c.redirect(withNext('/account/two-factor/', nextOf(c)), 303)
  })
  .get('/account/two-factor/', startedLogin, (c) => secondStepPage(c, nextOf(c)))
  .post('/account/two-factor/options', forScript, startedLogin, csrf, async (c) => {
    const { user, cookie } = c.var.attempt
    return c.json(await beginAssertion(c.var.app, user.id, { holder_id: sessionId(cookie), purpose: 'log_in', act: null }))
  })
  .post('/account/two-factor/', startedLogin, csrf, async (c) => {
    const { app, actor, attempt } = c.var
    const proof = { totp_value: field(c, 'totp_value'), credential: field(c, 'credential') }
    const { done: cookie, refusal } = await outcomeOf(passSecondStep(app, actor, attempt, proof))
    return refusal ? secondStepPage(c, nextOf(c), refusal) : enter(c, cookie)
  })
  .get('/account/recovery-code/', startedLogin, (c) => recoveryCodePage(c, nextOf(c)))
  .post('/account/recovery-code/', startedLogin, csrf, async (c) => {
    const { app, actor, attempt } = c.var
    const { done, refusal } = await outcomeOf(useRecoveryCode(app, actor, attempt, field(c, 'recovery_code_value')))
    if (refusal) return recoveryCodePage(c, nextOf(c), refusal)
    await putSession(c, done.cookie)
    await recognise(c, done.cookie)
    return c.html(<ReplacementPage frame={frameOf(c)} replacement={done.replacement} left={done.left} next={nextOf(c)} />)
  })
  .post('/account/logout/', signedInUngated, csrf, async (c) => {
    await logOut(c.var.app, c.var.person)
    dropCookie(c, 's')
    c.header('clear-site-data', '"cache"')
    leaveFlash(c, 'success', 'You are logged out.')
    return c.redirect('/', 303)
  })

/** The session begins: what was bound to the visitor and the attempt ends, and so does the session that this browser had. */
async function putSession(c: Ctx, cookie: string): Promise<void> {
  const replaced = readCookie(c, 's')
  if (replaced) await endReplaced(c.var.app, c.var.actor, replaced)
  setCookie(c, 's', cookie)
  dropCookie(c, 'login')
  dropCookie(c, 'pre')
}

async function enter(c: Ctx, cookie: string): Promise<Response> {
  await putSession(c, cookie)
  return c.redirect(nextOf(c) || '/manage/projects/', 303)
}

async function loginPage(c: Ctx, next: string, refusal?: AppError): Promise<Response> {
  const username = refusal ? field(c, 'username').slice(0, 50) : ''
  return answer(c, <LoginPage frame={frameOf(c)} csrf={csrfToken(c)} refusal={refusal} next={next} username={username} />, refusal)
}

async function secondStepPage(c: Ctx, next: string, refusal?: AppError): Promise<Response> {
  const { user } = c.var.attempt
  const factors = await factorsOf(c.var.app.db, user.id)
  const page = (
    <SecondStepPage frame={frameOf(c)} csrf={csrfToken(c)} refusal={refusal} username={user.username} next={next} factors={factors} />
  )
  return answer(c, page, refusal)
}

async function recoveryCodePage(c: Ctx, next: string, refusal?: AppError): Promise<Response> {
  return answer(c, <RecoveryCodePage frame={frameOf(c)} csrf={csrfToken(c)} refusal={refusal} next={next} />, refusal)
}
