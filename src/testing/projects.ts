import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import type { App } from '../app.ts'
import { type Tx, transaction } from '../db/database.ts'
import { ordersOf } from '../features/releases/releases.ts'
import { type ContentKey, contentKeyOf } from '../files/files.ts'
import { fileUrl } from '../lib/file-url.ts'
import { lookalikeKey, type NormalizedName, normalize, parseProjectName } from '../lib/names.ts'
import { parseVersion, versionKey, versionText } from '../lib/pep440.ts'
import { uuidv7 } from '../lib/uuid.ts'

export interface FileOptions {
  readonly project?: string
  readonly version?: string
  /** By default a wheel of that project and version. */
  readonly filename?: string
  readonly bytes?: Uint8Array
  /** The METADATA of a wheel; without it there is no sidecar. */
  readonly metadata?: string
  readonly requires_python?: string
  /** The reason, or `true` without one. */
  readonly yanked?: string | true
}

/** Writes a file, its release and project, and stores its bytes, as an upload would have; tells where it is fetched. */
export async function addFile(app: App, options: FileOptions = {}) {
  const { project = 'demo', version = '1.0', bytes = Buffer.from('not really a wheel'), metadata, requires_python = null, yanked } = options
  const name = normalize(parseProjectName(project) ?? fail(project))
  const filename = options.filename ?? `${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`
  const sha256 = await store(app, bytes)
  const sidecar = metadata === undefined ? undefined : Buffer.from(metadata)
  const metadata_sha256 = sidecar ? await store(app, sidecar) : null
  const at = app.clock()
  await transaction(app.db, async (db) => {
    const project_id = await touchProject(db, project, name, at)
    const file = {
      id: uuidv7(at),
      project_id,
      release_id: await touchRelease(db, project_id, version, at),
      filename,
      slot: filename,
      kind: filename.endsWith('.whl') ? ('bdist_wheel' as const) : ('sdist' as const),
      size: bytes.length,
      sha256,
      blake2_256: createHash('blake2b512').update(bytes).digest('hex').slice(0, 64),
      md5: createHash('md5').update(bytes).digest('hex'),
      metadata_sha256,
      metadata_size: sidecar?.length ?? null,
      requires_python,
      yanked_at: yanked ? at : null,
      yanked_reason: typeof yanked === 'string' ? yanked : null,
      uploaded_by: null,
      created_at: at,
    }
    await db.insertInto('files').values(file).execute()
  })
  app.index.forget(name)
  const url = fileUrl(app.config.files_url, { sha256, filename })
  return { filename, sha256, url, path: url.slice(app.config.site_url.length), created_at: at }
}

async function store(app: App, bytes: Uint8Array): Promise<ContentKey> {
  const [key, path] = [contentKeyOf(bytes), app.files.temporary()]
  await writeFile(path, bytes)
  await app.files.put(key, path)
  return key
}

/** A project without files, or one that has them and changes: the index's serial goes on by one. */
export async function touchProject(db: Tx, project: string, name: NormalizedName, at: number): Promise<string> {
  const { serial } = await db
    .updateTable('index_state')
    .set((row) => ({ serial: row('serial', '+', 1) }))
    .returning('serial')
    .executeTakeFirstOrThrow()
  const row = {
    id: uuidv7(at),
    name: project,
    normalized_name: name,
    lookalike_key: lookalikeKey(name),
    last_serial: serial,
    created_at: at,
  }
  const known = db
    .insertInto('projects')
    .values(row)
    .onConflict((on) => on.column('normalized_name').doUpdateSet({ last_serial: serial }))
  return (await known.returning('id').executeTakeFirstOrThrow()).id
}

async function touchRelease(db: Tx, project_id: string, text: string, at: number): Promise<string> {
  const version = parseVersion(text) ?? fail(text)
  const row = {
    id: uuidv7(at),
    project_id,
    version: versionText(version),
    version_key: versionKey(version),
    ...ordersOf(version),
    metadata: '{}',
    description_html: '',
    created_at: at,
  }
  const known = db
    .insertInto('releases')
    .values(row)
    .onConflict((on) => on.columns(['project_id', 'version_key']).doUpdateSet({ created_at: at }))
  return (await known.returning('id').executeTakeFirstOrThrow()).id
}

function fail(text: string): never {
  throw new Error(`A test asks for ${text}`)
}
