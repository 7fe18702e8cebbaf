import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import type { App } from '../app.ts'
import { transaction } from '../db/database.ts'
import { hours, minutes } from '../lib/time.ts'
import { testApp } from '../testing/app.ts'
import { claim, defineJob, enqueue, type Job } from './queue.ts'
import { runDueJobs, startWorker, type Work } from './worker.ts'

/** Jobs that note what they did, in an application, and those that wait until they are let go. */
async function start() {
  const app = await testApp()
  const done: string[] = []
  const begun = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const Words = z.object({ words: z.string() })
  const note = defineJob('words:note', Words, async (_, { words }) => void done.push(words))
  const hold = defineJob('words:hold', Words, async (_, { words }) => {
    begun.resolve()
    await gate.promise
    done.push(words)
  })
  const fail = defineJob('words:fail', Words, async (_, { words }) => {
    throw new Error(words)
  })
  const add = (job: Job<{ words: string }>, words: string): Promise<void> =>
    transaction(app.db, (db) => enqueue(db, job, { words }, app.now()))
  const work: Work = { express: [], jobs: [note, hold, fail], schedules: [] }
  const rows = () => app.db.selectFrom('jobs').selectAll().execute()
  return {
    app,
    done,
    begun: begun.promise,
    letGo: gate.resolve,
    note,
    hold,
    fail,
    add,
    work,
    rows,
    [Symbol.asyncDispose]: app[Symbol.asyncDispose],
  }
}

/** Waits until it is so. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()); tries++) {
    assert.ok(tries < 1000, 'waited in vain')
    await setTimeout(10)
  }
}

test('a started worker does what is due and what becomes so, and a job that is done is gone', async () => {
  await using at = await start()
  await at.add(at.note, 'first')
  const worker = await startWorker(at.app.app, at.work)
  await until(() => at.done.length === 1)
  await at.add(at.note, 'second')
  await until(() => at.done.length === 2)
  await worker.stop()
  assert.deepEqual([at.done, await at.rows()], [['first', 'second'], []])
})

test('two workers do every job once', async () => {
  await using at = await start()
  const words = Array.from({ length: 40 }, (_, n) => `${n}`)
  for (const word of words) await at.add(at.note, word)
  const workers = await Promise.all([1, 2].map(() => startWorker(at.app.app, at.work)))
  await until(async () => (await at.rows()).length === 0)
  for (const worker of workers) await worker.stop()
  assert.deepEqual(at.done.sort(), words.sort())
})

test('what goes by express doesn’t wait for a long job, nor the others for one of these', async () => {
  for (const [express, jobs] of [
    ['note', 'hold'],
    ['hold', 'note'],
  ] as const) {
    await using at = await start()
    await at.add(at.hold, 'long')
    const worker = await startWorker(at.app.app, { express: [at[express]], jobs: [at[jobs]], schedules: [] })
    await at.begun
    await at.add(at.note, 'quick')
    await until(() => at.done.length === 1)
    at.letGo()
    await worker.stop()
    assert.deepEqual(at.done, ['quick', 'long'])
  }
})

test('stop waits for the job at hand, and takes no other', async () => {
  await using at = await start()
  await at.add(at.hold, 'at hand')
  await at.add(at.note, 'next')
  const worker = await startWorker(at.app.app, at.work)
  await at.begun
  let isStopped = false
  const stopped = worker.stop().then(() => {
    isStopped = true
  })
  await setTimeout(50)
  assert.equal(isStopped, false)
  at.letGo()
  await stopped
  assert.deepEqual([at.done, (await at.rows()).map(({ name }) => name)], [['at hand'], ['words:note']])
})

test('a job that fails, or that nobody knows, is logged and tried again later', async () => {
  await using at = await start()
  await at.add(at.fail, 'out of paper')
  await runDueJobs(at.app.app, at.work)
  assert.deepEqual(at.app.takeBugs(), ['The job words:fail failed and will be tried again'])
  const [row] = await at.rows()
  assert.deepEqual([row?.last_error, row?.attempts, row?.leased_until], ['Error: out of paper', 1, null])
  at.app.pass(minutes(1))
  await runDueJobs(at.app.app, { ...at.work, jobs: [] })
  assert.deepEqual(at.app.takeBugs(), ['The job words:fail failed and will be tried again'])
  assert.equal((await at.rows())[0]?.last_error, 'Error: No job is called words:fail')
  await at.app.db.deleteFrom('jobs').execute()
})

test('the lease of a job is renewed while it runs', async (t) => {
  await using at = await start()
  t.mock.timers.enable({ apis: ['setInterval'] })
  await at.add(at.hold, 'long')
  const running = runDueJobs(at.app.app, at.work)
  await at.begun
  for (let spent = 0; spent < 12; spent++) {
    at.app.pass(minutes(1))
    const [before] = await at.rows()
    t.mock.timers.tick(minutes(1))
    await until(async () => (await at.rows())[0]?.leased_until !== before?.leased_until)
    assert.equal(await claim(at.app.db, at.app.now()), undefined)
  }
  at.letGo()
  await running
  assert.deepEqual([at.done, await at.rows()], [['long'], []])
})

test('a job that was taken over meanwhile is left to the other process, and the log says so', async () => {
  for (const fails of [false, true]) {
    await using at = await start()
    const slow = defineJob('words:slow', z.object({ words: z.string() }), async (app: App) => {
      at.app.pass(minutes(5))
      await claim(app.db, at.app.now())
      if (fails) throw new Error('too late')
    })
    await at.add(slow, 'x')
    await runDueJobs(at.app.app, { ...at.work, jobs: [slow] })
    const [row] = await at.rows()
    assert.deepEqual([row?.attempts, row?.last_error], [2, null])
    const warnings = at.app.lines.filter(({ level }) => level === 'warning').map(({ message }) => message)
    assert.deepEqual(warnings, fails ? [] : ['A job was done, but another process has taken it: it runs twice'])
    assert.deepEqual(at.app.takeBugs(), fails ? ['The job words:slow failed, but another process has taken it'] : [])
  }
})

test('a repeated job fails on without an end, and is back in step when it works again', async () => {
  await using at = await start()
  let isBroken = true
  const tend = defineJob('garden:tend', z.object({}), async () => {
    if (isBroken) throw new Error('rain')
  })
  const work: Work = { express: [], jobs: [tend], schedules: [{ name: tend.name, every: hours(6) }] }
  await (await startWorker(at.app.app, work)).stop()
  await at.app.db.updateTable('jobs').set({ attempts: 1000 }).execute()
  await runDueJobs(at.app.app, work)
  assert.deepEqual(at.app.takeBugs(), ['The job garden:tend failed and will be tried again'])
  isBroken = false
  at.app.pass(hours(1))
  await runDueJobs(at.app.app, work)
  const [row] = await at.rows()
  assert.deepEqual([row?.attempts, Math.round(((row?.run_at ?? 0) - at.app.now()) / hours(1))], [0, 6])
})
