import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Database, Tx } from '../../db/database.ts'
import type { Schema } from '../../db/schema.ts'
import type { Instant } from '../../lib/time.ts'

export type Totp = Selectable<Schema['totps']>

export const findTotp = (db: Database, user_id: string): Promise<Totp | undefined> =>
  db.selectFrom('totps').selectAll().where('user_id', '=', user_id).executeTakeFirst()

/** Adds the app unless the account has one; says whether it did. */
export async function insertTotp(tx: Tx, row: Totp): Promise<boolean> {
  const done = await tx
    .insertInto('totps')
    .values(row)
    .onConflict((on) => on.column('user_id').doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

/** Takes the app away; says whether there was one. */
export async function deleteTotp(tx: Tx, user_id: string): Promise<boolean> {
  const done = await tx.deleteFrom('totps').where('user_id', '=', user_id).executeTakeFirst()
  return done.numDeletedRows === 1n
}

/** Uses the code of `step` up, unless it or a later one was: one caller gets it, once (D3, T27, T30). Wrong codes before it are forgiven. */
export async function takeStep(db: Database, user_id: string, step: number, last_used_at: Instant): Promise<boolean> {
  const done = await db
    .updateTable('totps')
    .set({ last_step: step, failures: 0, last_used_at })
    .where('user_id', '=', user_id)
    .where('last_step', '<', step)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Counts a wrong code; hands back how many there were in a row. */
export async function addFailure(tx: Tx, user_id: string): Promise<number> {
  const row = await tx
    .updateTable('totps')
    .set({ failures: sql`failures + 1` })
    .where('user_id', '=', user_id)
    .returning('failures')
    .executeTakeFirst()
  return row?.failures ?? 0
}

/** Switches the app off; says whether it was on. */
export async function updateDisabled(tx: Tx, user_id: string, disabled_at: Instant): Promise<boolean> {
  const done = await tx
    .updateTable('totps')
    .set({ disabled_at })
    .where('user_id', '=', user_id)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

type PendingTotp = Schema['pending_totps']

export const findPending = (db: Database, session_id: string, now: Instant): Promise<PendingTotp | undefined> =>
  db.selectFrom('pending_totps').selectAll().where('session_id', '=', session_id).where('expires_at', '>', now).executeTakeFirst()

/** Keeps the secret in place of one of this session that has ended. */
export async function insertPending(tx: Tx, row: PendingTotp): Promise<void> {
  await tx
    .insertInto('pending_totps')
    .values(row)
    .onConflict((on) => on.column('session_id').doUpdateSet({ secret: row.secret, expires_at: row.expires_at }))
    .execute()
}

export async function deletePending(tx: Tx, session_id: string): Promise<void> {
  await tx.deleteFrom('pending_totps').where('session_id', '=', session_id).execute()
}
