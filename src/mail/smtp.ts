import { createTransport } from 'nodemailer'
import { isLoopbackHost } from '../lib/loopback.ts'
import { oneLine } from '../lib/one-line.ts'
import { oneAddress } from './address.ts'

/**
 * Mails to a server: `smtps://USER:PASSWORD@HOST:PORT` (465), or `smtp://…` (587), which must offer STARTTLS. The certificate must
 * be good for HOST; else nothing is sent (T213). Only `smtp:` to this machine itself goes in clear (25). `ca`: who may vouch, in PEM.
 */
export function smtpMailer(url: string, { ca }: { ca?: string } = {}) {
  const { host, port, secure, clear, auth } = readSmtpUrl(url)
  const transport = createTransport({
    pool: true,
    host,
    port,
    secure,
    requireTLS: !clear,
    ignoreTLS: clear,
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(ca && { ca }) },
    ...(auth && { auth }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ from, to, raw }: { from: string; to: string; raw: string }): Promise<{ where: string }> {
      const envelope = { from: oneAddress(from), to: [oneAddress(to)], use8BitMime: true }
      const { response } = await transport.sendMail({ envelope, raw }).catch((error: unknown) => {
        throw new Error(`${host}:${port} took no mail: ${reasonOf(error)}`)
      })
      return { where: `${host}:${port}, ${oneLine(response).slice(0, 120)}` }
    },
    async close() {
      transport.close()
    },
  }
}

/** Options in the address could switch off what protects the mail, so there are none. */
function readSmtpUrl(url: string) {
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(url)
  if ((protocol !== 'smtp:' && protocol !== 'smtps:') || !hostname || (pathname !== '' && pathname !== '/') || search || hash) {
    throw new RangeError('MAIL_URL is `file:FOLDER`, `smtps://USER:PASSWORD@HOST:PORT` or `smtp://…`, and nothing after it.')
  }
  const host = hostname.replace(/^\[|\]$/g, '')
  const secure = protocol === 'smtps:'
  const clear = !secure && isLoopbackHost(host)
  const auth = username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : undefined
  return { host, port: Number(port) || (secure ? 465 : clear ? 25 : 587), secure, clear, auth }
}

/** A server's words may repeat the recipient, and go to the log: then only its code and the command are told. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given'
  const { responseCode, command } = error as { responseCode?: number; command?: string }
  return responseCode ? `${responseCode} to ${command ?? 'the message'}` : oneLine(error.message).slice(0, 300)
}
