import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PoolTask } from '../testing/pool-worker.ts'
import { openPool, type Pool, type PoolOptions, scriptBeside } from './pool.ts'

const script = new URL('../testing/pool-worker.ts', import.meta.url)

async function withPool(options: Partial<PoolOptions>, work: (pool: Pool<PoolTask, string>) => Promise<void>): Promise<void> {
  const pool = openPool<PoolTask, string>({
    script,
    threads: 1,
    queue: 10,
    budget: 60_000,
    limits: { maxOldGenerationSizeMb: 64 },
    ...options,
  })
  try {
    await work(pool)
  } finally {
    await pool.close()
  }
}

test('tasks are answered, each with its own answer, by the same thread', () =>
  withPool({}, async (pool) => {
    const outcomes = await Promise.all(['a', 'b', 'c'].map((echo) => pool.run({ echo })))
    assert.deepEqual(outcomes, [
      { ok: true, answer: 'a' },
      { ok: true, answer: 'b' },
      { ok: true, answer: 'c' },
    ])
    assert.deepEqual(await pool.run({ count: true }), { ok: true, answer: '4' })
  }))

test('T171: a task that never ends is stopped at its budget, and the next one gets a new thread', () =>
  withPool({ budget: 300 }, async (pool) => {
    const [endless, next] = await Promise.all([pool.run({ spin: true }), pool.run({ count: true })])
    assert.deepEqual(endless, { ok: false, why: 'overrun' })
    assert.deepEqual(next, { ok: true, answer: '1' })
  }))

test('a task that throws is a crash with its error, and the next one gets a new thread', () =>
  withPool({}, async (pool) => {
    const [crash, next] = await Promise.all([pool.run({ fail: 'so it goes' }), pool.run({ count: true })])
    assert.ok(!crash.ok && crash.why === 'crash' && crash.error instanceof Error)
    assert.equal(crash.error.message, 'so it goes')
    assert.deepEqual(next, { ok: true, answer: '1' })
  }))

test('a task that ends its thread or fills the memory is a crash, and the next one gets a new thread', () =>
  withPool({ limits: { maxOldGenerationSizeMb: 16 } }, async (pool) => {
    for (const task of [{ leave: true }, { fill: true }] as const) {
      const outcome = await pool.run(task)
      assert.equal(!outcome.ok && outcome.why, 'crash')
      assert.deepEqual(await pool.run({ count: true }), { ok: true, answer: '1' })
    }
  }))

test('a task that finds the queue full is answered busy at once', () =>
  withPool({ budget: 300, queue: 1 }, async (pool) => {
    await pool.run({ echo: 'the thread is ready' })
    const running = pool.run({ spin: true })
    const waiting = pool.run({ echo: 'waits' })
    assert.deepEqual(await pool.run({ echo: 'one too many' }), { ok: false, why: 'busy' })
    assert.deepEqual(await running, { ok: false, why: 'overrun' })
    assert.deepEqual(await waiting, { ok: true, answer: 'waits' })
  }))

test('two threads work at the same time', () =>
  withPool({ threads: 2, budget: 10_000 }, async (pool) => {
    const endless = pool.run({ spin: true })
    assert.deepEqual(await pool.run({ echo: 'meanwhile' }), { ok: true, answer: 'meanwhile' })
    await pool.close()
    assert.deepEqual(await endless, { ok: false, why: 'closed' })
  }))

test('closing answers what runs, what waits and what comes later', () =>
  withPool({}, async (pool) => {
    const jobs = [pool.run({ spin: true }), pool.run({ echo: 'waits' })]
    await pool.close()
    assert.deepEqual(await Promise.all([...jobs, pool.run({ echo: 'late' })]), Array(3).fill({ ok: false, why: 'closed' }))
  }))

test('a file that cannot start is a crash for each task, not a hang', () =>
  withPool({ script: new URL('./missing.ts', import.meta.url), threads: 2 }, async (pool) => {
    for (const _ of [1, 2]) {
      const outcome = await pool.run({ echo: 'nobody' })
      assert.equal(!outcome.ok && outcome.why, 'crash')
    }
  }))

test('scriptBeside: the ending of the module that asks', () => {
  assert.equal(scriptBeside('file:///app/src/a/render.ts', 'render-worker').href, 'file:///app/src/a/render-worker.ts')
  assert.equal(scriptBeside('file:///app/dist/a/render.js', 'render-worker').href, 'file:///app/dist/a/render-worker.js')
})
