import { z } from 'zod'
import type { App } from '../../app.ts'
import { noPerson, record } from '../../audit/audit.ts'
import { lockRow, transaction } from '../../db/database.ts'
import { days, type Instant } from '../../lib/time.ts'
import { defineJob } from '../../queue/queue.ts'
import { sweepLimits } from '../limits/limits.ts'
import { sweepSessions } from '../sessions/sessions.ts'
import { deleteExpired, deleteNeverVerified, listNeverVerified } from './queries.ts'

/** How long an account may wait for its address to be verified. */
const waiting = days(30)

/**
 * Takes away, each hour, what nobody can use any more: accounts never verified, and what ends by time. In READ_ONLY nobody could
 * verify an address, so nothing goes. Half-way log-ins go with the job that tells of them, however late that is (T21).
 */
export const sweepAccounts = defineJob('accounts:sweep', z.object({}), async (app: App, _, at) => {
  if (app.config.read_only) return
  for (const table of ['email_links', 'pending_totps', 'webauthn_challenges'] as const) await deleteExpired(app.db, table, at)
  await sweepSessions(app.db, at)
  await sweepLimits(app.db, at)
  for (const user of await listNeverVerified(app.db, at - waiting)) await expire(app, user, at)
})

/** Each in its own transaction, behind its lock: somebody may be verifying it just now. */
const expire = (app: App, { id: user_id, username }: { id: string; username: string }, at: Instant): Promise<void> =>
  transaction(app.db, async (db) => {
    await lockRow(db, 'users', user_id)
    if (await deleteNeverVerified(db, user_id)) await record(db, noPerson(at), 'account:expired', { user_id, username })
  })
