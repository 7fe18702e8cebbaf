import type { App } from '../../app.ts'
import { type Person, record } from '../../audit/audit.ts'
import { lockRow, transaction } from '../../db/database.ts'
import type { User } from '../../db/schema.ts'
import { asProblem, refuse, refuseAll } from '../../errors.ts'
import { guessableSentence, passwordProblem } from '../../lib/password.ts'
import { endLinks, notify, primaryEmail } from '../emails/emails.ts'
import { giveBack, giveBackIfBusy, noteIfWrong, takeHit } from '../limits/limits.ts'
import { endOtherSessions } from '../sessions/sessions.ts'
import { passwordChanged } from './mail.ts'
import { deleteLoginAttempts, findAnyUser, updatePassword, updateSealed } from './queries.ts'

/**
 * Whether this is the password of `user`; for nobody it takes as long and is `false` (D1, T1). A right one that was hashed with
 * other parameters is hashed anew. Not inside a transaction. Refuses `busy`.
 */
export async function verifyPassword(app: App, user: User | undefined, password: string): Promise<boolean> {
  const phc = user && app.keys.open('pw', placeOf(user.id), user.password).toString()
  const right = await app.hasher.verify(phc, password)
  if (right && user && phc && app.hasher.needsRehash(phc)) await updateSealed(app.db, user, await sealPassword(app, user.id, password))
  return right
}

/** The hash of a password without `newPasswordProblems`, sealed for the row of this user (D1, D10). Refuses `busy`. */
export const sealPassword = async (app: App, user_id: string, password: string): Promise<string> =>
  app.keys.seal('pw', placeOf(user_id), await app.hasher.hash(password))

const placeOf = (user_id: string) => `users|${user_id}|password` as const

/** A new password, typed twice. */
export interface NewPassword {
  readonly new_password: string
  readonly password_confirm: string
}

/** What is wrong with a new password: guessed at once (D2; `about` are the person's own words), or two that differ. */
export function newPasswordProblems(app: App, { new_password, password_confirm }: NewPassword, about: readonly string[]) {
  const found = passwordProblem(new_password, [...about, new URL(app.config.site_url).hostname])
  if (found === 'password_short' || found === 'password_long') return [asProblem(found)]
  if (found) return [asProblem('password_guessable', guessableSentence(found))]
  return new_password === password_confirm ? [] : [asProblem('password_mismatch')]
}

/**
 * Changes the password of somebody who types the current one (T23). Afterwards every other session, each log-in under way and
 * each link in a mail has ended; hands back the new cookie of this session. Refuses `session_restricted`, what is wrong with the
 * new one, `too_many`, `password_wrong`, `password_same` (T24), `busy`.
 */
export async function changePassword(app: App, person: Person, input: NewPassword & { password: string }): Promise<string> {
  const { user_id, user, at } = person
  if (person.method === 'recovery_code') refuse('session_restricted')
  const { address } = await primaryEmail(app.db, user_id)
  const problems = newPasswordProblems(app, input, [user.username, user.full_name, address])
  if (problems.length > 0) refuseAll(problems)
  await proveCurrent(app, person, input.password)
  if (input.new_password.normalize('NFC') === input.password.normalize('NFC')) refuse('password_same')
  const password = await sealPassword(app, user_id, input.new_password)

  return transaction(app.db, async (db) => {
    await lockRow(db, 'users', user_id)
    const cookie = await endOtherSessions(db, person)
    await deleteLoginAttempts(db, user_id)
    await endLinks(db, user_id)
    await updatePassword(db, user_id, { password, password_changed_at: at })
    await record(db, person, 'password:changed', { user_id })
    await notify(db, app, user_id, passwordChanged(app.config, person), at)
    return cookie
  })
}

const proveCurrent = (app: App, person: Person, password: string): Promise<void> =>
  noteIfWrong(provePassword(app, person, password), () =>
    transaction(app.db, (db) => record(db, person, 'step_up:failed', { user_id: person.user_id, act: 'password:change' })),
  )

/**
 * The password of somebody who is logged in. Its tries are counted apart from those at log-in, so that strangers there can't use
 * them up; a right one costs nothing. Refuses `too_many`, `password_wrong`, `busy`.
 */
export async function provePassword(app: App, person: Person, password: string): Promise<void> {
  const { user_id } = person
  const hit = await takeHit(app, person, 'password', user_id, (db, until) =>
    record(db, person, 'proof:blocked', { user_id, method: 'password', until }),
  )
  const right = await giveBackIfBusy(app, hit, verifyPassword(app, person.user, password))
  if (!right) refuse('password_wrong')
  await giveBack(app, hit)
}

/** Whether the master key opens what is sealed in the database. With another one nobody could log in, so nothing starts. */
export async function isRightMasterKey({ db, keys }: Pick<App, 'db' | 'keys'>): Promise<boolean> {
  const user = await findAnyUser(db)
  try {
    if (user) keys.open('pw', placeOf(user.id), user.password)
    return true
  } catch {
    return false
  }
}
