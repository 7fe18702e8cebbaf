import { record, type Uploader } from '../../audit/audit.ts'
import { type Database, lockRow, type Tx } from '../../db/database.ts'
import type { Project } from '../../db/schema.ts'
import { refuse } from '../../errors.ts'
import { lookalikeKey, type NormalizedName, normalize, type ProjectName } from '../../lib/names.ts'
import { quote } from '../../lib/quote.ts'
import { uuidv7 } from '../../lib/uuid.ts'
import {
  type Collaborator,
  findLookalike,
  findProject,
  findProjectWithRole,
  findRole,
  insertProject,
  insertRole,
  listRoles,
  updateSerial,
} from './queries.ts'

export const projectCalled = (db: Database, name: NormalizedName): Promise<Project | undefined> => findProject(db, name)

/** Who may change the project, owners first. */
export const peopleOf = (db: Database, project: Project): Promise<Collaborator[]> => listRoles(db, project.id)

/** Says early what `projectForUpload` will decide: the project's id, or nothing if it is a new one. Refuses `upload_forbidden`. */
export async function projectToUploadTo(db: Database, { user_id }: Uploader, name: NormalizedName): Promise<string | undefined> {
  const known = await findProjectWithRole(db, name, user_id)
  if (known?.role === null) refuse('upload_forbidden')
  return known?.id
}

/**
 * The project that an upload goes to, locked: an existing one in which the uploader has a role, else a new one of theirs. Refuses
 * `upload_forbidden`, and with a problem a name that looks like another's (UP-44).
 */
export async function projectForUpload(tx: Tx, uploader: Uploader, name: ProjectName): Promise<{ project: Project; isNew: boolean }> {
  const normalized = normalize(name)
  const known = (await findProject(tx, normalized)) ?? (await createProject(tx, uploader, name, normalized))
  if ('isNew' in known) return known
  await lockRow(tx, 'projects', known.id)
  if (!(await findRole(tx, known.id, uploader.user_id))) refuse('upload_forbidden')
  return { project: known, isNew: false }
}

/** Makes the project and its owner, unless somebody else was first: then theirs. */
async function createProject(tx: Tx, uploader: Uploader, name: ProjectName, normalized_name: NormalizedName) {
  const { user_id, at } = uploader
  const project = { id: uuidv7(at), name, normalized_name, lookalike_key: lookalikeKey(name), last_serial: 0, created_at: at }
  if (!(await insertProject(tx, project))) return (await findProject(tx, normalized_name)) ?? refuseLookalike(tx, project)
  await insertRole(tx, { project_id: project.id, user_id, role: 'owner', created_at: at })
  await record(tx, uploader, 'project:created', { project_id: project.id, name })
  await record(tx, uploader, 'role:added', { project_id: project.id, user_id, role: 'owner' })
  return { project, isNew: true }
}

async function refuseLookalike(tx: Tx, { name, lookalike_key }: Project): Promise<never> {
  const other = (await findLookalike(tx, lookalike_key))?.name ?? 'another project'
  return refuse('file_refused', {
    problems: [
      {
        rule: 'name-lookalike',
        text: `The name ${quote(name)} is too similar to the existing project ${quote(other)}. Choose another name.`,
      },
    ],
  })
}

/** Gives this change to the project the next serial of the index; the newest spelling of its name is shown (UP-51). Last in its transaction. */
export const noteChange = (tx: Tx, project_id: string, name: ProjectName): Promise<number> => updateSerial(tx, project_id, name)
