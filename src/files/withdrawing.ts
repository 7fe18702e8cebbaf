import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, stat, unlink, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncPath } from './durable.ts'
import { type ContentKey, parseContentKey, type Withdrawn } from './files.ts'
import { found } from './found.ts'

/** The folder of content that was withdrawn. */
export interface Withdrawing {
  withdraw(key: ContentKey): Promise<Withdrawn | undefined>
  /** Puts everything back. Whoever is just deciding finds it gone, and lets it be. */
  restoreAll(): Promise<void>
}

/** Each withdrawal has a name of its own, `KEY.ID`: one of the same content put again is another. */
export async function openWithdrawing(folder: string, pathOf: (key: ContentKey) => string, clock: () => number): Promise<Withdrawing> {
  await mkdir(folder, { recursive: true })

  /** Touched first: it may take the place of what was put meanwhile, and must not look older. */
  const restore = async (key: ContentKey, path: string): Promise<void> => {
    const now = new Date(clock())
    await utimes(path, now, now)
    await rename(path, pathOf(key))
    await syncPath(dirname(pathOf(key)))
  }

  return {
    async withdraw(key) {
      const path = join(folder, `${key}.${randomUUID()}`)
      if (!(await found(rename(pathOf(key), path).then(() => true)))) return undefined
      return {
        touchedAt: async () => (await found(stat(path)))?.mtimeMs,
        restore: async () => void (await found(restore(key, path))),
        remove: async () => void (await found(unlink(path))),
      }
    },
    async restoreAll() {
      for (const name of await readdir(folder)) {
        const key = parseContentKey(name.split('.')[0] ?? '')
        if (key) await found(restore(key, join(folder, name)))
      }
    },
  }
}
