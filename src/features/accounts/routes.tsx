import { Hono } from 'hono'
import { type AppError, refusalOf } from '../../errors.ts'
import { answer } from '../../http/answer.ts'
import { type Ctx, type Env, field } from '../../http/context.ts'
import { setCookie } from '../../http/cookies.ts'
import { csrf, csrfToken } from '../../http/csrf.ts'
import { leaveFlash } from '../../http/flash.ts'
import { nextOf } from '../../http/next.ts'
import { frameOf } from '../../http/page.ts'
import { visitor } from '../../http/visitor.ts'
import { days } from '../../lib/time.ts'
import { changePassword } from '../passwords/passwords.ts'
import { factorsOf } from '../second-factors/second-factors.ts'
import { signedInUngated } from '../sessions/guards.ts'
import { refuseClosed, register } from './accounts.ts'
import { OverviewPage } from './overview.tsx'
import { listEvents } from './queries.ts'
import { RegisteredPage, RegisterPage } from './views.tsx'

const overview = '/manage/account/'

export const accountRoutes = new Hono<Env>()
  .get('/account/register/', visitor, (c) => {
    refuseClosed(c.var.app)
    return registerPage(c)
  })
  .post('/account/register/', visitor, csrf, async (c) => {
    const { app, actor } = c.var
    const input = { ...typed(c), new_password: field(c, 'new_password'), password_confirm: field(c, 'password_confirm'), next: nextOf(c) }
    const refusal = await refusalOf(register(app, actor, input))
    if (refusal) return registerPage(c, refusal)
    return answer(c, <RegisteredPage frame={frameOf(c)} email={input.email} next={input.next} />)
  })
  // Open without a factor, as its set-up begins here; so is the password, for whoever knows it (D2).
  .get(overview, signedInUngated, (c) => overviewPage(c))
  .post(`${overview}password`, signedInUngated, csrf, async (c) => {
    const { app, person } = c.var
    const input = { password: field(c, 'password'), new_password: field(c, 'new_password'), password_confirm: field(c, 'password_confirm') }
    const refusal = await refusalOf(changePassword(app, person, input).then((cookie) => setCookie(c, 's', cookie)))
    if (refusal) return overviewPage(c, refusal)
    leaveFlash(c, 'success', 'Your password is changed. Every other session has ended.')
    return c.redirect(overview, 303)
  })

const typed = (c: Ctx) => ({ username: field(c, 'username'), email: field(c, 'email'), full_name: field(c, 'full_name') })

/** The form; with a refusal what was typed as well, but never a password. */
const registerPage = (c: Ctx, refusal?: AppError): Response | Promise<Response> =>
  answer(c, <RegisterPage frame={frameOf(c)} csrf={csrfToken(c)} refusal={refusal} typed={refusal && typed(c)} next={nextOf(c)} />, refusal)

async function overviewPage(c: Ctx, refusal?: AppError): Promise<Response> {
  const { app, person, session } = c.var
  const factors = await factorsOf(app.db, person.user_id)
  const events = await listEvents(app.db, person.user_id, person.at - days(90), 50)
  const { email: address, verified } = session
  const props = { address, verified, factors, events, password_changed_at: person.user.password_changed_at, now: person.at }
  return answer(c, <OverviewPage frame={frameOf(c)} csrf={csrfToken(c)} refusal={refusal} {...props} />, refusal)
}
