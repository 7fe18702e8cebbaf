import type { Selectable } from 'kysely'
import type { Database, Tx } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import type { ApiToken, Schema, User } from '../../db/schema.ts'
import type { Instant } from '../../lib/time.ts'

/** A token that still counts, with how its owner's account stands towards the gate. */
export interface LiveToken {
  readonly root_key: string
  readonly last_used_at: Instant | null
  readonly user: Pick<User, 'id' | 'username'>
  readonly verified: boolean
  readonly factors: number
}

/** Not revoked, not ended, used after `usedAfter` (or made since), of an account that is neither frozen nor at a later epoch. */
export async function findLiveToken(db: Database, id: string, now: Instant, usedAfter: Instant): Promise<LiveToken | undefined> {
  const [row] = await selectLiveToken(db, id, now, usedAfter)
  if (!row) return undefined
  const { root_key, last_used_at, verified_at, security_keys, working_totps, ...user } = row
  return { root_key, last_used_at, user, verified: verified_at !== null, factors: security_keys + working_totps }
}

const selectLiveToken = prepared((db, id: string, now: Instant, usedAfter: Instant) =>
  db
    .selectFrom('api_tokens')
    .innerJoin('users', 'users.id', 'api_tokens.user_id')
    .innerJoin('standings', 'standings.user_id', 'users.id')
    .select(['users.id', 'username', 'root_key', 'last_used_at', 'verified_at', 'security_keys', 'working_totps'])
    .where('api_tokens.id', '=', id)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .where(({ fn }) => fn.coalesce('last_used_at', 'api_tokens.created_at'), '>', usedAfter)
    .whereRef('api_tokens.security_epoch', '=', 'users.security_epoch')
    .where('frozen_at', 'is', null),
)

/** A person's hundred newest tokens that aren't revoked, with the project each is for. */
export const listTokens = (db: Database, user_id: string): Promise<(Selectable<Schema['api_tokens']> & { project: string | null })[]> =>
  db
    .selectFrom('api_tokens')
    .leftJoin('projects', 'projects.id', 'api_tokens.project_id')
    .selectAll('api_tokens')
    .select('projects.name as project')
    .where('user_id', '=', user_id)
    .where('revoked_at', 'is', null)
    .orderBy('api_tokens.created_at', 'desc')
    .orderBy('api_tokens.id', 'desc')
    .limit(100)
    .execute()

export async function insertToken(tx: Tx, row: Omit<ApiToken, 'last_used_at' | 'revoked_at'>): Promise<void> {
  await tx.insertInto('api_tokens').values(row).execute()
}

/** Revokes the person's token, once; hands back what it was called. */
export const updateTokenRevoked = (
  tx: Tx,
  user_id: string,
  id: string,
  revoked_at: Instant,
): Promise<{ description: string } | undefined> =>
  tx
    .updateTable('api_tokens')
    .set({ revoked_at })
    .where('id', '=', id)
    .where('user_id', '=', user_id)
    .where('revoked_at', 'is', null)
    .returning('description')
    .executeTakeFirst()

export async function updateTokenUsed(db: Database, id: string, last_used_at: Instant): Promise<void> {
  await db.updateTable('api_tokens').set({ last_used_at }).where('id', '=', id).execute()
}

/** The projects that somebody may upload to, by name. */
export const listUploadableProjects = (db: Database, user_id: string): Promise<{ id: string; name: string; normalized_name: string }[]> =>
  db
    .selectFrom('projects')
    .innerJoin('project_roles', 'project_roles.project_id', 'projects.id')
    .select(['projects.id', 'name', 'normalized_name'])
    .where('user_id', '=', user_id)
    .orderBy('normalized_name')
    .execute()
