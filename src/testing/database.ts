import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type Database, openDatabase } from '../db/database.ts'

/** An empty database of the kind under test: a file, or one more in the server at TEST_DATABASE_URL. `drop` closes it first. */
export async function freshDatabase(): Promise<{ db: Database; url: string; drop: () => Promise<void> }> {
  const server = process.env.TEST_DATABASE_URL
  return server === undefined ? freshFile() : freshOnServer(server)
}

async function freshFile() {
  const folder = await mkdtemp(join(tmpdir(), 'wheelkeep-'))
  const url = `sqlite:${join(folder, 'test.db')}`
  const db = openDatabase(url)
  return {
    db,
    url,
    drop: async () => {
      await db.destroy()
      await rm(folder, { recursive: true })
    },
  }
}

async function freshOnServer(server: string) {
  const name = `t${randomUUID().replaceAll('-', '')}`
  const url = new URL(server)
  url.pathname = name
  await onServer(server, `create database ${name}`)
  const db = openDatabase(url.href)
  return {
    db,
    url: url.href,
    drop: async () => {
      await db.destroy()
      await onServer(server, `drop database ${name}`)
    },
  }
}

async function onServer(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.query(statement)
  await client.end()
}
