import { once } from 'node:events'
import { extname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { failed, type Inspection } from './inspect.ts'

export interface Inspector {
  /** Inspects the file at `path` under its name `filename`; `undefined` when too many wait already, or after `close`. Rejects if our own code failed. */
  inspect(path: string, filename: string): Promise<Inspection | undefined>
  /** Finishes what was asked, takes nothing more, and ends the threads. */
  close(): Promise<void>
}

/** What an inspector may use: milliseconds for one file (D16), files waiting for a thread, MiB of heap for each thread. */
export interface InspectorLimits {
  readonly time: number
  readonly waiting: number
  readonly heap: number
}

/** Starts `threads` workers that inspect uploads, each one file at a time. One that takes too long or dies is replaced (T153). */
export function openInspector(threads: number, limits: Partial<InspectorLimits> = {}): Inspector {
  const { time, waiting, heap } = { time: 60_000, waiting: 256, heap: 256, ...limits }
  const jobs = queue<Job>(waiting)
  const served = Promise.all(Array.from({ length: threads }, () => serve(jobs, time, heap)))
  return {
    inspect: (path, filename) =>
      new Promise((resolve, reject) => {
        if (!jobs.push({ path, filename, resolve, reject })) resolve(undefined)
      }),
    async close() {
      jobs.end()
      await served
    },
  }
}

type Job = { path: string; filename: string; resolve: (inspection: Inspection) => void; reject: (error: unknown) => void }

/** One thread's life: a worker that is ready before the first file comes, and a new one for each that failed. */
async function serve(jobs: Queue<Job>, time: number, heap: number): Promise<void> {
  let worker = start(heap)
  for (let job = await jobs.take(); job; job = await jobs.take()) {
    if (worker.threadId === -1) worker = start(heap) // it died while it waited
    try {
      const inspection = await ask(worker, job, time)
      job.resolve(inspection ?? failed(tooLong))
      if (inspection) continue
    } catch (error) {
      if (isOutOfMemory(error)) job.resolve(failed(tooLarge))
      else job.reject(error)
    }
    await worker.terminate()
    worker = start(heap)
  }
  await worker.terminate()
}

/** The worker beside this file, whether that is source or built. It needs nothing of the arguments this process was started with. */
function start(heap: number): Worker {
  const ending = extname(new URL(import.meta.url).pathname)
  const worker = new Worker(new URL(`./inspect-worker${ending}`, import.meta.url), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heap },
  })
  return worker.on('error', () => {}) // whoever asks next hears of it; unheard it would end this process
}

/** The worker's answer, or `undefined` if there is none in time. */
async function ask(worker: Worker, { path, filename }: Job, time: number): Promise<Inspection | undefined> {
  const answered = new AbortController()
  const { signal } = answered
  try {
    worker.postMessage({ path, filename })
    return await Promise.race([
      once(worker, 'message', { signal }).then(([inspection]) => inspection as Inspection),
      once(worker, 'exit', { signal }).then(() => Promise.reject(new Error('A worker that inspects uploads ended without an answer'))),
      setTimeout(time, undefined, { signal }),
    ])
  } finally {
    answered.abort()
  }
}

const isOutOfMemory = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'

const tooLong = { rule: 'inspection-time', text: 'Reading the archive takes too long. Pack fewer or smaller files.' }
const tooLarge = { rule: 'inspection-memory', text: 'Reading the archive takes too much memory. Pack fewer files.' }

interface Queue<T> {
  /** Whether there was room. */
  push(item: T): boolean
  /** The next item, or `undefined` when there will be none. */
  take(): Promise<T | undefined>
  end(): void
}

/** Hands items to whoever takes one, in order; at most `room` of them wait. */
function queue<T>(room: number): Queue<T> {
  const items: T[] = []
  const takers: ((item: T | undefined) => void)[] = []
  let ended = false
  return {
    push(item) {
      const taker = takers.shift()
      if (taker) taker(item)
      else if (ended || items.length >= room) return false
      else items.push(item)
      return true
    },
    async take() {
      return items.shift() ?? (ended ? undefined : new Promise((resolve) => takers.push(resolve)))
    },
    end() {
      ended = true
      for (const taker of takers.splice(0)) taker(undefined)
    },
  }
}
