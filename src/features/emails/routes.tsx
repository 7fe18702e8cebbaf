import { Hono } from 'hono'
import { type AppError, outcomeOf } from '../../errors.ts'
import { answer } from '../../http/answer.ts'
import { type Ctx, type Env, field } from '../../http/context.ts'
import { csrf, csrfToken } from '../../http/csrf.ts'
import { leaveFlash } from '../../http/flash.ts'
import { noReferrer } from '../../http/headers.ts'
import { nextOf, noteNext, takeNext } from '../../http/next.ts'
import { frameOf } from '../../http/page.ts'
import { visitor } from '../../http/visitor.ts'
import { withNext } from '../../lib/with-next.ts'
import { anybody, signedInUngated } from '../sessions/guards.ts'
import { linkedEmail, linkPath, requestVerification, verifyEmail } from './emails.ts'
import { DeadLinkPage, UnverifiedPage, VerifyPage } from './views.tsx'

const unverified = '/manage/unverified-account/'

export const emailRoutes = new Hono<Env>()
  // Whoever reads the mail may verify its address, in whatever browser.
  .get('/account/verify-email/', noReferrer, visitor, anybody, async (c) => {
    const { app, actor } = c.var
    const token = c.req.query('token') ?? ''
    const { done: email, refusal } = await outcomeOf(linkedEmail(app, actor, token))
    if (refusal) return deadLinkPage(c, refusal)
    return answer(c, <VerifyPage frame={frameOf(c)} csrf={csrfToken(c)} action={linkPath(token, nextOf(c))} {...email} />)
  })
  .post('/account/verify-email/', noReferrer, visitor, anybody, csrf, async (c) => {
    const { app, actor } = c.var
    const { done: address, refusal } = await outcomeOf(verifyEmail(app, actor, c.req.query('token') ?? ''))
    if (refusal) return deadLinkPage(c, refusal)
    leaveFlash(c, 'success', `${address} is verified.`)
    return c.redirect(placeAfter(c), 303)
  })
  // What the gate asks for is done here.
  .get(unverified, signedInUngated, (c) => unverifiedPage(c))
  .post(unverified, signedInUngated, csrf, async (c) => {
    const { app, person } = c.var
    const { done: address, refusal } = await outcomeOf(requestVerification(app, person, field(c, 'email'), nextOf(c)))
    if (refusal) return unverifiedPage(c, refusal)
    leaveFlash(c, 'success', `We sent a mail to ${address}. Open the link in it.`)
    return c.redirect(withNext(unverified, nextOf(c)), 303)
  })

/** After the address comes the log-in, then the second factor, then what the person was about to do. */
function placeAfter(c: Ctx): string {
  const next = takeNext(c)
  if (!c.var.person) return withNext('/account/login/', next)
  return c.var.session.factors === 0 ? withNext('/manage/account/two-factor/', next) : next || '/manage/account/'
}

const deadLinkPage = (c: Ctx, refusal: AppError): Response | Promise<Response> =>
  answer(
    c,
    <DeadLinkPage frame={frameOf(c)} refusal={refusal} verified={c.var.session?.verified ? c.var.session.email : undefined} />,
    refusal,
  )

function unverifiedPage(c: Ctx, refusal?: AppError): Response | Promise<Response> {
  const { email, verified } = c.var.session
  const next = nextOf(c)
  if (verified && !refusal) return c.redirect(next || '/manage/account/', 303)
  noteNext(c, next)
  const props = { address: email, typed: refusal ? field(c, 'email') : email, next, action: withNext(unverified, next) }
  return answer(c, <UnverifiedPage frame={frameOf(c)} csrf={csrfToken(c)} refusal={refusal} {...props} />, refusal)
}
