import type { Database } from '../../db/database.ts'

/** The smallest question there is, to a table that is always there. */
export const findAnything = (db: Database): Promise<unknown> => db.selectFrom('index_state').select('id').executeTakeFirstOrThrow()
