import { randomBytes } from 'node:crypto'
import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import type { App } from '../../app.ts'
import { type Actor, type Person, record } from '../../audit/audit.ts'
import { type Database, lockRow, type Tx, transaction } from '../../db/database.ts'
import type { ChallengePurpose } from '../../db/schema.ts'
import { refuse } from '../../errors.ts'
import { type Label, parseLabel } from '../../lib/label.ts'
import type { Instant } from '../../lib/time.ts'
import {
  authenticationOptions,
  ceremonyTime,
  credentialIdOf,
  registrationOptions,
  verifyAuthentication,
  verifyRegistration,
} from '../../lib/webauthn.ts'
import { notify } from '../emails/emails.ts'
import { giveBack, takeHit } from '../limits/limits.ts'
import { methodWith, refuseLastFactor } from '../second-factors/second-factors.ts'
import { endOtherSessions, spendStepUp } from '../sessions/sessions.ts'
import { securityKeyAdded, securityKeyChanged, securityKeyRegressed, securityKeyRemoved, securityKeyRenamed } from './mail.ts'
import {
  deleteSecurityKey,
  findChallenge,
  findSecurityKey,
  insertChallenge,
  insertSecurityKey,
  listSecurityKeys,
  type SecurityKey,
  takeChallenge,
  updateLabel,
  updateUsed,
} from './queries.ts'

/** The keys of an account, oldest first. */
export const securityKeysOf = (db: Database, user_id: string): Promise<SecurityKey[]> => listSecurityKeys(db, user_id)

/** Who may answer a challenge, and what for: `holder_id` is a session or an attempt to log in, `act` what a step-up pays for. */
export interface Ceremony {
  readonly holder_id: string
  readonly purpose: ChallengePurpose
  readonly act: string | null
}

const registration = ({ session_id }: Person): Ceremony => ({ holder_id: session_id, purpose: 'register', act: null })

const keepChallenge = (db: Database, ceremony: Ceremony, challenge: string, at: Instant): Promise<void> =>
  insertChallenge(db, { ...ceremony, challenge, expires_at: at + ceremonyTime })

/** Spends the challenge, in a statement of its own, so that no refusal gives it back. Refuses `challenge_expired`. */
async function spendChallenge(db: Database, { holder_id, purpose, act }: Ceremony, at: Instant): Promise<string> {
  const kept = await takeChallenge(db, holder_id, purpose)
  return kept && kept.act === act && kept.expires_at > at ? kept.challenge : refuse('challenge_expired')
}

/** What the browser needs to ask for a new key, with a challenge of 32 bytes that this session may answer once (D4). */
export async function beginRegistration(app: App, person: Person): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const options = await registrationOptions(app.config, person.user, await listSecurityKeys(app.db, person.user_id))
  await keepChallenge(app.db, registration(person), options.challenge, person.at)
  return options
}

/**
 * Keeps the key that answered this session's challenge (D4); every other session ends. Takes the fields as they came: the challenge
 * is spent first. Hands back the new cookie of this session. Refuses `challenge_expired`, `label_refused`, `security_key_rejected`,
 * `step_up_required`, `label_taken`, `security_key_exists`.
 */
export async function registerSecurityKey(app: App, person: Person, input: { label: string; credential: string }): Promise<string> {
  const challenge = await spendChallenge(app.db, registration(person), person.at)
  const label = parseLabel(input.label) ?? refuse('label_refused')
  const credential = (await verifyRegistration(app.config, challenge, input.credential)) ?? refuse('security_key_rejected')

  return transaction(app.db, async (db) => {
    const { user_id, at } = person
    const keys = await lockedKeys(db, person)
    await spendStepUp(db, person, 'security_key:add')
    refuseTaken(label, keys)
    const key = { ...credential, user_id, label, created_at: at, last_used_at: null }
    if (!(await insertSecurityKey(db, key))) refuse('security_key_exists')
    await record(db, person, 'security_key:added', { user_id, credential_id: key.credential_id, label })
    await notify(db, app, user_id, securityKeyAdded(app.config, person, label), at)
    return endOtherSessions(db, person, methodWith(person, 'security_key'))
  })
}

/**
 * Takes a key away, but never the last factor; every other session ends. Hands back the new cookie of this one. Refuses
 * `security_key_not_found`, `last_factor`, `step_up_required`.
 */
export const removeSecurityKey = (app: App, person: Person, credential_id: string): Promise<string> =>
  transaction(app.db, async (db) => {
    const { user_id, at } = person
    const keys = await lockedKeys(db, person)
    await spendStepUp(db, person, `security_key:remove ${credential_id}`)
    const { label } = keyOf(keys, credential_id)
    await deleteSecurityKey(db, credential_id)
    await refuseLastFactor(db, user_id)
    await record(db, person, 'security_key:removed', { user_id, credential_id, label })
    await notify(db, app, user_id, securityKeyRemoved(app.config, person, label), at)
    return endOtherSessions(db, person)
  })

/** Gives a key another name; the same name is no change. Refuses `label_refused`, `security_key_not_found`, `label_taken`. */
export async function renameSecurityKey(app: App, person: Person, credential_id: string, text: string): Promise<void> {
  const label = parseLabel(text) ?? refuse('label_refused')
  await transaction(app.db, async (db) => {
    const { user_id, at } = person
    const keys = await lockedKeys(db, person)
    const { label: old_label } = keyOf(keys, credential_id)
    if (label === old_label) return
    refuseTaken(label, keys)
    await updateLabel(db, credential_id, label)
    await record(db, person, 'security_key:renamed', { user_id, credential_id, old_label, label })
    await notify(db, app, user_id, securityKeyRenamed(app.config, person, old_label, label), at)
  })
}

/** The person's keys, which nobody else changes until `tx` ends: whoever does locks the person first, before their sessions and step-ups. */
async function lockedKeys(tx: Tx, person: Person): Promise<SecurityKey[]> {
  await lockRow(tx, 'users', person.user_id)
  return listSecurityKeys(tx, person.user_id)
}

/** Somebody else's key and one that never was get the same answer (T191). */
const keyOf = (keys: SecurityKey[], credential_id: string): SecurityKey =>
  keys.find((key) => key.credential_id === credential_id) ?? refuse('security_key_not_found')

function refuseTaken(label: Label, keys: SecurityKey[]): void {
  if (keys.some((key) => key.label === label)) refuse('label_taken')
}

/** What the browser needs to ask for a key of the account, known from a password or session before. Refuses `security_key_not_found`. */
export async function beginAssertion(app: App, user_id: string, ceremony: Ceremony): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const keys = await listSecurityKeys(app.db, user_id)
  if (keys.length === 0) refuse('security_key_not_found')
  const options = await authenticationOptions(app.config, keys, 'preferred')
  await keepChallenge(app.db, ceremony, options.challenge, app.clock())
  return options
}

/** The act that the session was last asked to prove itself for. */
export const askedAct = async (db: Database, holder_id: string): Promise<string | undefined> =>
  (await findChallenge(db, holder_id, 'step_up'))?.act ?? undefined

/** Notes that act, under a challenge that nobody was given. */
export const noteAskedAct = (db: Database, holder_id: string, act: string, at: Instant): Promise<void> =>
  keepChallenge(db, { holder_id, purpose: 'step_up', act }, randomBytes(32).toString('base64url'), at)

/**
 * The second step by a security key, at log-in and step-up (D4): a challenge is answered once (T41), by its holder, for its purpose
 * and act (T42), with a key that the account has now (T50, T56). A try counts before it is looked at; a right one costs nothing.
 * Hands back the name of the key. Refuses `too_many`, `challenge_expired`, `security_key_rejected`.
 */
export async function proveSecurityKey(
  app: App,
  actor: Actor,
  user_id: string,
  ceremony: Ceremony,
  credential: string,
): Promise<{ label: string }> {
  const hit = await takeHit(app, actor, 'webauthn', user_id, (db, until) =>
    record(db, actor, 'proof:blocked', { user_id, method: 'security_key', until }),
  )
  const challenge = await spendChallenge(app.db, ceremony, actor.at)
  const key = (await findSecurityKey(app.db, user_id, credentialIdOf(credential) ?? '')) ?? refuse('security_key_rejected')
  const policy = { userVerification: 'preferred', userHandle: 'optional' } as const
  const found = (await verifyAuthentication(app.config, challenge, key, credential, policy)) ?? refuse('security_key_rejected')
  if (found === 'eligibility_changed') {
    await noteChanged(app, actor, key)
    refuse('security_key_rejected')
  }
  await noteUsed(app, actor, key, found)
  await giveBack(app, hit)
  return { label: key.label }
}

/** A key doesn't change what it is: refused, and its owner is told (T48). In a transaction of its own, so that the refusal can't undo it. */
const noteChanged = (app: App, actor: Actor, { user_id, credential_id, label }: SecurityKey): Promise<void> =>
  transaction(app.db, async (db) => {
    await record(db, actor, 'security_key:eligibility_changed', { user_id, credential_id, label })
    await notify(db, app, user_id, securityKeyChanged(app.config, actor, label), actor.at)
  })

/** A counter that went back may mean a copy of the key: its owner is told. The key is one factor beside another, so it goes on (D4). */
const noteUsed = (app: App, actor: Actor, key: SecurityKey, found: { sign_count: number; counterRegressed: boolean }): Promise<void> =>
  transaction(app.db, async (db) => {
    const { user_id, credential_id, label } = key
    if (!(await updateUsed(db, credential_id, found.sign_count, actor.at))) refuse('security_key_rejected')
    if (!found.counterRegressed) return
    await record(db, actor, 'security_key:counter_regressed', { user_id, credential_id, label })
    await notify(db, app, user_id, securityKeyRegressed(app.config, actor, label), actor.at)
  })
