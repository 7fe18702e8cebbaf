import type { ExpressionBuilder } from 'kysely'
import type { Database, Tx } from '../../db/database.ts'
import type { Schema, User } from '../../db/schema.ts'
import type { Instant } from '../../lib/time.ts'
import type { CanonicalUsername } from '../../lib/username.ts'

export const findUserByName = (db: Database, canonical_username: CanonicalUsername): Promise<User | undefined> =>
  db.selectFrom('users').selectAll().where('canonical_username', '=', canonical_username).executeTakeFirst()

/** Adds the account unless somebody has that name; says whether it did. */
export async function insertUser(tx: Tx, user: User): Promise<boolean> {
  const done = await tx
    .insertInto('users')
    .values(user)
    .onConflict((on) => on.column('canonical_username').doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

/** An event, with the name of the project that it concerns, if that is there. */
export type Event = Pick<Schema['events'], 'tag' | 'details' | 'ip' | 'at'> & { project: string | null }

/** What happened to the account since `after`, newest first. */
export const listEvents = (db: Database, user_id: string, after: Instant, most: number): Promise<Event[]> =>
  db
    .selectFrom('events')
    .leftJoin('projects', 'projects.id', 'events.project_id')
    .select(['tag', 'details', 'ip', 'at', 'projects.name as project'])
    .where('user_id', '=', user_id)
    .where('at', '>', after)
    .orderBy('at', 'desc')
    .orderBy('events.id', 'desc')
    .limit(most)
    .execute()

/** Accounts older than `before` none of whose addresses was ever verified. */
export const listNeverVerified = (db: Database, before: Instant): Promise<Pick<User, 'id' | 'username'>[]> =>
  db.selectFrom('users').select(['id', 'username']).where('created_at', '<=', before).where(hasNoVerified).limit(1000).execute()

/** Takes the account away if it still has no verified address; says whether it did. */
export async function deleteNeverVerified(tx: Tx, user_id: string): Promise<boolean> {
  const done = await tx.deleteFrom('users').where('id', '=', user_id).where(hasNoVerified).executeTakeFirst()
  return done.numDeletedRows === 1n
}

const hasNoVerified = (where: ExpressionBuilder<Schema, 'users'>) =>
  where.not(
    where.exists(
      where
        .selectFrom('emails')
        .select('emails.id')
        .whereRef('emails.user_id', '=', 'users.id')
        .where('emails.verified_at', 'is not', null),
    ),
  )

/** Takes away what has ended by itself. */
export async function deleteExpired(
  db: Database,
  table: 'email_links' | 'pending_totps' | 'webauthn_challenges',
  now: Instant,
): Promise<void> {
  await db.deleteFrom(table).where('expires_at', '<=', now).execute()
}
