import type { Database } from '../../db/database.ts'

interface FactorCounts {
  readonly totps: number
  readonly disabled_totps: number
  readonly security_keys: number
  /** Confirmed and unused. */
  readonly recovery_codes: number
}

export async function countFactors(db: Database, user_id: string): Promise<FactorCounts> {
  const { totps, disabled_totps, security_keys, recovery_codes } = await db
    .selectNoFrom((sub) => [
      sub
        .selectFrom('totps')
        .where('user_id', '=', user_id)
        .select((count) => count.fn.countAll<number>().as('n'))
        .as('totps'),
      sub
        .selectFrom('totps')
        .where('user_id', '=', user_id)
        .where('disabled_at', 'is not', null)
        .select((count) => count.fn.countAll<number>().as('n'))
        .as('disabled_totps'),
      sub
        .selectFrom('security_keys')
        .where('user_id', '=', user_id)
        .select((count) => count.fn.countAll<number>().as('n'))
        .as('security_keys'),
      sub
        .selectFrom('recovery_codes')
        .where('user_id', '=', user_id)
        .where('confirmed_at', 'is not', null)
        .where('used_at', 'is', null)
        .select((count) => count.fn.countAll<number>().as('n'))
        .as('recovery_codes'),
    ])
    .executeTakeFirstOrThrow()
  return {
    totps: totps ?? 0,
    disabled_totps: disabled_totps ?? 0,
    security_keys: security_keys ?? 0,
    recovery_codes: recovery_codes ?? 0,
  }
}
