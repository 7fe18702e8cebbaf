import type { Database, Tx } from '../../db/database.ts'
import type { File, Project, Release } from '../../db/schema.ts'

export const findRelease = (db: Database, project_id: string, version_key: string): Promise<Release | undefined> =>
  db.selectFrom('releases').selectAll().where('project_id', '=', project_id).where('version_key', '=', version_key).executeTakeFirst()

/** Adds the release unless its version is there; says whether it did. */
export async function insertRelease(tx: Tx, release: Release): Promise<boolean> {
  const done = await tx
    .insertInto('releases')
    .values(release)
    .onConflict((on) => on.columns(['project_id', 'version_key']).doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

export const listReleases = (db: Database, project_id: string): Promise<Release[]> =>
  db.selectFrom('releases').selectAll().where('project_id', '=', project_id).orderBy('created_at', 'desc').orderBy('id', 'desc').execute()

export const listReleaseFiles = (db: Database, release_id: string): Promise<File[]> =>
  db.selectFrom('files').selectAll().where('release_id', '=', release_id).orderBy('kind').orderBy('filename').execute()

/** The newest releases of the index, with the project of each. */
export const listNewestReleases = (db: Database, most: number): Promise<(Release & Pick<Project, 'name' | 'normalized_name'>)[]> =>
  db
    .selectFrom('releases')
    .innerJoin('projects', 'projects.id', 'releases.project_id')
    .selectAll('releases')
    .select(['name', 'normalized_name'])
    .orderBy('releases.created_at', 'desc')
    .orderBy('releases.id', 'desc')
    .limit(most)
    .execute()
