import type { Database, Tx } from '../../db/database.ts'
import type { Schema, User } from '../../db/schema.ts'
import type { Instant } from '../../lib/time.ts'

export async function insertLoginAttempt(tx: Tx, row: Schema['login_attempts']): Promise<void> {
  await tx.insertInto('login_attempts').values(row).execute()
}

/** Whose attempt this is, while it is fresh and the account stands as it did. */
export const findLoginAttempt = (db: Database, id: string, now: Instant): Promise<User | undefined> =>
  db
    .selectFrom('login_attempts')
    .innerJoin('users', 'users.id', 'login_attempts.user_id')
    .selectAll('users')
    .whereRef('login_attempts.security_epoch', '=', 'users.security_epoch')
    .where('users.frozen_at', 'is', null)
    .where('login_attempts.id', '=', id)
    .where('login_attempts.expires_at', '>', now)
    .executeTakeFirst()

/** The chain of an attempt upon this account, finished or not in time. */
export const findChain = (tx: Tx, id: string, user_id: string): Promise<{ chain: string } | undefined> =>
  tx.selectFrom('login_attempts').select('chain').where('id', '=', id).where('user_id', '=', user_id).executeTakeFirst()

/** Deletes the attempt if it is still there, fresh, and of the epoch of its user: one caller gets it, once. */
export const takeLoginAttempt = (
  tx: Tx,
  id: string,
  { security_epoch }: User,
  now: Instant,
): Promise<{ user_id: string; chain: string } | undefined> =>
  tx
    .deleteFrom('login_attempts')
    .where('id', '=', id)
    .where('security_epoch', '=', security_epoch)
    .where('expires_at', '>', now)
    .returning(['user_id', 'chain'])
    .executeTakeFirst()

export async function deleteChain(tx: Tx, { user_id, chain }: { user_id: string; chain: string }): Promise<void> {
  await tx.deleteFrom('login_attempts').where('user_id', '=', user_id).where('chain', '=', chain).execute()
}

export const takeUnfinishedAttempt = (tx: Tx, id: string): Promise<{ user_id: string; expires_at: Instant } | undefined> =>
  tx.deleteFrom('login_attempts').where('id', '=', id).returning(['user_id', 'expires_at']).executeTakeFirst()

/** Whether the account still has the password, epoch and freedom that were read with `user`. */
export async function isUnchanged(tx: Tx, user: User): Promise<boolean> {
  const row = await tx
    .selectFrom('users')
    .select('id')
    .where('id', '=', user.id)
    .where('password_changed_at', '=', user.password_changed_at)
    .where('security_epoch', '=', user.security_epoch)
    .where('frozen_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}
