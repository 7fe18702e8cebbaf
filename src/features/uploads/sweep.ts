import { z } from 'zod'
import type { App } from '../../app.ts'
import type { ContentKey } from '../../files/files.ts'
import { days, type Instant } from '../../lib/time.ts'
import { defineJob } from '../../queue/queue.ts'
import { listReferred, mostReferred } from './queries.ts'

/**
 * Removes stored bytes that no file points to: what a crash left between storing and committing. An upload touches known bytes
 * before its transaction, so that only those are taken which nobody asked for in 24 hours (uploads.md).
 */
export const sweepFiles = defineJob('files:sweep', z.object({}), async (app, _, at) => {
  if (app.config.read_only) return
  await app.files.tidy()
  for await (const shelf of app.files.list()) {
    for (let n = 0; n < shelf.length; n += mostReferred) await sweep(app, shelf.slice(n, n + mostReferred), at - days(1))
  }
})

/** Each look at a file lets other work of the process go first. */
async function sweep(app: App, keys: readonly ContentKey[], before: Instant): Promise<void> {
  const idle: ContentKey[] = []
  for (const key of keys) if (isBefore((await app.files.head(key))?.touched_at, before)) idle.push(key)
  const referred = await listReferred(app.db, idle)
  for (const key of idle) if (!referred.has(key)) await removeUnwanted(app, key, before)
}

/** Looks again when nobody reaches the bytes any more: an upload may have touched them while the database was asked, and committed. */
async function removeUnwanted({ db, files }: App, key: ContentKey, before: Instant): Promise<void> {
  const withdrawn = await files.withdraw(key)
  if (!withdrawn) return
  const isReferred = (await listReferred(db, [key])).has(key)
  const isUnwanted = !isReferred && isBefore(await withdrawn.touchedAt(), before)
  await (isUnwanted ? withdrawn.remove() : withdrawn.restore())
}

const isBefore = (touched_at: Instant | undefined, before: Instant): boolean => touched_at !== undefined && touched_at < before
