import { createHash } from 'node:crypto'
import type { Database } from '../src/db/database.ts'
import type { Schema } from '../src/db/schema.ts'

/** Projects without files, a thousand a statement: `project-1` and so on, each with its number as its serial. */
export async function fillProjects(db: Database, count: number): Promise<void> {
  for (let done = 0; done < count; done += 1000) {
    await db
      .insertInto('projects')
      .values(Array.from({ length: 1000 }, (_, n) => projectRow(done + n + 1)))
      .execute()
  }
  await db.updateTable('index_state').set({ serial: count }).execute()
}

/** Wheels of one of these projects, forty a release; nothing is stored of them but rows. */
export async function fillFiles(db: Database, project_id: string, count: number): Promise<void> {
  for (let release = 0; release < count / 40; release++) {
    const [id, version] = [`${project_id} ${release}`, `1.${release}`]
    const orders = { version_order: version, final_order: version }
    const row = { id, project_id, version, version_key: version, ...orders, metadata: '{}', description_html: '', created_at: 1 }
    await db.insertInto('releases').values(row).execute()
    const files = Array.from({ length: 40 }, (_, n) =>
      fileRow(project_id, id, `${project_id.replace('-', '_')}-${version}-cp3${n}-none-any.whl`),
    )
    await db.insertInto('files').values(files).execute()
  }
}

/** What a publisher does to the index: the project has the next serial. */
export async function touch(db: Database, project_id: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const change = tx.updateTable('index_state').set((row) => ({ serial: row('serial', '+', 1) }))
    const { serial } = await change.returning('serial').executeTakeFirstOrThrow()
    await tx.updateTable('projects').set({ last_serial: serial }).where('id', '=', project_id).execute()
  })
}

function projectRow(n: number): Schema['projects'] {
  const name = `project-${n}`
  return { id: name, name, normalized_name: name, lookalike_key: name, last_serial: n, created_at: n }
}

function fileRow(project_id: string, release_id: string, filename: string): Schema['files'] {
  const sha256 = createHash('sha256').update(filename).digest('hex')
  return {
    id: filename,
    project_id,
    release_id,
    filename,
    slot: filename,
    kind: 'bdist_wheel',
    size: 1000,
    sha256,
    blake2_256: sha256,
    md5: sha256.slice(32),
    metadata_sha256: sha256,
    metadata_size: 100,
    requires_python: '>=3.9',
    yanked_at: null,
    yanked_reason: null,
    uploaded_by: null,
    created_at: 1,
  }
}
