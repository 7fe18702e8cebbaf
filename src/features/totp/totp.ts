import type { App } from '../../app.ts'
import { type Actor, type Person, record } from '../../audit/audit.ts'
import { type Database, lockRow, transaction } from '../../db/database.ts'
import { refuse } from '../../errors.ts'
import { minutes } from '../../lib/time.ts'
import { matchStep, newTotpSecret } from '../../lib/totp.ts'
import { notify } from '../emails/emails.ts'
import { giveBack, takeHit } from '../limits/limits.ts'
import { methodWith, refuseLastFactor } from '../second-factors/second-factors.ts'
import { endOtherSessions, holdSession, spendStepUp } from '../sessions/sessions.ts'
import { totpAdded, totpDisabled, totpRemoved } from './mail.ts'
import {
  addFailure,
  deletePending,
  deleteTotp,
  findPending,
  findTotp,
  insertPending,
  insertTotp,
  type Totp,
  takeStep,
  updateDisabled,
} from './queries.ts'

/** How long somebody may take from the picture to the first code (D3). */
const setUpTime = minutes(10)

/** After so many wrong codes in a row an app is switched off (NIST N4, T33). */
const mostFailures = 100

/** The authenticator app of an account, if it has one. */
export const totpOf = (db: Database, user_id: string): Promise<Totp | undefined> => findTotp(db, user_id)

/** The secret that waits for its first code in this session. Refuses `totp_exists`. */
export async function pendingSecret({ db, keys }: Pick<App, 'db' | 'keys'>, person: Person): Promise<Buffer | undefined> {
  refuseSecond(person, await findTotp(db, person.user_id))
  const pending = await findPending(db, person.session_id, person.at)
  return pending && keys.open('totp', pendingPlace(person.user_id), pending.secret)
}

/** One app an account. One that was switched off, or that a person lost who came in by recovery code, is replaced by the new one (D5). */
function refuseSecond({ method }: Person, totp: Totp | undefined): void {
  if (totp && totp.disabled_at === null && method !== 'recovery_code') refuse('totp_exists')
}

/**
 * The secret for a new app: the one that waits, or a fresh one, which spends the step-up and waits ten minutes, in this session only.
 * Refuses `totp_exists`, `step_up_required`.
 */
export const beginTotp = (app: App, person: Person): Promise<Buffer> =>
  transaction(app.db, async (db) => {
    await lockRow(db, 'users', person.user_id)
    const pending = await pendingSecret({ db, keys: app.keys }, person)
    if (pending) return pending
    await spendStepUp(db, person, 'totp:add')
    await holdSession(db, person)
    const secret = newTotpSecret()
    const sealed = app.keys.seal('totp', pendingPlace(person.user_id), secret)
    await insertPending(db, { session_id: person.session_id, secret: sealed, expires_at: person.at + setUpTime })
    return secret
  })

/** Whose secret it is; the session it waits in gets new ids meanwhile. */
const pendingPlace = (user_id: string) => `pending_totps|${user_id}|secret` as const
const placeOf = (user_id: string) => `totps|${user_id}|secret` as const

/**
 * Keeps the app whose first code this is. That code is used up (T35), every other session ends. Hands back the new cookie of this one.
 * Refuses `totp_expired`, `too_many`, `totp_wrong`, `totp_exists`.
 */
export async function confirmTotp(app: App, person: Person, input: string): Promise<string> {
  const { user_id, at } = person
  const secret = (await pendingSecret(app, person)) ?? refuse('totp_expired')
  const hit = await takeHit(app, person, 'totp', user_id)
  const step = matchStep(secret, input, at) ?? refuse('totp_wrong')
  await giveBack(app, hit)

  return transaction(app.db, async (db) => {
    await lockRow(db, 'users', user_id)
    refuseSecond(person, await findTotp(db, user_id))
    if (await deleteTotp(db, user_id)) await record(db, person, 'totp:removed', { user_id })
    await deletePending(db, person.session_id)
    const sealed = app.keys.seal('totp', placeOf(user_id), secret)
    const times = { last_step: step, failures: 0, disabled_at: null, last_used_at: null, created_at: at }
    if (!(await insertTotp(db, { user_id, secret: sealed, ...times }))) refuse('totp_exists')
    await record(db, person, 'totp:added', { user_id })
    await notify(db, app, user_id, totpAdded(app.config, person), at)
    return endOtherSessions(db, person, methodWith(person, 'totp'))
  })
}

/** Takes the app away, but never the last factor. Hands back the session's new cookie. Refuses `totp_missing`, `last_factor`, `step_up_required`. */
export const removeTotp = (app: App, person: Person): Promise<string> =>
  transaction(app.db, async (db) => {
    const { user_id, at } = person
    await lockRow(db, 'users', user_id)
    await spendStepUp(db, person, 'totp:remove')
    if (!(await deleteTotp(db, user_id))) refuse('totp_missing')
    await refuseLastFactor(db, user_id)
    await record(db, person, 'totp:removed', { user_id })
    await notify(db, app, user_id, totpRemoved(app.config, person), at)
    return endOtherSessions(db, person)
  })

/**
 * The second step by an app's code, at log-in and step-up: right once (D3, T27). A try counts before it is looked at, over all
 * log-ins of the account (T32); a right one costs nothing. Refuses `too_many`, `totp_missing`, `totp_disabled`, `totp_wrong`.
 */
export async function proveTotp(app: App, actor: Actor, user_id: string, input: string): Promise<void> {
  const hit = await takeHit(app, actor, 'totp', user_id, (db, until) =>
    record(db, actor, 'proof:blocked', { user_id, method: 'totp', until }),
  )
  const totp = (await findTotp(app.db, user_id)) ?? refuse('totp_missing')
  if (totp.disabled_at !== null) refuse('totp_disabled')
  const step = matchStep(app.keys.open('totp', placeOf(user_id), totp.secret), input, actor.at)
  if (step === undefined) {
    await noteWrong(app, actor, user_id)
    refuse('totp_wrong')
  }
  if (!(await takeStep(app.db, user_id, step, actor.at))) refuse('totp_wrong')
  await giveBack(app, hit)
}

/** In a transaction of its own, so that the refusal can't undo it. */
const noteWrong = (app: App, actor: Actor, user_id: string): Promise<void> =>
  transaction(app.db, async (db) => {
    if ((await addFailure(db, user_id)) < mostFailures || !(await updateDisabled(db, user_id, actor.at))) return
    await record(db, actor, 'totp:disabled', { user_id })
    await notify(db, app, user_id, totpDisabled(app.config, actor), actor.at)
  })
