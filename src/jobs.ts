import { sweepAccounts } from './features/accounts/sweep.ts'
import { hours } from './lib/time.ts'
import { sendMail } from './mail/mail.ts'
import type { Work } from './queue/worker.ts'

/** Table of contents of background work: every job, every schedule. */
export const work: Work = {
  jobs: [sendMail, sweepAccounts],
  schedules: [{ name: sweepAccounts.name, every: hours(1) }],
}
