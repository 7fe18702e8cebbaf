import type { Instant } from '../lib/time.ts'
import { folderMailer } from './folder.ts'
import { smtpMailer } from './smtp.ts'

/** Takes messages out of the house. When `send` returns, somebody else answers for the message. */
export interface Mailer {
  /** Hands over one message. `where` says to whom, for the log: never what is in it. Rejects when it could not. */
  send(message: OutgoingMessage): Promise<{ where: string }>
  close(): Promise<void>
}

interface OutgoingMessage {
  readonly from: string
  readonly to: string
  /** What `mimeMessage` made. */
  readonly raw: string
  readonly at: Instant
}

/** The mailer that MAIL_URL names: `file:FOLDER`, `smtps://…`, or `smtp://…`. Throws on anything else. */
export function openMailer(url: string): Mailer {
  return url.startsWith('file:') ? folderMailer(url.slice('file:'.length).replace(/^\/\/(?=\/)/, '')) : smtpMailer(url)
}
