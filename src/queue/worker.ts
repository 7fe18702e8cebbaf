import { setTimeout } from 'node:timers/promises'
import type { App } from '../app.ts'
import type { Instant } from '../lib/time.ts'
import { type ClaimedJob, claim, finish, type Job, repeat, retry, schedule } from './queue.ts'

/** Every job there is, and which of them run again and again (`every` milliseconds). */
export interface Work {
  readonly jobs: readonly Job<never>[]
  readonly schedules: readonly { readonly name: string; readonly every: Instant }[]
}

/** How often an idle worker looks for work. */
const pause = 250

/** Works on due jobs, one after the other, until `stop`, which waits for the job at hand. */
export async function startWorker(app: App, work: Work): Promise<{ stop: () => Promise<void> }> {
  for (const { name } of work.schedules) await schedule(app.db, name, app.clock())
  const ending = new AbortController()
  const done = loop(app, work, ending.signal)
  return {
    stop: () => {
      ending.abort()
      return done
    },
  }
}

/** Runs what is due now, until nothing is, or until `ending`. */
export async function runDueJobs(app: App, work: Work, ending?: AbortSignal): Promise<void> {
  while (!ending?.aborted && (await runNext(app, work)));
}

async function loop(app: App, work: Work, ending: AbortSignal): Promise<void> {
  while (!ending.aborted) {
    await runDueJobs(app, work, ending).catch((error: unknown) => complain(app, 'The job queue can’t be read', error))
    await setTimeout(pause, undefined, { signal: ending }).catch(() => undefined)
  }
}

async function runNext(app: App, work: Work): Promise<boolean> {
  const claimed = await claim(app.db, app.clock())
  if (!claimed) return false
  try {
    const job = work.jobs.find(({ name }) => name === claimed.name)
    if (!job) throw new Error(`No job is called ${claimed.name}`)
    await job.run(app, claimed.payload, app.clock())
    await settle(app, work, claimed)
  } catch (error) {
    const givenUp = await retry(app.db, claimed, String(error), app.clock())
    complain(
      app,
      givenUp ? `The job ${claimed.name} was given up` : `The job ${claimed.name} failed and will be tried again`,
      error,
      claimed.id,
    )
  }
  return true
}

async function settle(app: App, work: Work, { id, name }: ClaimedJob): Promise<void> {
  const repeated = work.schedules.find((schedule) => schedule.name === id)
  if (repeated) return repeat(app.db, id, app.clock() + repeated.every)
  await finish(app.db, id)
  app.log({ level: 'info', message: 'Job done', job: name, job_id: id })
}

function complain(app: App, message: string, error: unknown, job_id?: string): void {
  app.log({ level: 'error', message, error: error instanceof Error ? (error.stack ?? error.message) : String(error), job_id })
}
