import { extname } from 'node:path'
import { parentPort, type ResourceLimits, Worker } from 'node:worker_threads'

export type PoolOptions = {
  /** The file of the worker, which calls `serveTasks`: see `scriptBeside`. */
  script: URL
  /** At most; they start with the work. */
  threads: number
  /** How many tasks may wait for a thread, at least 1: one more is answered `busy`. */
  queue: number
  /** Milliseconds that a task may run, counted from when a thread takes it. */
  budget: number
  limits: ResourceLimits
}

export type Failure = { ok: false; why: 'busy' | 'overrun' | 'closed' } | { ok: false; why: 'crash'; error: unknown }
export type Outcome<Answer> = { ok: true; answer: Answer } | Failure

export type Pool<Task, Answer> = {
  /** Never rejects: a task that throws, runs out of memory or ends its thread is a `crash`. */
  run(task: Task): Promise<Outcome<Answer>>
  /** Ends all threads; what runs or waits is answered `closed`. */
  close(): Promise<void>
}

/**
 * Worker threads for work on hostile input. A thread does one task at a time; one that overruns its budget or crashes is ended
 * and replaced, so that nothing a task did outlives it. Tasks and answers are structured clones.
 */
export function openPool<Task, Answer>(options: PoolOptions): Pool<Task, Answer> {
  const state: State<Task, Answer> = { options, threads: new Set(), waiting: [], closed: false }
  return {
    run: (task) => new Promise((settle) => enqueue(state, { task, settle })),
    close: () => closeAll(state),
  }
}

/** The worker's side: does each task with `work`. To be called when all is loaded, for the budget starts after it. */
export function serveTasks<Task, Answer>(work: (task: Task) => Answer | Promise<Answer>): void {
  const port = parentPort
  if (!port) return
  port.on('message', async (task: Task) => port.postMessage(await work(task)))
  port.postMessage('ready')
}

/** The module `name` in the folder of the module at `url`, with the same ending: `.ts` from the sources, `.js` when built. */
export const scriptBeside = (url: string, name: string): URL => new URL(`./${name}${extname(new URL(url).pathname)}`, url)

type Job<Task, Answer> = { task: Task; settle: (outcome: Outcome<Answer>) => void }
type Thread<Task, Answer> = { worker: Worker; ready: boolean; job?: Job<Task, Answer> | undefined; clock?: NodeJS.Timeout; error?: unknown }
type State<Task, Answer> = { options: PoolOptions; threads: Set<Thread<Task, Answer>>; waiting: Job<Task, Answer>[]; closed: boolean }

function enqueue<Task, Answer>(state: State<Task, Answer>, job: Job<Task, Answer>): void {
  const full = state.waiting.length >= state.options.queue
  if (state.closed || full) {
    job.settle({ ok: false, why: state.closed ? 'closed' : 'busy' })
    return
  }
  state.waiting.push(job)
  giveOut(state)
  startThreads(state)
}

/** As many threads as tasks wait, up to the most: an idle index has none, and a thread once started stays. */
function startThreads<Task, Answer>(state: State<Task, Answer>): void {
  const starting = [...state.threads].filter(({ ready }) => !ready).length
  const wanted = Math.min(state.waiting.length - starting, state.options.threads - state.threads.size)
  for (let n = 0; n < wanted && !state.closed; n++) startThread(state)
}

function startThread<Task, Answer>(state: State<Task, Answer>): void {
  const worker = new Worker(state.options.script, { resourceLimits: state.options.limits, execArgv: [] }) // Node reads `.ts` by itself
  const thread: Thread<Task, Answer> = { worker, ready: false }
  state.threads.add(thread)
  worker.on('message', (message: Answer) => hear(state, thread, message))
  worker.on('error', (error) => {
    thread.error = error // 'exit' follows
  })
  worker.on('exit', () => drop(state, thread, { ok: false, why: 'crash', error: thread.error }))
}

function giveOut<Task, Answer>(state: State<Task, Answer>): void {
  for (const thread of state.threads) {
    if (!thread.ready || thread.job) continue
    const job = state.waiting.shift()
    if (!job) return
    thread.job = job
    thread.clock = setTimeout(() => drop(state, thread, { ok: false, why: 'overrun' }), state.options.budget)
    thread.worker.postMessage(job.task)
  }
}

/** The first message says that the thread is ready; every other one is the answer to its task. */
function hear<Task, Answer>(state: State<Task, Answer>, thread: Thread<Task, Answer>, message: Answer): void {
  clearTimeout(thread.clock)
  thread.job?.settle({ ok: true, answer: message })
  thread.job = undefined
  thread.ready = true
  giveOut(state)
}

/** Takes a thread out and puts another in its place. One that fell before it was ready isn't replaced: its file is broken. */
function drop<Task, Answer>(state: State<Task, Answer>, thread: Thread<Task, Answer>, failure: Failure): void {
  if (!state.threads.delete(thread)) return
  clearTimeout(thread.clock)
  void thread.worker.terminate()
  thread.job?.settle(failure)
  if (thread.ready) startThreads(state)
  if (state.threads.size === 0) for (const job of state.waiting.splice(0)) job.settle(failure)
}

async function closeAll<Task, Answer>(state: State<Task, Answer>): Promise<void> {
  state.closed = true
  const threads = [...state.threads]
  for (const job of state.waiting.splice(0)) job.settle({ ok: false, why: 'closed' })
  for (const thread of threads) drop(state, thread, { ok: false, why: 'closed' })
  await Promise.all(threads.map((thread) => thread.worker.terminate()))
}
