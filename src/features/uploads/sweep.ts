import { z } from 'zod'
import type { App } from '../../app.ts'
import type { ContentKey } from '../../files/files.ts'
import { days, type Instant } from '../../lib/time.ts'
import { defineJob } from '../../queue/queue.ts'
import { isReferred } from './queries.ts'

/**
 * Removes stored bytes that no file points to: what a crash left between storing and committing. An upload touches known bytes
 * before its transaction, so that only those are taken which nobody asked for in 24 hours (uploads.md).
 */
export const sweepFiles = defineJob('files:sweep', z.object({}), async (app, _, at) => {
  for await (const key of app.files.list()) {
    // Asked again at the end: an upload may have touched the bytes while the database was asked.
    if ((await isIdle(app, key, at)) && !(await isReferred(app.db, key)) && (await isIdle(app, key, at))) await app.files.delete(key)
  }
})

async function isIdle({ files }: App, key: ContentKey, at: Instant): Promise<boolean> {
  const stored = await files.head(key)
  return stored !== undefined && stored.touched_at < at - days(1)
}
