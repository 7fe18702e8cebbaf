import type { Database } from '../../db/database.ts'
import type { Schema } from '../../db/schema.ts'

export const findStanding = (db: Database, user_id: string): Promise<Schema['standings']> =>
  db.selectFrom('standings').selectAll().where('user_id', '=', user_id).executeTakeFirstOrThrow()
