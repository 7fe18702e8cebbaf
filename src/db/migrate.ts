import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Instant } from '../lib/time.ts'
import { type Database, isPostgres, type Tx, transaction } from './database.ts'

const folder = new URL('../../migrations/', import.meta.url)

/**
 * Applies what is new in `migrations/`, in the order of names, all or nothing, and notes each with its hash. Refuses to go on
 * if a file that was applied has changed since. Returns the names applied. Two processes that start at once don't collide.
 */
export async function migrate(db: Database, at: Instant): Promise<string[]> {
  const files = await migrations()
  return transaction(db, async (db) => {
    if (isPostgres(db)) await sql`select pg_advisory_xact_lock(8400)`.execute(db)
    await sql`create table if not exists migrations (name text primary key, sha256 text not null, applied_at bigint not null)`.execute(db)
    const applied = new Map((await db.selectFrom('migrations').selectAll().execute()).map((row) => [row.name, row.sha256]))
    const changed = files.find(({ name, sha256 }) => applied.has(name) && applied.get(name) !== sha256)
    if (changed) throw new Error(`${changed.name} has changed since it was applied: migrations are append-only`)
    const fresh = files.filter(({ name }) => !applied.has(name))
    for (const { name, text, sha256 } of fresh) {
      await run(db, text)
      await db.insertInto('migrations').values({ name, sha256, applied_at: at }).execute()
    }
    return fresh.map(({ name }) => name)
  })
}

async function migrations(): Promise<{ name: string; text: string; sha256: string }[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, folder), 'utf8')
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

/** better-sqlite3 prepares one statement at a time; each of ours ends with a semicolon at the end of a line. */
async function run(db: Tx, text: string): Promise<void> {
  for (const statement of text.split(/;\s*$/m)) {
    if (statement.trim()) await sql.raw(statement).execute(db)
  }
}
