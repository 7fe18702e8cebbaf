import { sql } from 'kysely'
import type { Database, Tx } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import type { Project, Role } from '../../db/schema.ts'
import type { NormalizedName, ProjectName } from '../../lib/names.ts'
import type { Instant } from '../../lib/time.ts'

export const findProject = async (db: Database, normalized_name: NormalizedName): Promise<Project | undefined> =>
  (await selectProject(db, normalized_name))[0]

const selectProject = prepared((db, normalized_name: NormalizedName) =>
  db.selectFrom('projects').selectAll().where('normalized_name', '=', normalized_name),
)

/** The project, and whether this person may change it. */
export const findProjectWithRole = async (
  db: Database,
  normalized_name: NormalizedName,
  user_id: string,
): Promise<{ id: string; role: Role | null } | undefined> => (await selectProjectWithRole(db, normalized_name, user_id))[0]

const selectProjectWithRole = prepared((db, normalized_name: NormalizedName, user_id: string) =>
  db
    .selectFrom('projects')
    .leftJoin('project_roles', (join) => join.onRef('project_id', '=', 'projects.id').on('user_id', '=', user_id))
    .select(['projects.id', 'role'])
    .where('normalized_name', '=', normalized_name),
)

/** The project whose name a hurried reader takes for this one. */
export const findLookalike = (db: Database, lookalike_key: string): Promise<{ name: string } | undefined> =>
  db.selectFrom('projects').select('name').where('lookalike_key', '=', lookalike_key).executeTakeFirst()

/** Adds the project unless the name, or one that looks like it, is taken; says whether it did. */
export async function insertProject(tx: Tx, project: Project): Promise<boolean> {
  const done = await tx
    .insertInto('projects')
    .values(project)
    .onConflict((on) => on.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

export async function insertRole(tx: Tx, row: { project_id: string; user_id: string; role: Role; created_at: number }): Promise<void> {
  await tx.insertInto('project_roles').values(row).execute()
}

export const findRole = async (db: Database, project_id: string, user_id: string): Promise<{ role: Role } | undefined> =>
  (await selectRole(db, project_id, user_id))[0]

const selectRole = prepared((db, project_id: string, user_id: string) =>
  db.selectFrom('project_roles').select('role').where('project_id', '=', project_id).where('user_id', '=', user_id),
)

export interface Collaborator {
  readonly user_id: string
  readonly username: string
  readonly role: Role
}

/** Who may change the project, owners first. */
export const listRoles = (db: Database, project_id: string): Promise<Collaborator[]> =>
  db
    .selectFrom('project_roles')
    .innerJoin('users', 'users.id', 'project_roles.user_id')
    .select(['users.id as user_id', 'username', 'role'])
    .where('project_id', '=', project_id)
    .orderBy('role', 'desc')
    .orderBy('canonical_username')
    .execute()

/** Numbers a change to the index, without gaps: to be called last in its transaction, since it makes all other changes wait. */
export async function updateSerial(tx: Tx, project_id: string, name: ProjectName): Promise<number> {
  const { serial } = await tx.updateTable('index_state').set({ serial: sql`serial + 1` }).returning('serial').executeTakeFirstOrThrow()
  await tx.updateTable('projects').set({ last_serial: serial, name }).where('id', '=', project_id).execute()
  return serial
}

/** A project of somebody's, as their list shows it. */
export interface OwnProject extends Project {
  readonly role: Role
  readonly releases: number
  readonly last_release_at: Instant | null
}

export const listOwnProjects = (db: Database, user_id: string): Promise<OwnProject[]> =>
  db
    .selectFrom('projects')
    .innerJoin('project_roles', 'project_roles.project_id', 'projects.id')
    .leftJoin('releases', 'releases.project_id', 'projects.id')
    .selectAll('projects')
    .select([
      'role',
      ({ fn }) => fn.count<number>('releases.id').as('releases'),
      ({ fn }) => fn.max('releases.created_at').as('last_release_at'),
    ])
    .where('user_id', '=', user_id)
    .groupBy(['projects.id', 'role'])
    .orderBy('normalized_name')
    .execute()

/** A file with its release and who uploaded it. */
export interface ProjectFile {
  readonly filename: string
  readonly version: string
  readonly username: string | null
  readonly created_at: Instant
}

export const listNewestFiles = (db: Database, project_id: string, most: number): Promise<ProjectFile[]> =>
  db
    .selectFrom('files')
    .innerJoin('releases', 'releases.id', 'files.release_id')
    .leftJoin('users', 'users.id', 'files.uploaded_by')
    .select(['filename', 'version', 'username', 'files.created_at'])
    .where('files.project_id', '=', project_id)
    .orderBy('files.created_at', 'desc')
    .orderBy('files.id', 'desc')
    .limit(most)
    .execute()
