import { z } from 'zod'
import { days } from '../../lib/time.ts'
import { defineJob } from '../../queue/queue.ts'
import { isReferred } from './queries.ts'

/**
 * Removes stored bytes that no file points to: what a crash left between storing and committing. An upload touches known bytes
 * before its transaction, so that only those are taken which nobody asked for in 24 hours (uploads.md).
 */
export const sweepFiles = defineJob('files:sweep', z.object({}), async (app, _, at) => {
  for await (const key of app.files.list()) {
    const stored = await app.files.head(key)
    if (stored && stored.touched_at < at - days(1) && !(await isReferred(app.db, key))) await app.files.delete(key)
  }
})
