import type { Database, Tx } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import type { File } from '../../db/schema.ts'

/** The files that have the place of this one: its name, its slot under another spelling, or its bytes under another name (UP-62). */
export const listTwins = prepared((db, filename: string, slot: string, sha256: string) =>
  db
    .selectFrom('files')
    .select(['filename', 'sha256', 'project_id'])
    .where((where) => where.or([where('filename', '=', filename), where('slot', '=', slot), where('sha256', '=', sha256)])),
)

/** Bytes of all files of the project, and of their metadata. */
export async function sumSizes(db: Database, project_id: string): Promise<number> {
  const { size } = await db
    .selectFrom('files')
    .select(({ fn, eb }) => fn.sum<number | null>(eb('size', '+', fn.coalesce('metadata_size', eb.lit(0)))).as('size'))
    .where('project_id', '=', project_id)
    .executeTakeFirstOrThrow()
  return Number(size ?? 0)
}

/** Adds the file unless its name or slot is taken; says whether it did. */
export async function insertFile(tx: Tx, file: File): Promise<boolean> {
  const done = await tx
    .insertInto('files')
    .values(file)
    .onConflict((on) => on.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

/** How many contents `listReferred` takes. */
export const mostReferred = 500

/** Those contents that a file is stored under, as itself or as a sidecar. */
export async function listReferred(db: Database, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const same = Array.from({ length: mostReferred }, (_, n) => keys[n] ?? '') // always as many: the statement is prepared once
  const rows = await db
    .selectFrom('files')
    .select('sha256 as key')
    .where('sha256', 'in', same)
    .union(db.selectFrom('files').select('metadata_sha256 as key').where('metadata_sha256', 'in', same).$narrowType<{ key: string }>())
    .execute()
  return new Set(rows.map(({ key }) => key))
}
