import { setTimeout } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  sql,
  type Transaction,
} from 'kysely'
import pg from 'pg'
import type { Schema } from './schema.ts'

export type Database = Kysely<Schema>
export type Tx = Transaction<Schema>

/** Opens `sqlite:PATH` or `postgres://…`. `onLost` is told of each idle connection that PostgreSQL ends; the next request opens another. */
export function openDatabase(url: string, onLost: (error: Error) => void = () => undefined): Database {
  if (/^postgres(ql)?:/.test(url)) {
    const pool = new pg.Pool({ connectionString: url, types: { getTypeParser } })
    pool.on('error', onLost) // unheard it would end the process
    return new Kysely({ dialect: new PostgresDialect({ pool }) })
  }
  const file = new Sqlite(url.replace(/^sqlite:/, ''))
  // FULL: better-sqlite3 sets NORMAL in WAL mode, where the last commits may be lost with the power (P2).
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'busy_timeout = 5000']) file.pragma(pragma)
  file.pragma('wal_checkpoint') // a killed process may have written a commit that it didn't sync: nobody shall rely on it before it is
  return new Kysely({ dialect: new ImmediateSqliteDialect(file) })
}

/** Kysely prepares each statement each time, which costs more than most of them; ours are few and always the same texts. */
function preparingOnce(file: Sqlite.Database): SqliteDatabase {
  const prepared = new Map<string, Sqlite.Statement>()
  return {
    close: () => void file.close(),
    prepare: (text) => {
      const statement = prepared.get(text) ?? file.prepare(text)
      if (prepared.size < 1000) prepared.set(text, statement)
      return statement
    },
  }
}

/**
 * Runs `work` as if alone, and joins a transaction already open. SQLite takes its one write lock at once. PostgreSQL
 * reads what is committed, so `work` first locks the rows it decides on (`lockRow`). A loser of a conflict is run again:
 * `work` touches nothing but the database.
 */
export async function transaction<T>(db: Database, work: (db: Tx) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db as Tx)
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().setIsolationLevel('read committed').execute(work)
    } catch (error) {
      if (attempt === 5 || !lostConflict(error)) throw error
      await setTimeout(Math.random() * 20 * 2 ** attempt)
    }
  }
}

/** Tables whose rows decisions are made on. */
type LockedTable = 'users' | 'sessions' | 'projects' | 'api_tokens'

/** Makes whoever else locks this row wait until `tx` ends. SQLite has one writer anyway. */
export async function lockRow(tx: Tx, table: LockedTable, id: string): Promise<void> {
  if (isPostgres(tx)) await sql`select 1 from ${sql.table(table)} where id = ${id} for update`.execute(tx)
}

/** Keeps others from changing this row until `tx` ends, but not from sharing it. */
export async function shareRow(tx: Tx, table: LockedTable, id: string): Promise<void> {
  if (isPostgres(tx)) await sql`select 1 from ${sql.table(table)} where id = ${id} for share`.execute(tx)
}

export const isPostgres = (db: Database): boolean => db.getExecutor().adapter instanceof PostgresAdapter

/** Serialization failure, deadlock. */
const lostConflict = (error: unknown): boolean => error instanceof pg.DatabaseError && (error.code === '40001' || error.code === '40P01')

/** PostgreSQL hands `bigint` over as a string; ours are counts and milliseconds, far below 2^53. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text')

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #file: Sqlite.Database
  constructor(file: Sqlite.Database) {
    super({ database: file })
    this.#file = file
  }
  override createDriver(): SqliteDriver {
    return new ImmediateSqliteDriver(this.#file)
  }
}

class ImmediateSqliteDriver extends SqliteDriver {
  readonly #file: Sqlite.Database
  constructor(file: Sqlite.Database) {
    super({ database: preparingOnce(file) })
    this.#file = file
  }
  /** A plain `begin` that reads and then writes fails at once beside another writer (P3). */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
  /** On a full disk SQLite rolls back by itself; to do so again would fail, and hide why. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#file.inTransaction) await super.rollbackTransaction(connection)
  }
}
