import { sweepAccounts } from './features/accounts/sweep.ts'
import { warnUnfinished } from './features/logins/logins.ts'
import { sweepFiles } from './features/uploads/sweep.ts'
import { days, hours } from './lib/time.ts'
import { sendMail } from './mail/mail.ts'
import type { Work } from './queue/worker.ts'

/** Table of contents of background work: every job, every schedule. */
export const work: Work = {
  express: [sendMail],
  jobs: [warnUnfinished, sweepAccounts, sweepFiles],
  schedules: [
    { name: sweepAccounts.name, every: hours(1) },
    { name: sweepFiles.name, every: days(1) },
  ],
}
