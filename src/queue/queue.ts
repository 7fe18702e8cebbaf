import { type ExpressionBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { App } from '../app.ts'
import { type Database, isPostgres, type Tx } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'
import { type Instant, minutes, seconds } from '../lib/time.ts'
import { uuidv7 } from '../lib/uuid.ts'

/** A kind of background work: its name (`subject:verb`) and what it does. It may run twice: after a crash it starts again. */
export interface Job<in Payload> {
  readonly name: string
  readonly pack: (payload: Payload) => string
  readonly run: (app: App, packed: string, at: Instant) => Promise<void>
}

export type ClaimedJob = Schema['jobs']

/** The jobs of some names, or all others. */
export interface Lane {
  readonly names: readonly string[]
  readonly takes: 'in' | 'not in'
}

const everything: Lane = { names: [], takes: 'not in' }

/** `schema` proves, before `run`, what was read back from the table. */
export const defineJob = <Payload>(
  name: string,
  schema: z.ZodType<Payload>,
  run: (app: App, payload: Payload, at: Instant) => Promise<void>,
): Job<Payload> => ({
  name,
  pack: (payload) => JSON.stringify(payload),
  run: (app, packed, at) => run(app, schema.parse(JSON.parse(packed)), at),
})

/** Leaves work for later in the transaction of its cause: both commit, or neither does. `run_at`: not before. */
export async function enqueue<Payload>(tx: Tx, job: Job<Payload>, payload: Payload, run_at: Instant): Promise<void> {
  const row = { id: uuidv7(run_at), name: job.name, payload: job.pack(payload), run_at, attempts: 0 }
  await tx.insertInto('jobs').values(row).execute()
}

/** Makes sure that a repeated job stands in the table once, under its own name, and alive: one that was given up begins anew. */
export async function schedule(db: Database, name: string, run_at: Instant): Promise<void> {
  const row = { id: name, name, payload: '{}', run_at, attempts: 0 }
  await db
    .insertInto('jobs')
    .values(row)
    .onConflict((on) => on.column('id').doUpdateSet({ run_at, attempts: 0, failed_at: null }).where('jobs.failed_at', 'is not', null))
    .execute()
}

/** How long a process may be silent about a job before another one takes it for dead. */
const lease = minutes(5)

/** How often a process says that it still works on a job: some of these may fail. */
export const renewal = minutes(1)

/** Takes the next due job (of the lane) for this process, or nothing. Two workers never get the same one while its lease lasts. */
export function claim(db: Database, now: Instant, lane: Lane = everything): Promise<ClaimedJob | undefined> {
  const next = db
    .selectFrom('jobs')
    .select('id')
    .where('run_at', '<=', now)
    .where('failed_at', 'is', null)
    .where('name', lane.takes, ['', ...lane.names]) // PostgreSQL knows no empty list
    .where((where) => where.or([where('leased_until', 'is', null), where('leased_until', '<=', now)]))
    .orderBy('run_at')
    .limit(1)
    .$if(isPostgres(db), (query) => query.forUpdate().skipLocked())
  return db
    .updateTable('jobs')
    .set({ leased_until: now + lease, attempts: sql`attempts + 1` })
    .where('id', '=', next)
    .returningAll()
    .executeTakeFirst()
}

/** Keeps the job for this process. Hands it back with its new lease, or nothing if another process has taken it. */
export const renew = (db: Database, job: ClaimedJob, now: Instant): Promise<ClaimedJob | undefined> =>
  db
    .updateTable('jobs')
    .set({ leased_until: now + lease })
    .where(isHeld(job))
    .returningAll()
    .executeTakeFirst()

/** The job is done. This, `repeat` and `retry` change nothing, and say so, if another process has taken the job meanwhile. */
export async function finish(db: Database, job: ClaimedJob): Promise<boolean> {
  const done = await db.deleteFrom('jobs').where(isHeld(job)).executeTakeFirst()
  return done.numDeletedRows === 1n
}

export async function repeat(db: Database, job: ClaimedJob, run_at: Instant): Promise<boolean> {
  const row = { run_at, attempts: 0, leased_until: null, last_error: null }
  const done = await db.updateTable('jobs').set(row).where(isHeld(job)).executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** After that many failures, about two days in, a job stays in the table for a person to look at. */
const mostAttempts = 60

/** Puts a failed job back: 2 s, 4 s, 8 s … up to an hour between tries. One that is `repeated` is never given up. */
export async function retry(
  db: Database,
  job: ClaimedJob,
  { error, now, repeated }: { error: string; now: Instant; repeated: boolean },
): Promise<'later' | 'given up' | 'taken'> {
  const isLast = !repeated && job.attempts >= mostAttempts
  const run_at = now + Math.min(seconds(2 ** job.attempts), minutes(60))
  const row = { run_at, leased_until: null, last_error: error.slice(0, 500), failed_at: isLast ? now : null }
  const done = await db.updateTable('jobs').set(row).where(isHeld(job)).executeTakeFirst()
  if (done.numUpdatedRows === 0n) return 'taken'
  return isLast ? 'given up' : 'later'
}

/** Whoever takes a job over gets a later lease, so that it tells whose the job is. */
const isHeld = (job: ClaimedJob) => (where: ExpressionBuilder<Schema, 'jobs'>) =>
  where.and([where('id', '=', job.id), where('leased_until', '=', job.leased_until)])
