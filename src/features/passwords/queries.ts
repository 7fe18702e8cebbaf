import type { Database, Tx } from '../../db/database.ts'
import type { User } from '../../db/schema.ts'

export async function updatePassword(tx: Tx, user_id: string, row: Pick<User, 'password' | 'password_changed_at'>): Promise<void> {
  await tx.updateTable('users').set(row).where('id', '=', user_id).execute()
}

export const findAnyUser = (db: Database): Promise<Pick<User, 'id' | 'password'> | undefined> =>
  db.selectFrom('users').select(['id', 'password']).orderBy('created_at', 'desc').limit(1).executeTakeFirst()

/** Puts the same password in another seal, unless the row has been changed since it was read. */
export async function updateSealed(db: Database, { id, password: old }: User, password: string): Promise<void> {
  await db.updateTable('users').set({ password }).where('id', '=', id).where('password', '=', old).execute()
}

export async function deleteLoginAttempts(tx: Tx, user_id: string): Promise<void> {
  await tx.deleteFrom('login_attempts').where('user_id', '=', user_id).execute()
}
