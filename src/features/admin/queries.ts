import type { Database, Tx } from '../../db/database.ts'
import type { Instant } from '../../lib/time.ts'

/** Begins (`at`) or ends (`null`) that the account is an administrator; says whether that was a change. */
export async function updateAdmin(tx: Tx, user_id: string, at: Instant | null): Promise<boolean> {
  const done = await tx
    .updateTable('users')
    .set({ admin_since: at })
    .where('id', '=', user_id)
    .where('admin_since', at === null ? 'is not' : 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

export async function deleteSessions(tx: Tx, user_id: string): Promise<void> {
  await tx.deleteFrom('sessions').where('user_id', '=', user_id).execute()
}

export const findUser = (db: Database): Promise<{ id: string } | undefined> =>
  db.selectFrom('users').select('id').limit(1).executeTakeFirst()
