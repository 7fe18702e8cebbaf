import type { App } from '../../app.ts'
import { record, type Uploader } from '../../audit/audit.ts'
import { type Database, type Tx, transaction } from '../../db/database.ts'
import type { File, Project } from '../../db/schema.ts'
import { type Problem, refuse } from '../../errors.ts'
import { type ContentKey, contentKeyOf, parseContentKey } from '../../files/files.ts'
import type { CoreMetadata } from '../../lib/core-metadata.ts'
import type { NormalizedName } from '../../lib/names.ts'
import { versionText } from '../../lib/pep440.ts'
import { uuidv7 } from '../../lib/uuid.ts'
import { authorizeUpload, refuseForbidden } from '../api-tokens/api-tokens.ts'
import { notify } from '../emails/emails.ts'
import { takeHit } from '../limits/limits.ts'
import { noteChange, peopleOf, projectForUpload, projectToUploadTo } from '../projects/projects.ts'
import type { UsedRelease } from '../releases/queries.ts'
import { hasRelease, openRelease } from '../releases/releases.ts'
import { type Distribution, distributionOf, problemsOfForm, reservedProblem } from './form-checks.ts'
import { releasePublished } from './mail.ts'
import { insertFile, listTwins, sumSizes } from './queries.ts'
import type { ReceivedFile, ReceivedForm } from './received-form.ts'

/** What an upload led to: the file is published now, or it was already, byte for byte. `warning` is for the client to print. */
export interface Published {
  readonly isNew: boolean
  readonly warning: string | undefined
}

/** A file that follows every rule, and what will be written of it. */
interface Accepted extends Candidate {
  readonly metadata: CoreMetadata
  readonly sidecar: Sidecar | undefined
  /** Nothing if the release was there already. */
  readonly description: { readonly html: string; readonly warning?: string } | undefined
}

/** The METADATA of a wheel, served beside it (PEP 658) and stored like a file. */
interface Sidecar {
  readonly key: ContentKey
  readonly bytes: Uint8Array
}

/**
 * Publishes an uploaded file (uploads.md): the form's rules, the right to it, the archive's rules, the bytes stored and synced, then
 * one transaction. When it returns, a power cut takes nothing back. Refuses `file_refused` with every problem found,
 * `upload_forbidden`, `token_invalid`, `token_forbids`, `too_many`, `busy`.
 */
export async function publishFile(app: App, uploader: Uploader, form: ReceivedForm): Promise<Published> {
  const candidate = readForm(form)
  const outlook = await lookAhead(app, uploader, candidate)
  if (outlook === 'known') return { isNew: false, warning: undefined }
  const accepted = await inspect(app, uploader, candidate, outlook)
  await storeBytes(app, accepted)
  const isNew = await transaction(app.db, (db) => commit(db, app, uploader, accepted))
  app.index.forget(candidate.distribution.name)
  return { isNew, warning: accepted.description?.warning }
}

/** A file whose form follows every rule. */
interface Candidate {
  readonly file: ReceivedFile
  readonly distribution: Distribution
}

function readForm(form: ReceivedForm): Candidate {
  const { file } = form
  if (!file) return refuseProblems([{ rule: 'form-content', text: 'The upload has no file. Send it as the field content.' }])
  const distribution = distributionOf(file.filename)
  const problems = problemsOfForm({ form, file, distribution })
  return problems.length > 0 || 'problem' in distribution ? refuseProblems(problems) : { file, distribution }
}

/**
 * What the transaction will decide, decided before the archive is opened: what is refused costs little, and stores nothing (T170).
 * Says whether the file is published already, belongs to a release that is, or is the first of one.
 */
async function lookAhead(
  app: App,
  uploader: Uploader,
  candidate: Candidate,
): Promise<'known' | 'next of a release' | 'first of a release'> {
  const { name, version } = candidate.distribution
  const project_id = await projectToUploadTo(app.db, uploader, name)
  refuseForbidden(uploader, { ...useOf(candidate), ...(project_id !== undefined && { project_id }) })
  if (project_id === undefined) await refuseNewProject(app, uploader, name)
  if (await isKnown(app.db, project_id, candidate)) return 'known'
  await refuseOverfull(app.db, app, project_id, candidate.file)
  return project_id !== undefined && (await hasRelease(app.db, project_id, version)) ? 'next of a release' : 'first of a release'
}

async function refuseNewProject(app: App, uploader: Uploader, name: NormalizedName): Promise<void> {
  const reserved = reservedProblem(name)
  if (reserved) refuseProblems([reserved])
  await takeHit(app, uploader, 'new_project', uploader.user_id)
}

/** What the token is used for. */
const useOf = ({ file, distribution }: Candidate) => ({ sha256: file.sha256, version: versionText(distribution.version) })

/** Only the first file of a release describes it. */
async function inspect(app: App, uploader: Uploader, { file, distribution }: Candidate, outlook: string): Promise<Accepted> {
  const { problems, metadata, sidecar } = await app.inspector.inspect(file.path, file.filename)
  if (problems.length > 0 || !metadata) return refuseProblems(problems)
  const description = outlook === 'first of a release' ? await describe(app, uploader, metadata) : undefined
  return { file, distribution, metadata, sidecar: sidecar && { key: contentKeyOf(sidecar), bytes: sidecar }, description }
}

async function describe({ renderer }: App, { user_id }: Uploader, { description = '', description_content_type }: CoreMetadata) {
  return description.trim() ? renderer.render(description, description_content_type, user_id) : { html: '' }
}

/** First the bytes, synced; rows that point to them come after. */
async function storeBytes(app: App, { file, sidecar }: Accepted): Promise<void> {
  const key = parseContentKey(file.sha256)
  if (!key) throw new Error('A digest that is none')
  await Promise.all([app.files.put(key, file.path), sidecar && app.files.put(sidecar.key, sidecar.bytes)])
}

/** Writes project, release and file, or nothing. Says whether the file is new. */
async function commit(db: Tx, app: App, uploader: Uploader, accepted: Accepted): Promise<boolean> {
  const { file, metadata } = accepted
  const { project } = await projectForUpload(db, uploader, metadata.name)
  await authorizeUpload(db, { ...uploader, at: app.clock() }, { ...useOf(accepted), project_id: project.id })
  if (await isKnown(db, project.id, accepted)) return false
  await refuseOverfull(db, app, project.id, file)
  const release = await releaseFor(db, app, uploader, project, accepted)
  if (!(await insertFile(db, rowOf(uploader, project, release, accepted)))) return refuseProblems([alreadyExists(file.filename)])
  await record(db, uploader, 'file:uploaded', { project_id: project.id, filename: file.filename, sha256: file.sha256, size: file.size })
  await noteChange(db, project.id, metadata.name)
  return true
}

/** The same bytes under the same name are no news; any other twin is refused (UP-61 to UP-63, T162). */
async function isKnown(db: Database, project_id: string | undefined, { file, distribution }: Candidate): Promise<boolean> {
  const twins = await listTwins(db, file.filename, distribution.slot, file.sha256)
  const known = twins.find(({ filename }) => filename === file.filename) ?? twins[0]
  if (!known) return false
  if (known.filename === file.filename && known.sha256 === file.sha256 && known.project_id === project_id) return true
  return refuseProblems([alreadyExists(known.filename)])
}

/** Clients look for its first words (standards.md §3.3). */
const alreadyExists = (filename: string): Problem => ({
  rule: 'file-exists',
  text: `File already exists: ${filename} is published with the same name, tags or content. A published file never changes; upload a new version.`,
})

/** UP-59 */
async function refuseOverfull(db: Database, app: App, project_id: string | undefined, file: ReceivedFile): Promise<void> {
  const most = app.config.max_project_size
  if (most === Infinity || (await sumSizes(db, project_id ?? '')) + file.size <= most) return
  refuseProblems([
    {
      rule: 'project-size',
      text: `The project would grow beyond the ${most} bytes that this index takes. Ask its administrators for more.`,
    },
  ])
}

/** The release that the file belongs to; of a new one everybody who may change the project is told (D14). */
async function releaseFor(
  db: Tx,
  app: App,
  uploader: Uploader,
  project: Project,
  { metadata, description }: Accepted,
): Promise<UsedRelease> {
  const { release, isNew } = await openRelease(db, uploader, project, metadata, description?.html)
  if (!isNew) return release
  const notice = releasePublished(app.config, uploader, metadata.name, release.version)
  for (const { user_id } of await peopleOf(db, project)) await notify(db, app, user_id, notice, uploader.at)
  return release
}

function rowOf(
  { user_id, at }: Uploader,
  project: Project,
  release: UsedRelease,
  { file, distribution, metadata, sidecar }: Accepted,
): File {
  const { filename, size, sha256, blake2_256, md5 } = file
  return {
    id: uuidv7(at),
    project_id: project.id,
    release_id: release.id,
    filename,
    slot: distribution.slot,
    kind: distribution.kind,
    size,
    sha256,
    blake2_256,
    md5,
    metadata_sha256: sidecar?.key ?? null,
    metadata_size: sidecar?.bytes.length ?? null,
    requires_python: metadata.requires_python ?? null,
    yanked_at: null,
    yanked_reason: null,
    uploaded_by: user_id,
    created_at: at,
  }
}

function refuseProblems(problems: readonly Problem[]): never {
  return refuse('file_refused', { problems })
}
