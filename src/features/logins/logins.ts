import { z } from 'zod'
import type { App } from '../../app.ts'
import { type Actor, type Person, record } from '../../audit/audit.ts'
import { type Database, lockRow, type Tx, transaction } from '../../db/database.ts'
import type { LoginMethod, User } from '../../db/schema.ts'
import { refuse } from '../../errors.ts'
import { hours, type Instant, minutes } from '../../lib/time.ts'
import { type CanonicalUsername, canonicalUsername, parseUsername } from '../../lib/username.ts'
import { uuidv7 } from '../../lib/uuid.ts'
import { defineJob, enqueue } from '../../queue/queue.ts'
import { userByName } from '../accounts/accounts.ts'
import { notify } from '../emails/emails.ts'
import { giveBack, giveBackIfBusy, isAlarming, isFirstIn, takeHit, takeQuickHit } from '../limits/limits.ts'
import { verifyPassword } from '../passwords/passwords.ts'
import { factorsOf } from '../second-factors/second-factors.ts'
import { authenticate, endSession, newCookie, openSession, sessionId } from '../sessions/sessions.ts'
import { unfinishedLogin } from './mail.ts'
import {
  deleteChain,
  findChain,
  findLoginAttempt,
  insertLoginAttempt,
  isUnchanged,
  takeLoginAttempt,
  takeUnfinishedAttempt,
} from './queries.ts'

/** How long somebody may take between password and second step (D6). */
const attemptTime = minutes(10)

/** What the password step led to: a session, where the account has no second factor, or an attempt that waits for one. */
export type FirstStep = { readonly cookie: string; readonly needs: 'nothing' | 'second step' }

/**
 * The password step. Unknown, frozen and wrong are one answer, at one cost (T1, T2): refuses `login_failed`, `too_many`, `busy`.
 * A right password gives its hits back, and so does one that wasn't looked at; ten times as many tries are the end of it also for
 * right ones, since each costs a tenth of a second of processor time.
 */
export async function startLogin(
  app: App,
  actor: Actor,
  input: { username: string; password: string; previous: string | undefined },
): Promise<FirstStep> {
  const username = parseUsername(input.username)
  const name = username && canonicalUsername(username)
  await slowDown(app, actor)
  takeQuickHit(app, actor, 'password', `${name ?? 'no user name'} right or wrong`, 10)
  const hit = await takeHit(app, actor, 'password', name ?? 'no user name', (db, until) => noteBlocked(db, actor, name, until))
  const user = name && (await userByName(app.db, name))
  const right = await giveBackIfBusy(app, hit, verifyPassword(app, user || undefined, input.password))
  if (!user || !right || user.frozen_at !== null) {
    await noteFailure(app, actor, user || undefined, 'password')
    return refuse('login_failed')
  }
  await giveBack(app, hit)
  const factors = await factorsOf(app.db, user.id)
  return factors.totp || factors.security_keys > 0
    ? startSecondStep(app, actor, user, input.previous)
    : finishLogin(app, actor, user, 'password')
}

/** Also for names that nobody has, at the same cost (T1). */
async function noteBlocked(tx: Tx, actor: Actor, name: CanonicalUsername | undefined, until: Instant): Promise<void> {
  const user = name && (await userByName(tx, name))
  await record(tx, actor, 'proof:blocked', { ...(user && { user_id: user.id }), method: 'password', until })
}

/** Past the limit of the whole index an alarm is logged, and each try waits a second (D13). */
async function slowDown(app: App, actor: Actor): Promise<void> {
  if (!(await isAlarming(app, actor, 'password_all'))) return
  app.log({ level: 'warning', message: 'More log-ins than the limit password_all: somebody may be trying stolen passwords' })
  await new Promise((done) => setTimeout(done, 1000))
}

/** An attempt upon this account that this browser began earlier is in one chain with the new one: starting over is no reason for a warning, unless none of them is finished (T21). */
async function startSecondStep(app: App, { at }: Actor, user: User, previous: string | undefined): Promise<FirstStep> {
  const cookie = newCookie()
  const id = sessionId(cookie)
  const expires_at = at + attemptTime
  await transaction(app.db, async (db) => {
    await refuseChanged(db, user)
    const { chain } = (previous && (await findChain(db, sessionId(previous), user.id))) || { chain: uuidv7(at) }
    await insertLoginAttempt(db, { id, user_id: user.id, security_epoch: user.security_epoch, chain, expires_at })
    await enqueue(db, warnUnfinished, { attempt_id: id }, expires_at)
  })
  return { cookie, needs: 'second step' }
}

async function finishLogin(app: App, actor: Actor, user: User, method: LoginMethod): Promise<FirstStep> {
  const cookie = await transaction(app.db, async (db) => {
    await refuseChanged(db, user)
    await record(db, actor, 'account:login_succeeded', { user_id: user.id, method })
    return openSession(db, actor, user, method)
  })
  return { cookie, needs: 'nothing' }
}

/** A password that was changed while it was compared opens nothing: the change waits for this row, or this for it. */
async function refuseChanged(tx: Tx, user: User): Promise<void> {
  await lockRow(tx, 'users', user.id)
  if (!(await isUnchanged(tx, user))) refuse('login_failed')
}

/** Whose attempt the cookie of the second step opens. */
export const findAttempt = (app: App, cookie: string, { at }: Actor): Promise<User | undefined> =>
  findLoginAttempt(app.db, sessionId(cookie), at)

/**
 * The second step was right: the attempt becomes a session, once. Hands back its cookie. Refuses `login_expired`, also where the owner
 * has meanwhile changed what the attempt was proved with (T180): whoever changes it waits for this row, or this for them.
 */
export const completeLogin = (db: Database, actor: Actor, user: User, attempt: string, method: LoginMethod): Promise<string> =>
  transaction(db, async (db) => {
    await lockRow(db, 'users', user.id)
    await deleteChain(db, (await takeLoginAttempt(db, sessionId(attempt), user, actor.at)) ?? refuse('login_expired'))
    await record(db, actor, 'account:login_succeeded', { user_id: user.id, method })
    return openSession(db, actor, user, method)
  })

/**
 * Notes a proof that was wrong, in a transaction of its own, so that the refusal can't undo it. Names that nobody has are noted too:
 * what is written takes time, and that would tell who has an account (T1).
 */
export const noteFailure = (app: App, actor: Actor, user: User | undefined, reason: LoginMethod): Promise<void> =>
  transaction(app.db, (db) => record(db, actor, 'account:login_failed', { ...(user && { user_id: user.id }), reason }))

/** Ten minutes after a right password without its second step the owner is told that somebody knows the password (T21), once an hour. */
export const warnUnfinished = defineJob('login:warn_unfinished', z.object({ attempt_id: z.string() }), async (app, { attempt_id }, at) => {
  await transaction(app.db, async (db) => {
    const attempt = await takeUnfinishedAttempt(db, attempt_id)
    if (attempt && (await isFirstIn(db, hours(1), `unfinished ${attempt.user_id}`, at)))
      await notify(db, app, attempt.user_id, unfinishedLogin(app.config, attempt.expires_at - attemptTime), at)
  })
})

/** Whoever logs in again in the same browser gets a new session; the one before ends, as nobody could log it out any more (D7, T180). */
export async function endReplaced(app: App, actor: Actor, cookie: string): Promise<void> {
  const found = await authenticate(app.db, cookie, actor.at)
  if (!found) return
  await transaction(app.db, async (db) => {
    await endSession(db, sessionId(cookie))
    await record(db, actor, 'account:logged_out', { user_id: found.user.id })
  })
}

/** Ends this session. */
export const logOut = (app: App, person: Person): Promise<void> =>
  transaction(app.db, async (db) => {
    await endSession(db, person.session_id)
    await record(db, person, 'account:logged_out', { user_id: person.user_id })
  })
