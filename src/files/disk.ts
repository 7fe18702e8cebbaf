import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat, unlink, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder, syncPath } from './durable.ts'
import { type ContentKey, type Files, parseContentKey } from './files.ts'

/**
 * Files below one folder: `blobs/ab/<sha256>`, and `tmp/PID/` for what this process is receiving. What processes that are no more
 * left there goes now. All 256 folders are made and synced at once, so that storing a file has one folder to sync.
 */
export async function openDiskFiles(folder: string, clock: () => number): Promise<Files> {
  const tmp = join(folder, 'tmp', String(process.pid))
  const pathOf = (key: ContentKey): string => join(folder, 'blobs', key.slice(0, 2), key)
  await removeLeftovers(join(folder, 'tmp'))
  await makeShelves(join(folder, 'blobs'))
  await mkdir(tmp, { recursive: true })

  return {
    temporary: () => join(tmp, randomUUID()),
    put: (key, path) => put(path, pathOf(key), clock),
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
    list: () => list(join(folder, 'blobs')),
    close: () => rm(tmp, { recursive: true, force: true }),
  }
}

/** A folder of this very pid is one of an earlier life. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const pid of (await found(readdir(folder))) ?? []) {
    if (Number(pid) === process.pid || !isRunning(Number(pid))) await rm(join(folder, pid), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const shelves = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'))

async function makeShelves(blobs: string): Promise<void> {
  await makeFolder(blobs)
  for (const shelf of shelves) await mkdir(join(blobs, shelf), { recursive: true })
  await syncPath(blobs)
}

/** Sync the bytes, rename, sync the folder: in this order a power cut leaves the whole file or none. */
async function put(path: string, target: string, clock: () => number): Promise<void> {
  if (await touched(target, clock)) return unlink(path)
  await syncPath(path)
  await rename(path, target)
  await syncPath(join(target, '..'))
}

/** Known content is touched, so that a sweep of what nobody refers to doesn't take it from under a commit. */
async function touched(target: string, clock: () => number): Promise<boolean> {
  const now = new Date(clock())
  const known = await found(utimes(target, now, now).then(() => true))
  if (known) await syncPath(join(target, '..'))
  return known ?? false
}

async function* list(blobs: string): AsyncIterable<ContentKey> {
  for (const shelf of shelves) {
    for (const name of await readdir(join(blobs, shelf))) {
      const key = parseContentKey(name)
      if (key) yield key
    }
  }
}

/** Nothing instead of an error when there is no such file. */
const found = <T>(act: Promise<T>): Promise<T | undefined> =>
  act.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
