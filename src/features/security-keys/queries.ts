import { type Selectable, sql } from 'kysely'
import type { Database, Tx } from '../../db/database.ts'
import type { ChallengePurpose, Schema } from '../../db/schema.ts'
import type { Instant } from '../../lib/time.ts'

export type SecurityKey = Selectable<Schema['security_keys']>

export const listSecurityKeys = (db: Database, user_id: string): Promise<SecurityKey[]> =>
  db.selectFrom('security_keys').selectAll().where('user_id', '=', user_id).orderBy('created_at').orderBy('credential_id').execute()

/** A key of this account, with the user handle that it was registered under. */
export const findSecurityKey = (
  db: Database,
  user_id: string,
  credential_id: string,
): Promise<(SecurityKey & { webauthn_user_id: string }) | undefined> =>
  db
    .selectFrom('security_keys')
    .innerJoin('users', 'users.id', 'security_keys.user_id')
    .selectAll('security_keys')
    .select('webauthn_user_id')
    .where('user_id', '=', user_id)
    .where('credential_id', '=', credential_id)
    .executeTakeFirst()

/** Adds the key unless anybody has one of that credential; says whether it did. */
export async function insertSecurityKey(tx: Tx, key: SecurityKey): Promise<boolean> {
  const done = await tx
    .insertInto('security_keys')
    .values(key)
    .onConflict((on) => on.column('credential_id').doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

export async function updateLabel(tx: Tx, credential_id: string, label: string): Promise<void> {
  await tx.updateTable('security_keys').set({ label }).where('credential_id', '=', credential_id).execute()
}

/** Notes that the key answered; its counter never goes back here. Says whether the key is still there (T56). */
export async function updateUsed(tx: Tx, credential_id: string, sign_count: number, last_used_at: Instant): Promise<boolean> {
  const done = await tx
    .updateTable('security_keys')
    .set({ last_used_at, sign_count: sql`case when sign_count < ${sign_count} then ${sign_count} else sign_count end` })
    .where('credential_id', '=', credential_id)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

export async function deleteSecurityKey(tx: Tx, credential_id: string): Promise<void> {
  await tx.deleteFrom('security_keys').where('credential_id', '=', credential_id).execute()
}

type Challenge = Schema['webauthn_challenges']

/** Keeps the challenge in place of an earlier one of this holder: only the newest page can go on. */
export async function insertChallenge(db: Database, row: Challenge): Promise<void> {
  const { act, challenge, expires_at } = row
  await db
    .insertInto('webauthn_challenges')
    .values(row)
    .onConflict((on) => on.columns(['holder_id', 'purpose']).doUpdateSet({ act, challenge, expires_at }))
    .execute()
}

export const findChallenge = (db: Database, holder_id: string, purpose: ChallengePurpose): Promise<Challenge | undefined> =>
  db.selectFrom('webauthn_challenges').selectAll().where('holder_id', '=', holder_id).where('purpose', '=', purpose).executeTakeFirst()

/** Deletes this holder's challenge and hands it over: one caller gets it, once. */
export const takeChallenge = (db: Database, holder_id: string, purpose: ChallengePurpose): Promise<Challenge | undefined> =>
  db.deleteFrom('webauthn_challenges').where('holder_id', '=', holder_id).where('purpose', '=', purpose).returningAll().executeTakeFirst()

/** The host that this index had when it started last. */
export const findHost = async (db: Database): Promise<string | null> =>
  (await db.selectFrom('index_state').select('host').executeTakeFirstOrThrow()).host

export async function updateHost(db: Database, host: string): Promise<void> {
  await db.updateTable('index_state').set({ host }).execute()
}

export const countSecurityKeys = async (db: Database): Promise<number> =>
  (
    await db
      .selectFrom('security_keys')
      .select(({ fn }) => fn.countAll<number>().as('keys'))
      .executeTakeFirstOrThrow()
  ).keys
