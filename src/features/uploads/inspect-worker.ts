import { parentPort } from 'node:worker_threads'
import { inspect } from './inspect.ts'

/** The entry of a worker thread: one message is one file, its answer the inspection. What is thrown ends the worker, and `inspector.ts` says so. */
parentPort?.on('message', async ({ path, filename }: { path: string; filename: string }) => {
  parentPort?.postMessage(await inspect(path, filename))
})
