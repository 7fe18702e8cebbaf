import { z } from 'zod'
import type { App } from '../app.ts'
import type { Tx } from '../db/database.ts'
import type { Keys } from '../keys/keys.ts'
import type { Instant } from '../lib/time.ts'
import { defineJob, enqueue } from '../queue/queue.ts'
import { mimeMessage } from './message.ts'

/** What a mail says, to whom it goes. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

const aad = 'jobs|mail:send|payload'
const MailFields = z.object({ to: z.string(), subject: z.string(), text: z.string(), html: z.string() })

/** Sends a queued mail. Its `Message-ID` is made from the job, so that one sent twice is seen as one. */
export const sendMail = defineJob('mail:send', z.object({ id: z.string(), sealed: z.string() }), async (app: App, { id, sealed }, at) => {
  const mail = MailFields.parse(JSON.parse(app.keys.open('link', aad, sealed).toString()))
  const from = app.config.mail_from
  const messageId = `<${id}@${new URL(app.config.site_url).hostname}>`
  const { where } = await app.mailer.send({ from, to: mail.to, raw: mimeMessage({ from, ...mail }, { messageId, at }), at })
  app.log({ level: 'info', message: 'Mail sent', mail_id: id, where })
})

/** Queues a mail with the change that it tells of. It waits sealed: links in it open things. */
export const queueMail = (tx: Tx, keys: Keys, mail: Mail, at: Instant): Promise<void> =>
  enqueue(tx, sendMail, { id: crypto.randomUUID(), sealed: keys.seal('link', aad, Buffer.from(JSON.stringify(mail))) }, at)
