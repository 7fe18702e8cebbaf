import type { Database } from '../../db/database.ts'
import type { Instant } from '../../lib/time.ts'

/** A file as installers are told of it. */
export interface ListedFile {
  readonly filename: string
  readonly version: string
  readonly sha256: string
  readonly size: number
  readonly metadata_sha256: string | null
  readonly requires_python: string | null
  readonly yanked_at: Instant | null
  readonly yanked_reason: string | null
  readonly created_at: Instant
}

/** What the page of a project tells, as of its serial. */
export interface ListedProject {
  readonly name: string
  readonly serial: number
  readonly files: readonly ListedFile[]
}

/** What the list of all projects tells of one. */
export interface ListedName {
  readonly name: string
  readonly normalized_name: string
  readonly last_serial: number
}

/** One statement, so that the serial is that of these files. */
export async function findListedProject(db: Database, normalized_name: string): Promise<ListedProject | undefined> {
  const rows = await db
    .selectFrom('projects')
    .leftJoin('files', 'files.project_id', 'projects.id')
    .leftJoin('releases', 'releases.id', 'files.release_id')
    .select(['projects.last_serial', 'files.filename', 'releases.version', 'files.sha256', 'files.size', 'files.metadata_sha256'])
    .select(['files.requires_python', 'files.yanked_at', 'files.yanked_reason', 'files.created_at'])
    .where('projects.normalized_name', '=', normalized_name)
    .execute()
  return rows[0] && { name: normalized_name, serial: rows[0].last_serial, files: rows.filter(hasFile) }
}

/** A project without files comes as one row of nothing. */
const hasFile = <Row extends { filename: string | null }>(row: Row): row is Row & ListedFile => row.filename !== null

/** What has changed after that serial, in the order of the changes. */
export const listProjectsAfter = (db: Database, serial: number, most: number): Promise<ListedName[]> =>
  db
    .selectFrom('projects')
    .select(['name', 'normalized_name', 'last_serial'])
    .where('last_serial', '>', serial)
    .orderBy('last_serial')
    .limit(most)
    .execute()

/** The serial of the newest change to the index. */
export async function findSerial(db: Database): Promise<number> {
  return (await db.selectFrom('index_state').select('serial').executeTakeFirstOrThrow()).serial
}

/** Normalized names of what has changed after that serial. */
export async function listChangedNames(db: Database, serial: number): Promise<string[]> {
  const rows = await db.selectFrom('projects').select('normalized_name').where('last_serial', '>', serial).execute()
  return rows.map(({ normalized_name }) => normalized_name)
}
