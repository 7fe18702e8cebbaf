import { setTimeout } from 'node:timers/promises'
import type { App } from '../app.ts'
import type { Instant } from '../lib/time.ts'
import { type ClaimedJob, claim, finish, type Job, type Lane, renew, renewal, repeat, retry, schedule } from './queue.ts'

/**
 * Every job there is. Those of `express` wait for none of the others: each process does one of them at a time, and one of the `jobs`
 * beside it. `schedules`: which run again and again (`every` milliseconds).
 */
export interface Work {
  readonly express: readonly Job<never>[]
  readonly jobs: readonly Job<never>[]
  readonly schedules: readonly { readonly name: string; readonly every: Instant }[]
}

/** How often an idle worker looks for work. */
const pause = 250

/** Works on due jobs, in each lane one after the other, until `stop`, which waits for those at hand. */
export async function startWorker(app: App, work: Work): Promise<{ stop: () => Promise<void> }> {
  for (const { name } of work.schedules) await schedule(app.db, name, app.clock())
  const ending = new AbortController()
  const names = work.express.map(({ name }) => name)
  const lanes = (['in', 'not in'] as const).map((takes) => loop(app, work, { names, takes }, ending.signal))
  return {
    stop: async () => {
      ending.abort()
      await Promise.all(lanes)
    },
  }
}

/** Runs what is due now (in one lane, or all of it), one after the other, until nothing is, or until `ending`. */
export async function runDueJobs(app: App, work: Work, lane?: Lane, ending?: AbortSignal): Promise<void> {
  while (!ending?.aborted && (await runNext(app, work, lane)));
}

async function loop(app: App, work: Work, lane: Lane, ending: AbortSignal): Promise<void> {
  while (!ending.aborted) {
    await runDueJobs(app, work, lane, ending).catch((error: unknown) => complain(app, 'The job queue can’t be read', error))
    await setTimeout(pause, undefined, { signal: ending }).catch(() => undefined)
  }
}

/** Runs the next due job, and says whether there was one. */
async function runNext(app: App, work: Work, lane?: Lane): Promise<boolean> {
  const claimed = await claim(app.db, app.clock(), lane)
  if (!claimed) return false
  const renewals = renewOn(app, claimed)
  const failure = await run(app, work, claimed)
  const job = await renewals.end()
  await (failure ? putBack(app, work, job, failure.error) : settle(app, work, job))
  return true
}

/** Renews the lease of a job again and again. `end` hands the job back with the lease that it has then. */
function renewOn(app: App, claimed: ClaimedJob): { end: () => Promise<ClaimedJob> } {
  let renewing = Promise.resolve(claimed)
  const clock = setInterval(() => {
    renewing = renewing.then((job) => renewOnce(app, job))
  }, renewal)
  return {
    end: () => {
      clearInterval(clock)
      return renewing
    },
  }
}

/** A lease that was lost stays as it was: so nobody takes the job for ours. */
async function renewOnce(app: App, job: ClaimedJob): Promise<ClaimedJob> {
  try {
    return (await renew(app.db, job, app.clock())) ?? job
  } catch (error) {
    complain(app, `The lease of the job ${job.name} could not be renewed`, error, job.id)
    return job
  }
}

/** Hands back what went wrong, if anything did. */
async function run(app: App, { express, jobs }: Work, { name, payload }: ClaimedJob): Promise<{ error: unknown } | undefined> {
  try {
    const job = [...express, ...jobs].find((job) => job.name === name)
    if (!job) throw new Error(`No job is called ${name}`)
    await job.run(app, payload, app.clock())
    return undefined
  } catch (error) {
    return { error }
  }
}

async function settle(app: App, work: Work, job: ClaimedJob): Promise<void> {
  const { id, name } = job
  const repeated = scheduleOf(work, job)
  const isOurs = repeated ? await repeat(app.db, job, app.clock() + repeated.every) : await finish(app.db, job)
  if (!isOurs)
    app.log({ level: 'warning', message: 'A job was done, but another process has taken it: it runs twice', job: name, job_id: id })
  else if (!repeated) app.log({ level: 'info', message: 'Job done', job: name, job_id: id })
}

async function putBack(app: App, work: Work, job: ClaimedJob, error: unknown): Promise<void> {
  const repeated = scheduleOf(work, job) !== undefined
  const outcome = await retry(app.db, job, { error: String(error), now: app.clock(), repeated })
  complain(app, `The job ${job.name} ${outcomes[outcome]}`, error, job.id)
}

const scheduleOf = ({ schedules }: Work, { id }: ClaimedJob) => schedules.find(({ name }) => name === id)

const outcomes = {
  later: 'failed and will be tried again',
  'given up': 'was given up',
  taken: 'failed, but another process has taken it',
}

function complain(app: App, message: string, error: unknown, job_id?: string): void {
  app.log({ level: 'error', message, error: error instanceof Error ? (error.stack ?? error.message) : String(error), job_id })
}
