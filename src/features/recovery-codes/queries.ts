import type { Database, Tx } from '../../db/database.ts'
import type { Schema } from '../../db/schema.ts'
import type { Instant } from '../../lib/time.ts'

/** The unused codes of an account: how many, how many of them confirmed, since when the oldest. */
export interface CodeSet {
  readonly unused: number
  readonly confirmed: number
  readonly made_at: Instant | null
}

export const findCodeSet = (db: Database, user_id: string): Promise<CodeSet> =>
  db
    .selectFrom('recovery_codes')
    .select(({ fn }) => [
      fn.countAll<number>().as('unused'),
      fn.count<number>('confirmed_at').as('confirmed'),
      fn.min<Instant | null>('created_at').as('made_at'),
    ])
    .where('user_id', '=', user_id)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()

export async function insertCodes(tx: Tx, rows: Schema['recovery_codes'][]): Promise<void> {
  await tx.insertInto('recovery_codes').values(rows).execute()
}

export async function deleteCodes(tx: Tx, user_id: string): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('user_id', '=', user_id).execute()
}

/** Whether one of `macs` is that of an unused code of the account, confirmed or not. */
export const findUnusedCode = (db: Database, user_id: string, macs: string[]): Promise<{ id: string } | undefined> =>
  db
    .selectFrom('recovery_codes')
    .select('id')
    .where('user_id', '=', user_id)
    .where('mac', 'in', macs)
    .where('used_at', 'is', null)
    .executeTakeFirst()

/** Confirms the codes that weren't yet; says whether there were any. */
export async function confirmCodes(tx: Tx, user_id: string, confirmed_at: Instant): Promise<boolean> {
  const done = await tx
    .updateTable('recovery_codes')
    .set({ confirmed_at })
    .where('user_id', '=', user_id)
    .where('confirmed_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Uses the code up, if it is confirmed and unused: one caller gets it, once (T78). */
export const takeCode = (tx: Tx, user_id: string, macs: string[], used_at: Instant): Promise<{ id: string } | undefined> =>
  tx
    .updateTable('recovery_codes')
    .set({ used_at })
    .where('user_id', '=', user_id)
    .where('mac', 'in', macs)
    .where('confirmed_at', 'is not', null)
    .where('used_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
