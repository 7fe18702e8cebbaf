import { createHash, randomBytes } from 'node:crypto'
import type { App } from '../../app.ts'
import type { Actor, Person } from '../../audit/audit.ts'
import { type Database, shareRow, type Tx, transaction } from '../../db/database.ts'
import type { LoginMethod, User } from '../../db/schema.ts'
import { refuse } from '../../errors.ts'
import { hours, type Instant, minutes } from '../../lib/time.ts'
import {
  deleteEndedSessions,
  deleteOldestKeptForms,
  deleteOldestSessions,
  deleteOtherSessions,
  deleteSession,
  endLoginAttempts,
  type FoundSession,
  findKeptForm,
  findSession,
  findStepUp,
  hasSession,
  insertKeptForm,
  insertSession,
  insertStepUp,
  takeKeptForm,
  takeStepUp,
  updateSessionId,
  updateSessionSeen,
} from './queries.ts'

/**
 * Critical acts, each with its target: a step-up pays for exactly one of them, once, within five minutes (D7). `sensitive`
 * stands for all those for which a proof of the last ten minutes will do.
 */
export type Act =
  | 'sensitive'
  | 'totp:add'
  | 'totp:remove'
  | 'security_key:add'
  | `security_key:remove ${string}`
  | 'recovery_codes:regenerate'

const phrases: Record<string, string> = {
  sensitive: 'go on',
  'totp:add': 'set up an authenticator app',
  'totp:remove': 'remove your authenticator app',
  'security_key:add': 'add a security key',
  'security_key:remove': 'remove a security key',
  'recovery_codes:regenerate': 'make new recovery codes',
}

/** What the act is called on the page that asks for the step-up, or nothing if there is no such act. */
export function phraseOf(act: string): string | undefined {
  const [name = ''] = act.split(' ')
  return Object.hasOwn(phrases, name) ? phrases[name] : undefined
}

/** Acts upon one of several things, whose id goes with them. */
const targeted: readonly string[] = ['security_key:remove']

/** Strangers write acts into addresses: only one that has a target may have one, an id. */
export function isAct(act: string): act is Act {
  const [name = '', ...ids] = act.split(' ')
  if (!Object.hasOwn(phrases, name)) return false
  return targeted.includes(name) ? ids.length === 1 && /^[A-Za-z0-9_-]{1,1364}$/.test(ids.join()) : ids.length === 0
}

/** How long a session lasts without use, and at all (D7; NIST N2 asks for 1 h and 24 h, and shorter for administrators). */
const idle = { person: minutes(60), admin: minutes(15) }
const absolute = { person: hours(24), admin: hours(12) }

/** How many browsers somebody may be logged in with; the one unused longest goes first (D7). */
const mostSessions = 10

/** Sessions are stored under the hash of their cookie, so that a stolen table opens none. */
export const sessionId = (cookie: string): string => createHash('sha256').update(cookie).digest('hex')

/** 32 random bytes, base64url. */
export const newCookie = (): string => randomBytes(32).toString('base64url')

/** Whose living session this cookie opens. Its use is noted once a minute. */
export async function authenticate(db: Database, cookie: string, at: Instant): Promise<FoundSession | undefined> {
  const id = sessionId(cookie)
  const found = await findSession(db, id, at - idle.person, at - absolute.person)
  if (!found || (found.user.admin_since !== null && isOverForAdmin(found, at))) return undefined
  if (found.session.last_seen_at < at - minutes(1)) await updateSessionSeen(db, id, at)
  return found
}

const isOverForAdmin = ({ session }: FoundSession, at: Instant): boolean =>
  session.last_seen_at <= at - idle.admin || session.created_at <= at - absolute.admin

/** Opens a session and hands back its cookie. `method`: what the person proved last. */
export async function openSession(tx: Tx, actor: Actor, user: User, method: LoginMethod): Promise<string> {
  const { at, ip, user_agent } = actor
  const cookie = newCookie()
  const { id: user_id, security_epoch } = user
  const times = { authenticated_at: at, last_seen_at: at, created_at: at }
  await insertSession(tx, { id: sessionId(cookie), user_id, security_epoch, method, ip, user_agent, ...times })
  await deleteOldestSessions(tx, user_id, mostSessions)
  return cookie
}

/**
 * Gives the session a new id (D7, T180); the old cookie opens nothing from then on. Only a proof by the strongest factor that the
 * account has makes it fresh (`authenticated_at`) for sensitive acts.
 */
export async function renewSession(
  tx: Tx,
  person: Person,
  proof: { authenticated_at?: Instant; method?: LoginMethod } = {},
): Promise<string> {
  const cookie = newCookie()
  const row = { id: sessionId(cookie), last_seen_at: person.at, ...proof }
  if (!(await updateSessionId(tx, person.session_id, row))) refuse('not_logged_in')
  return cookie
}

/** Keeps the session under its id until `tx` ends, so that things can be tied to it. Refuses `not_logged_in` if another request was faster. */
export async function holdSession(tx: Tx, { session_id }: Person): Promise<void> {
  await shareRow(tx, 'sessions', session_id)
  if (!(await hasSession(tx, session_id))) refuse('not_logged_in')
}

/** Ends the session: its cookie opens nothing any more. */
export const endSession = (tx: Tx, session_id: string): Promise<void> => deleteSession(tx, session_id)

/** After a password or factor change: every other session and each log-in under way ends, this session gets a new id. Hands back its cookie. */
export async function endOtherSessions(tx: Tx, person: Person, method?: LoginMethod): Promise<string> {
  await endLoginAttempts(tx, person.user_id)
  await deleteOtherSessions(tx, person.user_id, person.session_id)
  return renewSession(tx, person, method && { method, authenticated_at: person.at })
}

/** Takes away what has ended by time: sessions, step-ups, kept forms. */
export const sweepSessions = (db: Database, now: Instant): Promise<void> => deleteEndedSessions(db, now - idle.person, now)

/** Notes that this session has just proved itself for `act`. */
export const grantStepUp = (tx: Tx, session_id: string, act: Act, at: Instant): Promise<void> =>
  insertStepUp(tx, { session_id, act, expires_at: at + minutes(5) })

/** Whether `person` may go on with `act`. The act itself spends the step-up. */
export async function hasStepUp(db: Database, person: Person, act: Act): Promise<boolean> {
  return isRepairing(person, act) || (await findStepUp(db, person.session_id, act, person.at)) !== undefined
}

/** Spends the step-up in the transaction of its act: both happen, or neither. Refuses `step_up_required`. */
export async function spendStepUp(tx: Tx, person: Person, act: Act): Promise<void> {
  if (!isRepairing(person, act) && !(await takeStepUp(tx, person.session_id, act, person.at))) refuse('step_up_required')
}

/** For 15 minutes the recovery code just used stands for the step-up to add and remove factors: else a lost phone is a dead end (D5). */
const isRepairing = ({ method, authenticated_at, at }: Person, act: Act): boolean =>
  method === 'recovery_code' && authenticated_at > at - minutes(15) && /^(totp|security_key):/.test(act)

/** How many forms a session may have waiting: the oldest gives way, so that nobody fills the disk with them. */
const mostKeptForms = 10

/** Keeps a form, sealed, while its sender proves who they are: for ten minutes, for this session. Hands back its id. */
export async function keepForm(app: App, person: Person, path: string, form: URLSearchParams): Promise<string> {
  const id = newCookie()
  const fields = app.keys.seal('link', `kept_forms|${id}|fields`, Buffer.from(form.toString()))
  await transaction(app.db, async (db) => {
    await holdSession(db, person)
    await insertKeptForm(db, { id, session_id: person.session_id, path, fields, expires_at: person.at + minutes(10) })
    await deleteOldestKeptForms(db, person.session_id, mostKeptForms)
  })
  return id
}

/** Where a kept form wants to go, without taking it. */
export const keptFormPath = async (db: Database, person: Person, id: string): Promise<string | undefined> =>
  (await findKeptForm(db, person.session_id, id, person.at))?.path

/** Hands a kept form back, once, to the path it was sent to. Refuses `kept_form_gone`. */
export async function takeForm(app: App, person: Person, path: string, id: string): Promise<URLSearchParams> {
  const kept = await takeKeptForm(app.db, person.session_id, id, person.at)
  if (kept?.path !== path) refuse('kept_form_gone')
  return new URLSearchParams(app.keys.open('link', `kept_forms|${id}|fields`, kept.fields).toString())
}
