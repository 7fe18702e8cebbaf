import type { Database, Tx } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import type { File, Project, Release } from '../../db/schema.ts'
import type { NormalizedName } from '../../lib/names.ts'

export const findRelease = (db: Database, project_id: string, version_key: string): Promise<Release | undefined> =>
  db.selectFrom('releases').selectAll().where('project_id', '=', project_id).where('version_key', '=', version_key).executeTakeFirst()

/** What an upload needs of the release it goes to. */
export type UsedRelease = Pick<Release, 'id' | 'version'>

export const findUsedRelease = async (db: Database, project_id: string, version_key: string): Promise<UsedRelease | undefined> =>
  (await selectUsedRelease(db, project_id, version_key))[0]

const selectUsedRelease = prepared((db, project_id: string, version_key: string) =>
  db.selectFrom('releases').select(['id', 'version']).where('project_id', '=', project_id).where('version_key', '=', version_key),
)

/** Adds the release unless its version is there; says whether it did. */
export async function insertRelease(tx: Tx, release: Release): Promise<boolean> {
  const done = await tx
    .insertInto('releases')
    .values(release)
    .onConflict((on) => on.columns(['project_id', 'version_key']).doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

/** A release without what only its own page shows: description and metadata have megabytes, and a project any number of releases (T167). */
export type ListedRelease = Pick<Release, 'id' | 'version' | 'final_order' | 'created_at'>

const listed = ['id', 'version', 'final_order', 'created_at'] as const

/** The releases with the highest versions, these first. */
export const listReleases = (db: Database, project_id: string, most: number): Promise<ListedRelease[]> =>
  db.selectFrom('releases').select(listed).where('project_id', '=', project_id).orderBy('version_order', 'desc').limit(most).execute()

/** The highest version that is no pre-release. */
export const findFinalRelease = (db: Database, project_id: string): Promise<ListedRelease | undefined> =>
  db
    .selectFrom('releases')
    .select(listed)
    .where('project_id', '=', project_id)
    .where('final_order', 'is not', null)
    .orderBy('final_order', 'desc')
    .limit(1)
    .executeTakeFirst()

export async function countReleases(db: Database, project_id: string): Promise<number> {
  const { count } = await db
    .selectFrom('releases')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('project_id', '=', project_id)
    .executeTakeFirstOrThrow()
  return count
}

export const listReleaseFiles = (db: Database, release_id: string, most: number): Promise<File[]> =>
  db.selectFrom('files').selectAll().where('release_id', '=', release_id).orderBy('kind').orderBy('filename').limit(most).execute()

/** Which of the names are projects of this index. */
export async function findKnownNames(db: Database, names: readonly NormalizedName[]): Promise<Set<string>> {
  if (names.length === 0) return new Set()
  const found = await db.selectFrom('projects').select('normalized_name').where('normalized_name', 'in', names).execute()
  return new Set(found.map(({ normalized_name }) => normalized_name))
}

/** A release as the front page lists it. */
export type NewRelease = Pick<Project, 'name' | 'normalized_name'> & Pick<Release, 'version' | 'created_at'> & { metadata: string | null }

/** The newest releases of the index, with the project of each; without metadata that is too long to be read at each visit (T167). */
export const listNewestReleases = (db: Database, most: number): Promise<NewRelease[]> =>
  db
    .selectFrom('releases')
    .innerJoin('projects', 'projects.id', 'releases.project_id')
    .select(['name', 'normalized_name', 'version', 'releases.created_at'])
    .select(({ fn, ref, ...expression }) =>
      expression
        .case()
        .when(fn<number>('length', ['metadata']), '<=', 65_536)
        .then(ref('metadata'))
        .end()
        .as('metadata'),
    )
    .orderBy('releases.created_at', 'desc')
    .orderBy('releases.id', 'desc')
    .limit(most)
    .execute()
