import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { transaction } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'
import { hours, type Instant, minutes, seconds } from '../lib/time.ts'
import { freshDatabase } from '../testing/database.ts'
import { type ClaimedJob, claim, defineJob, enqueue, finish, renew, repeat, retry, schedule } from './queue.ts'

const start = Date.UTC(2026, 10, 22)
const job = defineJob('thing:do', z.object({ n: z.number() }), async () => undefined)

async function queue(jobs = 1) {
  const { db, drop } = await freshDatabase()
  await migrate(db, start)
  await transaction(db, async (db) => {
    for (let n = 0; n < jobs; n++) await enqueue(db, job, { n }, start + n)
  })
  const take = async (now: Instant): Promise<ClaimedJob> => (await claim(db, now)) ?? assert.fail('nothing is due')
  const rows = () => db.selectFrom('jobs').selectAll().execute()
  return { db, take, rows, [Symbol.asyncDispose]: drop }
}

test('a job is due at its time, the oldest one first', async () => {
  await using at = await queue(2)
  assert.equal(await claim(at.db, start - 1), undefined)
  assert.deepEqual((await at.take(start + 5)).payload, '{"n":0}')
  assert.deepEqual((await at.take(start + 5)).payload, '{"n":1}')
  assert.equal(await claim(at.db, start + 5), undefined)
})

test('a lane is the jobs of some names, or all the others', async () => {
  await using at = await queue(1)
  const names = [job.name]
  assert.equal(await claim(at.db, start, { names: ['other:do'], takes: 'in' }), undefined)
  assert.equal(await claim(at.db, start, { names, takes: 'not in' }), undefined)
  assert.equal((await claim(at.db, start, { names, takes: 'in' }))?.name, job.name)
  await schedule(at.db, 'other:do', start)
  assert.equal((await claim(at.db, start, { names, takes: 'not in' }))?.name, 'other:do')
})

test('workers that ask at once get a job each, and none gets that of another', async () => {
  await using at = await queue(20)
  const claimed = await Promise.all(Array.from({ length: 30 }, () => claim(at.db, start + 100)))
  const ids = claimed.flatMap((job) => job?.id ?? [])
  const rest: string[] = []
  for (let job = await claim(at.db, start + 100); job; job = await claim(at.db, start + 100)) rest.push(job.id) // whom a lock turned away
  assert.equal(new Set([...ids, ...rest]).size, 20)
  assert.equal(ids.length + rest.length, 20)
})

test('a job whose process is silent for five minutes goes to another one', async () => {
  await using at = await queue()
  const first = await at.take(start)
  assert.equal(await claim(at.db, start + minutes(5) - 1), undefined)
  const second = await at.take(start + minutes(5))
  assert.deepEqual([second.id, second.attempts], [first.id, 2])
})

test('a renewed lease lasts on; one that was lost can’t be renewed', async () => {
  await using at = await queue()
  const first = await at.take(start)
  const renewed = (await renew(at.db, first, start + minutes(4))) ?? assert.fail()
  assert.equal(await claim(at.db, start + minutes(8)), undefined)
  await at.take(start + minutes(9))
  assert.equal(await renew(at.db, renewed, start + minutes(9)), undefined)
})

test('whoever ends late, done or failed, leaves a job alone that another process runs', async () => {
  await using at = await queue()
  const late = await at.take(start)
  const second = await at.take(start + minutes(5))
  const now = start + minutes(6)
  assert.deepEqual(
    [await finish(at.db, late), await repeat(at.db, late, now), await retry(at.db, late, { error: 'no', now, repeated: false })],
    [false, false, 'taken'],
  )
  assert.deepEqual(await at.rows(), [second])
  assert.equal(await finish(at.db, second), true)
  assert.deepEqual(await at.rows(), [])
})

/** Lets the job fail until it is given up, or `most` times. */
async function failOn({ db, take, rows }: Awaited<ReturnType<typeof queue>>, repeated: boolean, most: number) {
  const waits: Instant[] = []
  let now = start
  for (let outcome = ''; outcome !== 'given up' && waits.length < most; ) {
    outcome = await retry(db, await take(now), { error: `failure ${waits.length + 1}`, now, repeated })
    const [{ run_at } = { run_at: 0 }] = await rows()
    waits.push(run_at - now)
    now = run_at
  }
  return { waits, now }
}

test('a failed job waits 2 s, 4 s, 8 s … at most an hour, and is given up after 60 failures with its error', async () => {
  await using at = await queue()
  const { waits, now } = await failOn(at, false, 100)
  assert.deepEqual(waits.slice(0, 4), [2, 4, 8, 16].map(seconds))
  assert.deepEqual([waits.length, Math.max(...waits)], [60, hours(1)])
  assert.equal(await claim(at.db, now + hours(1000)), undefined)
  const [row] = await at.rows()
  assert.deepEqual([row?.last_error, row?.attempts, row?.failed_at !== null], ['failure 60', 60, true])
})

test('a repeated job is never given up; between its tries is an hour at most', async () => {
  await using at = await queue(0)
  await schedule(at.db, job.name, start)
  const { waits, now } = await failOn(at, true, 80)
  assert.deepEqual([waits.length, Math.max(...waits)], [80, hours(1)])
  const again = await at.take(now)
  await repeat(at.db, again, now + hours(1))
  const [row] = await at.rows()
  assert.deepEqual([row?.attempts, row?.last_error, row?.run_at], [0, null, now + hours(1)])
})

test('to schedule again changes nothing, except that a job which was given up begins anew', async () => {
  await using at = await queue(0)
  await schedule(at.db, job.name, start)
  await schedule(at.db, job.name, start + 5)
  assert.deepEqual(
    (await at.rows()).map(({ id, run_at }) => [id, run_at]),
    [[job.name, start]],
  )
  const { now } = await failOn(at, false, 100)
  await schedule(at.db, job.name, now + 7)
  assert.deepEqual((await at.take(now + 7)).attempts, 1)
})

test('a job commits with its cause, or not at all', async () => {
  await using at = await queue(0)
  const failing = transaction(at.db, async (db) => {
    await enqueue(db, job, { n: 1 }, start)
    throw new Error('changed my mind')
  })
  await assert.rejects(failing, /changed my mind/)
  assert.deepEqual(await at.rows(), [])
})
