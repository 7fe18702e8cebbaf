import { createHash, randomBytes } from 'node:crypto'
import type { App } from '../../app.ts'
import { type Actor, type Person, record } from '../../audit/audit.ts'
import { type Database, lockRow, type Tx, transaction } from '../../db/database.ts'
import type { Email, User } from '../../db/schema.ts'
import { refuse } from '../../errors.ts'
import { canonicalEmail, type EmailAddress, mailboxOf, parseEmailAddress } from '../../lib/email-address.ts'
import { hours, type Instant } from '../../lib/time.ts'
import { uuidv7 } from '../../lib/uuid.ts'
import { queueMail } from '../../mail/mail.ts'
import type { Notice } from '../../mail/notice.ts'
import { takeHit } from '../limits/limits.ts'
import { addressKnown, verifyAddress } from './mail.ts'
import {
  deleteEmail,
  deleteLinks,
  findLink,
  findPrimaryEmail,
  findVerified,
  insertEmail,
  insertLink,
  listVerified,
  takeLink,
  takeUnverified,
} from './queries.ts'

/** Tells a person, at each verified address of theirs (D14), with the change that it tells of. */
export async function notify(tx: Tx, app: App, user_id: string, notice: Notice, at: Instant): Promise<void> {
  for (const { address } of await listVerified(tx, user_id)) await queueMail(tx, app.keys, { ...notice, to: address }, at)
}

/** The primary address of an account; each has one. */
export const primaryEmail = (db: Database, user_id: string): Promise<Email> => findPrimaryEmail(db, user_id)

/** Gives an account its primary address, not verified yet. */
export async function addPrimary(tx: Tx, user_id: string, address: EmailAddress, at: Instant): Promise<Email> {
  const canonical_address = canonicalEmail(address)
  const email = { id: uuidv7(at), user_id, address, canonical_address, primary_since: at, verified_at: null, created_at: at }
  await insertEmail(tx, email)
  return email
}

/** How long a link to verify an address lives. */
const linkTime = hours(24)

/**
 * Mails the link that verifies an address; whoever owns it already is told so, without a link (T3). `next`: where the person
 * wants to go on afterwards, a place of ours.
 */
export async function sendVerification(tx: Tx, app: App, user: User, email: Email, at: Instant, next = ''): Promise<void> {
  const token = randomBytes(32).toString('base64url')
  const { id: email_id, address, canonical_address } = email
  await insertLink(tx, { id: linkId(token), email_id, security_epoch: user.security_epoch, expires_at: at + linkTime })
  const known = await findVerified(tx, canonical_address)
  const notice = known ? addressKnown(app.config, user.username) : verifyAddress(app.config, user.username, linkPath(token, next))
  await queueMail(tx, app.keys, { ...notice, to: address }, at)
}

/** Links are stored under the hash of their token, so that a stolen table verifies nothing. */
const linkId = (token: string): string => createHash('sha256').update(token).digest('hex')

export const linkPath = (token: string, next: string): string =>
  `/account/verify-email/?${new URLSearchParams({ token, ...(next && { next }) })}`

/** What the link would verify and for whom, without spending it. Refuses `link_expired`. */
export const linkedEmail = async (app: App, { at }: Actor, token: string): Promise<{ address: string; username: string }> =>
  (await findLink(app.db, linkId(token), at)) ?? refuse('link_expired')

/**
 * Verifies the address that a link was sent to; logged in or not, whoever reads its mail may. Hands back the address. Refuses
 * `link_expired` (used, too old, or the address or account has changed since: T63, T75) and `email_taken`.
 */
export async function verifyEmail(app: App, actor: Actor, token: string): Promise<string> {
  const link = (await takeLink(app.db, linkId(token), actor.at)) ?? refuse('link_expired')
  return transaction(app.db, async (db) => {
    const email = (await takeUnverified(db, link)) ?? refuse('link_expired')
    // Back at once as verified: the index of verified addresses decides who of two is first.
    if (!(await insertEmail(db, { ...email, verified_at: actor.at }))) refuse('email_taken')
    await record(db, actor, 'email:verified', { user_id: email.user_id, address: email.address })
    return email.address
  })
}

/** Ends every link that was mailed to the account. */
export const endLinks = (tx: Tx, user_id: string): Promise<void> => deleteLinks(tx, user_id)

/**
 * Mails the link again, to the address as typed: another one takes the place of the unverified primary address, whose links end.
 * Refuses `session_restricted`, `email_refused`, `too_many`, `email_verified_already`, `email_not_replaceable`.
 */
export async function requestVerification(app: App, person: Person, typed: string, next: string): Promise<string> {
  if (person.method === 'recovery_code') refuse('session_restricted')
  const address = parseEmailAddress(typed) ?? refuse('email_refused')
  await takeHit(app, person, 'login_mail', person.user_id)
  await takeHit(app, person, 'registration', mailboxOf(address))
  await transaction(app.db, async (db) => {
    await lockRow(db, 'users', person.user_id)
    const old = await findPrimaryEmail(db, person.user_id)
    if (old.verified_at !== null) refuse(old.address === address ? 'email_verified_already' : 'email_not_replaceable')
    const email = old.address === address ? old : await replace(db, person, old, address)
    await sendVerification(db, app, person.user, email, person.at, next)
  })
  return address
}

async function replace(tx: Tx, person: Person, old: Email, address: EmailAddress): Promise<Email> {
  await deleteEmail(tx, old.id)
  await record(tx, person, 'email:replaced', { user_id: person.user_id, old_address: old.address, address })
  return addPrimary(tx, person.user_id, address, person.at)
}
