import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import type { Instant } from '../../lib/time.ts'

/** Counts one hit in the bucket, in a new window of `length` when the old one has ended. One statement, so that parallel hits all count. */
export function addHit(tx: Tx, bucket: string, now: Instant, length: Instant): Promise<{ hits: number; ends_at: Instant }> {
  return tx
    .insertInto('limits')
    .values({ bucket, hits: 1, ends_at: now + length })
    .onConflict((on) =>
      on.column('bucket').doUpdateSet({
        hits: sql`case when limits.ends_at <= ${now} then 1 else limits.hits + 1 end`,
        ends_at: sql`case when limits.ends_at <= ${now} then excluded.ends_at else limits.ends_at end`,
      }),
    )
    .returning(['hits', 'ends_at'])
    .executeTakeFirstOrThrow()
}

/** Takes one hit away from the bucket, if its window is still the one that `ends_at` then. */
export async function removeHit(tx: Tx, bucket: string, ends_at: Instant): Promise<void> {
  await tx.updateTable('limits').set({ hits: sql`hits - 1` }).where('bucket', '=', bucket).where('ends_at', '=', ends_at).execute()
}

export async function deleteEndedLimits(tx: Tx, now: Instant): Promise<void> {
  await tx.deleteFrom('limits').where('ends_at', '<=', now).execute()
}
