import { mkdir, open, readdir, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { minutes } from '../lib/time.ts'
import { openPool, type Pool, scriptBeside } from '../workers/pool.ts'
import { makeFolder, syncPath } from './durable.ts'
import { type ContentKey, type Files, parseContentKey } from './files.ts'
import { found } from './found.ts'
import { openReceiving } from './receiving.ts'
import { openWithdrawing } from './withdrawing.ts'

/** What a thread stores in one go: the file at `path`, or `bytes` by way of it, at `target`. `at`: the time known content is touched with. */
export interface Storing {
  readonly path: string
  readonly target: string
  readonly bytes?: Uint8Array
  readonly at: number
}

/** What an error keeps on its way between threads. */
export interface StoringFailure {
  readonly message: string
  readonly code: string | undefined
}

/**
 * Files below one folder: `blobs/ab/<sha256>`, `tmp/` for what is being received, `aside/` for what is withdrawn. All 256 folders
 * of blobs are made and synced at once, so that storing a file has one folder to sync.
 */
export async function openDiskFiles(folder: string, clock: () => number): Promise<Files> {
  const pathOf = (key: ContentKey): string => join(folder, 'blobs', key.slice(0, 2), key)
  const receiving = await openReceiving(join(folder, 'tmp'), clock)
  const withdrawing = await openWithdrawing(join(folder, 'aside'), pathOf, clock)
  const tidy = async (): Promise<void> => {
    await receiving.removeLeftovers()
    await withdrawing.restoreAll()
  }
  await makeShelves(join(folder, 'blobs'))
  await tidy()
  const threads = openThreads()

  return {
    temporary: receiving.path,
    put: (key, source) =>
      store(threads, {
        ...(typeof source === 'string' ? { path: source } : { path: receiving.path(), bytes: source }),
        target: pathOf(key),
        at: clock(),
      }),
    async get(key) {
      const handle = await found(open(pathOf(key), 'r'))
      return (
        handle && {
          size: (await handle.stat()).size,
          read: (buffer, length, position) => handle.read(buffer, 0, length, position),
          close: () => handle.close(),
        }
      )
    },
    async head(key) {
      const stats = await found(stat(pathOf(key)))
      return stats && { size: stats.size, touched_at: stats.mtimeMs }
    },
    delete: async (key) => void (await found(unlink(pathOf(key)))),
    withdraw: withdrawing.withdraw,
    list: () => list(join(folder, 'blobs')),
    tidy,
    async close() {
      await threads.close()
      await receiving.close()
    },
  }
}

/** Storing is a dozen short calls and two long waits: in a thread of its own all of it costs the event loop two messages. */
const openThreads = (): Threads =>
  openPool({
    script: scriptBeside(import.meta.url, 'disk-worker'),
    threads: 4,
    queue: Infinity, // uploads have limits of their own
    budget: minutes(15),
    limits: { maxOldGenerationSizeMb: 32 },
  })

type Threads = Pool<Storing, StoringFailure | undefined>

async function store(threads: Threads, storing: Storing): Promise<void> {
  const outcome = await threads.run(storing)
  if (!outcome.ok) throw new Error(`A file could not be stored: ${outcome.why}`, 'error' in outcome ? { cause: outcome.error } : {})
  if (outcome.answer) throw Object.assign(new Error(outcome.answer.message), { code: outcome.answer.code })
}

const shelves = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'))

async function makeShelves(blobs: string): Promise<void> {
  await makeFolder(blobs)
  for (const shelf of shelves) await mkdir(join(blobs, shelf), { recursive: true })
  await syncPath(blobs)
}

async function* list(blobs: string): AsyncIterable<readonly ContentKey[]> {
  for (const shelf of shelves) yield (await readdir(join(blobs, shelf))).flatMap((name) => parseContentKey(name) ?? [])
}
