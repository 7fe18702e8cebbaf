import { randomBytes } from 'node:crypto'
import type { App } from '../../app.ts'
import { type Actor, record } from '../../audit/audit.ts'
import { type Database, transaction } from '../../db/database.ts'
import type { User } from '../../db/schema.ts'
import { asProblem, refuse, refuseAll } from '../../errors.ts'
import { type EmailAddress, mailboxOf, parseEmailAddress } from '../../lib/email-address.ts'
import { parseLine } from '../../lib/label.ts'
import { type CanonicalUsername, canonicalUsername, parseUsername, type Username } from '../../lib/username.ts'
import { uuidv7 } from '../../lib/uuid.ts'
import { addPrimary, sendVerification } from '../emails/emails.ts'
import { giveBackIfBusy, takeHit } from '../limits/limits.ts'
import { type NewPassword, newPasswordProblems, sealPassword } from '../passwords/passwords.ts'
import { findUserByName, insertUser } from './queries.ts'

/** The account of that name, if there is one. */
export const userByName = (db: Database, name: CanonicalUsername): Promise<User | undefined> => findUserByName(db, name)

/** The fields as they came; others that came with them are nobody's concern (T192). */
export interface Registration extends NewPassword {
  readonly username: string
  readonly email: string
  readonly full_name: string
  /** Where the person wants to go on, once all is set up: a place of ours, or empty. */
  readonly next: string
}

/**
 * Opens an account, whose address is to be verified by the link in the mail. The same happens, and takes as long, whoever else
 * has the address (T3); logs nobody in. Refuses `registration_closed`, all that is wrong with the fields at once, `too_many` (a
 * recipient gets ten mails a day, T72), `busy`, `username_taken`.
 */
export async function register(app: App, actor: Actor, input: Registration): Promise<void> {
  refuseClosed(app)
  const { username, full_name, address } = readRegistration(app, input)
  const hit = await takeHit(app, actor, 'registration', mailboxOf(address))
  const user = await giveBackIfBusy(app, hit, newUser(app, actor, { username, full_name, password: input.new_password }))
  await transaction(app.db, async (db) => {
    if (!(await insertUser(db, user))) refuse('username_taken')
    const email = await addPrimary(db, user.id, address, actor.at)
    await record(db, actor, 'account:created', { user_id: user.id, username })
    await record(db, actor, 'email:added', { user_id: user.id, address })
    await sendVerification(db, app, user, email, actor.at, input.next)
  })
}

/** REGISTRATION: nobody needs to fill in a form that will be refused. Refuses `registration_closed`. */
export function refuseClosed({ config }: App): void {
  if (config.registration === 'closed') refuse('registration_closed')
}

function readRegistration(app: App, input: Registration): { username: Username; full_name: string; address: EmailAddress } {
  const username = parseUsername(input.username)
  const full_name = parseFullName(input.full_name)
  const address = parseEmailAddress(input.email)
  const problems = [
    username ? [] : asProblem('username_refused'),
    address ? [] : asProblem('email_refused'),
    full_name === undefined ? asProblem('full_name_refused') : [],
    newPasswordProblems(app, input, [input.username, input.full_name, input.email]),
  ].flat()
  return username && full_name !== undefined && address && problems.length === 0 ? { username, full_name, address } : refuseAll(problems)
}

/** At most 100 characters on one line, no address of a site (ACC-03); may be empty. */
function parseFullName(text: string): string | undefined {
  const name = parseLine(text, 100)
  return name?.includes('://') ? undefined : name
}

async function newUser(
  app: App,
  { at }: Actor,
  { username, full_name, password }: { username: Username; full_name: string; password: string },
): Promise<User> {
  const id = uuidv7(at)
  return {
    id,
    username,
    canonical_username: canonicalUsername(username),
    full_name,
    password: await sealPassword(app, id, password),
    password_changed_at: at,
    security_epoch: 1,
    webauthn_user_id: randomBytes(64).toString('base64url'),
    admin_since: null,
    frozen_at: null,
    created_at: at,
  }
}
