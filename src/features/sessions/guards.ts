import type { MiddlewareHandler, Next } from 'hono'
import { type ErrorCode, refuse } from '../../errors.ts'
import { type Ctx, type Env, field } from '../../http/context.ts'
import { readCookie } from '../../http/cookies.ts'
import { leaveFlash } from '../../http/flash.ts'
import { cameFrom } from '../../http/next.ts'
import { minutes } from '../../lib/time.ts'
import { type Act, authenticate, hasStepUp, keepForm, sessionId, takeForm } from './sessions.ts'

/**
 * Guard: somebody is logged in and may manage: verified primary address, second factor, no session that a recovery code opened.
 * The default of every page behind the log-in. Others are sent to what is missing, and brought back.
 */
export async function signedIn(c: Ctx, next: Next): Promise<Response | void> {
  if (!(await recognise(c))) return sendToLogIn(c)
  const { verified, factors } = c.var.session
  const { method } = c.var.person
  if (!verified) return sendTo(c, '/manage/unverified-account/', 'address_unverified')
  if (factors === 0) return sendTo(c, '/manage/account/two-factor/', 'second_factor_missing')
  if (method === 'recovery_code') return sendTo(c, '/manage/account/two-factor/', 'session_restricted')
  return next()
}

/** Guard: somebody is logged in; what is missing for the gate may be set up here. A route takes it by name only, with a reason. */
export async function signedInUngated(c: Ctx, next: Next): Promise<Response | void> {
  if (!(await recognise(c))) return sendToLogIn(c)
  return next()
}

/** Guard of public pages: says who is logged in, if anybody, for the menu. */
export async function anybody(c: Ctx, next: Next): Promise<void> {
  await recognise(c)
  await next()
}

/**
 * Leaves `person`, `session` and the binding of CSRF tokens, if the cookie opens a living session. One that the password alone opened
 * while a factor was being added is none (T179).
 */
export async function recognise(c: Ctx, cookie = readCookie(c, 's')): Promise<boolean> {
  const { actor, app } = c.var
  const found = cookie && (await authenticate(app.db, cookie, actor.at))
  if (!found || (found.session.method === 'password' && found.factors > 0)) return false
  const { user, session, email, verified, factors, security_keys } = found
  const session_id = sessionId(cookie)
  const { method, authenticated_at } = session
  const person = { ...actor, user, user_id: user.id, session_id, method, authenticated_at }
  c.set('person', person)
  c.set('actor', person)
  c.set('session', { email, verified, factors, security_keys })
  c.set('csrf_binding', `session ${session_id}`)
  return true
}

/** A form whose session has ended meanwhile is lost, and people are told so. */
function sendToLogIn(c: Ctx): Response {
  if (c.req.method !== 'GET' && !c.var.script)
    leaveFlash(c, 'error', 'You were logged out meanwhile, so nothing was changed. Log in, then do it again.')
  return sendTo(c, '/account/login/', 'not_logged_in')
}

/** Scripts are told; people are sent on with where they wanted to go. What they posted is not repeated: they come back to the page. */
function sendTo(c: Ctx, page: string, code: ErrorCode): Response {
  if (c.var.script) refuse(code)
  return c.redirect(`${page}?${new URLSearchParams({ next: placeOf(c) })}`, 303)
}

/** Where to come back to: the page itself, or for a form the page it stands on. */
function placeOf(c: Ctx): string {
  const { pathname, search } = new URL(c.req.url)
  if (c.req.method === 'GET') return pathname + search
  const from = cameFrom(c)
  if (from.startsWith('/manage/')) return from
  return pathname.startsWith('/manage/account/') ? '/manage/account/' : '/manage/projects/'
}

/**
 * Guard: the person proved themself within ten minutes, at log-in or since (D7), and not by a code that can be phished where the
 * account has a security key (T38). Others do so now and go on, their form kept.
 */
export const sensitive: MiddlewareHandler<Env> = async function sensitive(c, next) {
  await restoreForm(c)
  const { person, session, actor } = c.var
  const isTooWeak = person.method === 'totp' && session.security_keys > 0
  if (!isTooWeak && person.authenticated_at > actor.at - minutes(10)) return next()
  return askForStepUp(c, 'sensitive')
}

/**
 * Guard: this session proved itself for exactly this act. Others go and do so, then on with the form they sent. It only looks,
 * so that nothing is lost on the way; the domain function spends. `act` says which act from the request. With `back`, a form isn't
 * kept: people fill in what is missing at that place.
 */
export function stepUp(act: (c: Ctx) => Act, back?: (c: Ctx) => string): MiddlewareHandler<Env> {
  return async function stepUp(c, next) {
    await restoreForm(c)
    if (await hasStepUp(c.var.app.db, c.var.person, act(c))) return next()
    return askForStepUp(c, act(c), back?.(c))
  }
}

/** The act upon the thing that a field of the form names. */
export const on =
  (act: 'security_key:remove', name: string) =>
  (c: Ctx): Act =>
    `${act} ${field(c, name)}`

/** A form that waited for a step-up comes back as its id: its fields take the place of those sent. */
async function restoreForm(c: Ctx): Promise<void> {
  const id = c.req.method === 'POST' ? c.var.form?.get('kept_form') : undefined
  if (id) c.set('form', await takeForm(c.var.app, c.var.person, c.req.path, id))
}

async function askForStepUp(c: Ctx, act: Act, back?: string): Promise<Response> {
  if (c.var.script) refuse('step_up_required')
  const { app, person, form } = c.var
  const way = new URLSearchParams({ act, next: back ?? placeOf(c) })
  if (c.req.method === 'POST' && back === undefined) way.set('kept', await keepForm(app, person, c.req.path, form))
  return c.redirect(`/account/reauthenticate/?${way}`, 303)
}
