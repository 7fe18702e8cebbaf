import type { Database, Tx } from '../../db/database.ts'
import type { Schema, User } from '../../db/schema.ts'
import type { Instant } from '../../lib/time.ts'

type Session = Schema['sessions']

/** A living session: its row, the person's row and primary address, how many second factors the account has, and how many are keys. */
export interface FoundSession {
  readonly session: Pick<Session, 'method' | 'authenticated_at' | 'last_seen_at' | 'created_at'>
  readonly user: User
  readonly email: string
  readonly verified: boolean
  readonly factors: number
  readonly security_keys: number
}

/** One statement, since every page asks it. Ended by time, freeze or a raised epoch: nothing. */
export async function findSession(db: Database, id: string, seenAfter: Instant, createdAfter: Instant): Promise<FoundSession | undefined> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .innerJoin('standings', 'standings.user_id', 'users.id')
    .selectAll('users')
    .select(['method', 'authenticated_at', 'last_seen_at', 'sessions.created_at as session_created_at'])
    .select(['address', 'verified_at', 'security_keys', 'working_totps'])
    .whereRef('sessions.security_epoch', '=', 'users.security_epoch')
    .where('users.frozen_at', 'is', null)
    .where('sessions.id', '=', id)
    .where('sessions.last_seen_at', '>', seenAfter)
    .where('sessions.created_at', '>', createdAfter)
    .executeTakeFirst()
  if (!row) return undefined
  const { method, authenticated_at, last_seen_at, session_created_at, address, verified_at, security_keys, working_totps, ...user } = row
  const session = { method, authenticated_at, last_seen_at, created_at: session_created_at }
  return { session, user, email: address, verified: verified_at !== null, factors: security_keys + working_totps, security_keys }
}

export async function hasSession(tx: Tx, id: string): Promise<boolean> {
  return (await tx.selectFrom('sessions').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}

export async function insertSession(tx: Tx, row: Session): Promise<void> {
  await tx.insertInto('sessions').values(row).execute()
}

export async function updateSessionSeen(db: Database, id: string, last_seen_at: Instant): Promise<void> {
  await db.updateTable('sessions').set({ last_seen_at }).where('id', '=', id).execute()
}

/** Gives the session another id, and everything that hangs on it. Says whether it still existed. */
export async function updateSessionId(tx: Tx, old_id: string, row: Partial<Session> & { id: string }): Promise<boolean> {
  const done = await tx.updateTable('sessions').set(row).where('id', '=', old_id).executeTakeFirst()
  return done.numUpdatedRows === 1n
}

export async function deleteSession(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('sessions').where('id', '=', id).execute()
}

export async function deleteOtherSessions(tx: Tx, user_id: string, kept_id: string): Promise<void> {
  await tx.deleteFrom('sessions').where('user_id', '=', user_id).where('id', '<>', kept_id).execute()
}

/** Log-ins under way become no sessions any more: they are of no epoch. Their rows stay, as their owner is told of them (T21). */
export async function endLoginAttempts(tx: Tx, user_id: string): Promise<void> {
  await tx.updateTable('login_attempts').set({ security_epoch: 0 }).where('user_id', '=', user_id).execute()
}

/** Ends the sessions seen longest ago, so that `most` are left. */
export async function deleteOldestSessions(tx: Tx, user_id: string, most: number): Promise<void> {
  const kept = tx
    .selectFrom('sessions')
    .select('id')
    .where('user_id', '=', user_id)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
  await tx.deleteFrom('sessions').where('user_id', '=', user_id).where('id', 'not in', kept).execute()
}

export async function deleteEndedSessions(db: Database, seenBefore: Instant, now: Instant): Promise<void> {
  await db.deleteFrom('sessions').where('last_seen_at', '<=', seenBefore).execute()
  await db.deleteFrom('step_ups').where('expires_at', '<=', now).execute()
  await db.deleteFrom('kept_forms').where('expires_at', '<=', now).execute()
}

export async function insertStepUp(tx: Tx, row: Schema['step_ups']): Promise<void> {
  await tx
    .insertInto('step_ups')
    .values(row)
    .onConflict((on) => on.columns(['session_id', 'act']).doUpdateSet({ expires_at: row.expires_at }))
    .execute()
}

export const findStepUp = (db: Database, session_id: string, act: string, now: Instant): Promise<{ act: string } | undefined> =>
  db
    .selectFrom('step_ups')
    .select('act')
    .where('session_id', '=', session_id)
    .where('act', '=', act)
    .where('expires_at', '>', now)
    .executeTakeFirst()

export const takeStepUp = (tx: Tx, session_id: string, act: string, now: Instant): Promise<{ act: string } | undefined> =>
  tx
    .deleteFrom('step_ups')
    .where('session_id', '=', session_id)
    .where('act', '=', act)
    .where('expires_at', '>', now)
    .returning('act')
    .executeTakeFirst()

export async function insertKeptForm(tx: Tx, row: Schema['kept_forms']): Promise<void> {
  await tx.insertInto('kept_forms').values(row).execute()
}

/** Takes the oldest forms of the session away, so that `most` are left. */
export async function deleteOldestKeptForms(tx: Tx, session_id: string, most: number): Promise<void> {
  const kept = tx
    .selectFrom('kept_forms')
    .select('id')
    .where('session_id', '=', session_id)
    .orderBy('expires_at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
  await tx.deleteFrom('kept_forms').where('session_id', '=', session_id).where('id', 'not in', kept).execute()
}

export const findKeptForm = (db: Database, session_id: string, id: string, now: Instant): Promise<Schema['kept_forms'] | undefined> =>
  db
    .selectFrom('kept_forms')
    .selectAll()
    .where('id', '=', id)
    .where('session_id', '=', session_id)
    .where('expires_at', '>', now)
    .executeTakeFirst()

export const takeKeptForm = (db: Database, session_id: string, id: string, now: Instant): Promise<Schema['kept_forms'] | undefined> =>
  db
    .deleteFrom('kept_forms')
    .where('id', '=', id)
    .where('session_id', '=', session_id)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()
