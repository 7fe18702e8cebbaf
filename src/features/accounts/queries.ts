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

/** How many of each an account has that count: recovery codes confirmed and unused, tokens that still open something. */
export interface Holdings {
  readonly security_keys: number
  readonly totps: number
  readonly recovery_codes: number
  readonly api_tokens: number
}

export async function countHoldings(db: Database, user_id: string, now: Instant): Promise<Holdings> {
  const row = await db
    .selectNoFrom((sub) => [
      sub
        .selectFrom('security_keys')
        .where('user_id', '=', user_id)
        .select((count) => count.fn.countAll<number>().as('n'))
        .as('security_keys'),
      sub
        .selectFrom('totps')
        .where('user_id', '=', user_id)
        .where('disabled_at', 'is', null)
        .select((count) => count.fn.countAll<number>().as('n'))
        .as('totps'),
      sub
        .selectFrom('recovery_codes')
        .where('user_id', '=', user_id)
        .where('confirmed_at', 'is not', null)
        .where('used_at', 'is', null)
        .select((count) => count.fn.countAll<number>().as('n'))
        .as('recovery_codes'),
      sub
        .selectFrom('api_tokens')
        .where('user_id', '=', user_id)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', now)
        .select((count) => count.fn.countAll<number>().as('n'))
        .as('api_tokens'),
    ])
    .executeTakeFirstOrThrow()
  const { security_keys, totps, recovery_codes, api_tokens } = row
  return { security_keys: security_keys ?? 0, totps: totps ?? 0, recovery_codes: recovery_codes ?? 0, api_tokens: api_tokens ?? 0 }
}

export type Event = Pick<Schema['events'], 'tag' | 'details' | 'ip' | 'at'>

/** What happened to the account since `after`, newest first. */
export const listEvents = (db: Database, user_id: string, after: Instant, most: number): Promise<Event[]> =>
  db
    .selectFrom('events')
    .select(['tag', 'details', 'ip', 'at'])
    .where('user_id', '=', user_id)
    .where('at', '>', after)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
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
  table: 'email_links' | 'login_attempts' | 'pending_totps' | 'webauthn_challenges',
  now: Instant,
): Promise<void> {
  await db.deleteFrom(table).where('expires_at', '<=', now).execute()
}
