import type { Person } from '../../audit/audit.ts'
import type { Database, Tx } from '../../db/database.ts'
import type { LoginMethod } from '../../db/schema.ts'
import { refuse } from '../../errors.ts'
import { findStanding } from './queries.ts'

/** What an account proves itself with beside its password. */
export interface Factors {
  /** Set up. One that was switched off is still asked for: else a hundred wrong codes would open the account (T33). */
  readonly totp: boolean
  readonly totp_disabled: boolean
  readonly security_keys: number
  /** Confirmed and unused. */
  readonly recovery_codes: number
}

export async function factorsOf(db: Database, user_id: string): Promise<Factors> {
  const { working_totps, disabled_totps, security_keys, recovery_codes } = await findStanding(db, user_id)
  return { totp: working_totps + disabled_totps > 0, totp_disabled: disabled_totps > 0, security_keys, recovery_codes }
}

/** Whether somebody can pass the second step without a recovery code: what the gate asks for. */
export const hasWorkingFactor = ({ totp, totp_disabled, security_keys }: Factors): boolean => (totp && !totp_disabled) || security_keys > 0

/**
 * Comes after the removal of a factor, in its transaction and behind the lock of its user: refuses `last_factor`, and so undoes
 * the removal, if no factor is left that works.
 */
export async function refuseLastFactor(tx: Tx, user_id: string): Promise<void> {
  if (!hasWorkingFactor(await factorsOf(tx, user_id))) refuse('last_factor')
}

/** What a session counts as proved with once a factor was added in it: the new one lifts a session that lacked one, and no other. */
export const methodWith = ({ method }: Person, added: 'totp' | 'security_key'): LoginMethod | undefined =>
  method === 'password' || method === 'recovery_code' ? added : undefined
