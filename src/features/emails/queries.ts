import type { Database, Tx } from '../../db/database.ts'
import type { Email, Schema, User } from '../../db/schema.ts'
import type { Instant } from '../../lib/time.ts'

/** Every account has one. */
export const findPrimaryEmail = (db: Database, user_id: string): Promise<Email> =>
  db.selectFrom('emails').selectAll().where('user_id', '=', user_id).where('primary_since', 'is not', null).executeTakeFirstOrThrow()

export const listVerified = (db: Database, user_id: string): Promise<Pick<Email, 'address'>[]> =>
  db
    .selectFrom('emails')
    .select('address')
    .where('user_id', '=', user_id)
    .where('verified_at', 'is not', null)
    .orderBy('created_at')
    .execute()

export const findVerified = (db: Database, canonical_address: string): Promise<Pick<Email, 'user_id'> | undefined> =>
  db
    .selectFrom('emails')
    .select('user_id')
    .where('canonical_address', '=', canonical_address)
    .where('verified_at', 'is not', null)
    .executeTakeFirst()

/** Adds the address; a verified one only if nobody else has it verified. Says whether it did. */
export async function insertEmail(tx: Tx, email: Email): Promise<boolean> {
  const done = await tx
    .insertInto('emails')
    .values(email)
    .onConflict((on) => on.column('canonical_address').where('verified_at', 'is not', null).doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

/** Takes an address away, and its links with it. */
export async function deleteEmail(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('emails').where('id', '=', id).execute()
}

type Link = Schema['email_links']

export async function insertLink(tx: Tx, link: Link): Promise<void> {
  await tx.insertInto('email_links').values(link).execute()
}

/** What a link that still works would verify, and for whom. */
export const findLink = (db: Database, id: string, now: Instant): Promise<(Pick<Email, 'address'> & Pick<User, 'username'>) | undefined> =>
  db
    .selectFrom('email_links')
    .innerJoin('emails', 'emails.id', 'email_links.email_id')
    .innerJoin('users', 'users.id', 'emails.user_id')
    .select(['address', 'username'])
    .whereRef('email_links.security_epoch', '=', 'users.security_epoch')
    .where('frozen_at', 'is', null)
    .where('email_links.id', '=', id)
    .where('expires_at', '>', now)
    .executeTakeFirst()

/** Deletes the link and hands it over if it is fresh: one caller gets it, once. */
export const takeLink = (db: Database, id: string, now: Instant): Promise<Link | undefined> =>
  db.deleteFrom('email_links').where('id', '=', id).where('expires_at', '>', now).returningAll().executeTakeFirst()

/** Takes the unverified address of a link, if its account still stands as it did when the link was sent. */
export const takeUnverified = (tx: Tx, { email_id, security_epoch }: Link): Promise<Email | undefined> =>
  tx
    .deleteFrom('emails')
    .where('id', '=', email_id)
    .where('verified_at', 'is', null)
    .where('user_id', 'in', (sub) =>
      sub.selectFrom('users').select('users.id').where('security_epoch', '=', security_epoch).where('frozen_at', 'is', null),
    )
    .returningAll()
    .executeTakeFirst()

export async function deleteLinks(tx: Tx, user_id: string): Promise<void> {
  await tx
    .deleteFrom('email_links')
    .where('email_id', 'in', (sub) => sub.selectFrom('emails').select('emails.id').where('user_id', '=', user_id))
    .execute()
}
