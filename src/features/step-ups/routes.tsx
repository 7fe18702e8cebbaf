import { Hono } from 'hono'
import { type AppError, outcomeOf, refuse } from '../../errors.ts'
import { answer } from '../../http/answer.ts'
import { type Ctx, type Env, field } from '../../http/context.ts'
import { setCookie } from '../../http/cookies.ts'
import { csrf, csrfToken } from '../../http/csrf.ts'
import { forScript } from '../../http/errors.tsx'
import { frameOf } from '../../http/page.ts'
import { safeNext } from '../../lib/safe-next.ts'
import { factorsOf } from '../second-factors/second-factors.ts'
import { askedAct, beginAssertion, noteAskedAct } from '../security-keys/security-keys.ts'
import { signedInUngated } from '../sessions/guards.ts'
import { isAct, keptFormPath, phraseOf } from '../sessions/sessions.ts'
import { reauthenticate } from './step-ups.ts'
import { KeptFormPage, ReauthenticatePage } from './views.tsx'

/** Step-up is open without the gate: it is how the first factor is set up. */
export const stepUpRoutes = new Hono<Env>()
  .get('/account/reauthenticate/', signedInUngated, (c) => {
    const asked = { act: c.req.query('act') ?? 'sensitive', next: c.req.query('next') ?? '', kept: c.req.query('kept') ?? '' }
    return reauthenticatePage(c, asked)
  })
  .post('/account/reauthenticate/options', forScript, signedInUngated, csrf, async (c) => {
    const { app, person } = c.var
    const act = c.req.query('act') ?? (await askedAct(app.db, person.session_id)) ?? 'sensitive'
    if (!isAct(act)) refuse('not_found')
    return c.json(await beginAssertion(app, person.user_id, { holder_id: person.session_id, purpose: 'step_up', act }))
  })
  .post('/account/reauthenticate/', signedInUngated, csrf, async (c) => {
    const asked = { act: field(c, 'act') || 'sensitive', next: field(c, 'next'), kept: field(c, 'kept') }
    const proof = { password: field(c, 'password'), totp_value: field(c, 'totp_value'), credential: field(c, 'credential') }
    const { done: cookie, refusal } = await outcomeOf(reauthenticate(c.var.app, c.var.person, actOf(asked.act), proof))
    if (refusal) return reauthenticatePage(c, asked, refusal)
    setCookie(c, 's', cookie)
    const next = safeNext(asked.next, c.var.app.config.site_url, '/manage/account/')
    return c.redirect(
      asked.kept ? `/account/reauthenticate/kept?${new URLSearchParams({ form: asked.kept, act: asked.act, next })}` : next,
      303,
    )
  })
  .get('/account/reauthenticate/kept', signedInUngated, async (c) => {
    const { app, person } = c.var
    const id = c.req.query('form') ?? ''
    const path = (await keptFormPath(app.db, person, id)) ?? refuse('kept_form_gone')
    const phrase = phraseOf(c.req.query('act') ?? '') ?? refuse('not_found')
    const next = safeNext(c.req.query('next'), app.config.site_url, '/manage/account/')
    return answer(c, <KeptFormPage frame={frameOf(c)} csrf={csrfToken(c)} id={id} path={path} phrase={phrase} next={next} />)
  })

type Asked = { act: string; next: string; kept: string }

const actOf = (text: string) => (isAct(text) ? text : refuse('not_found'))

async function reauthenticatePage(c: Ctx, asked: Asked, refusal?: AppError): Promise<Response> {
  const { app, person } = c.var
  const act = actOf(asked.act)
  const factors = await factorsOf(app.db, person.user_id)
  if (factors.security_keys > 0) await noteAskedAct(app.db, person.session_id, act, person.at)
  const phrase = phraseOf(act) ?? ''
  return answer(
    c,
    <ReauthenticatePage frame={frameOf(c)} csrf={csrfToken(c)} refusal={refusal} phrase={phrase} factors={factors} {...asked} />,
    refusal,
  )
}
