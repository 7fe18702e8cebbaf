import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { selfSigned } from '../testing/certificate.ts'
import { mimeMessage } from './message.ts'
import { smtpMailer } from './smtp.ts'

const from = 'wheelkeep@pkg.example.org'
const to = 'rei@example.org'
const letter = { from, to, subject: 'Grüße', text: '“Hello”\n.\nhttps://pkg.example.org/x?token=abc\n', html: '<p>Hello</p>' }
const raw = mimeMessage(letter, { messageId: '<1@pkg.example.org>', at: 0 })

// 0.0.0.0 leads to this machine, yet isn't one of its loopback names: for the mailer it is a server somewhere else.
const elsewhere = '0.0.0.0'

/** A server that notes everything it is told before and after the handshake. */
async function smtpServer(options: SMTPServerOptions = {}) {
  const heard: string[] = []
  const messages: { raw: string; secure: boolean; body: string | undefined }[] = []
  const server = new SMTPServer({
    authOptional: true,
    ...options,
    onAuth({ username, password }, _session, done) {
      heard.push(`AUTH ${username} ${password}`)
      done(null, { user: username })
    },
    onMailFrom({ address }, _session, done) {
      heard.push(`FROM ${address}`)
      done()
    },
    onRcptTo({ address }, _session, done) {
      heard.push(`TO ${address}`)
      done(address.startsWith('nobody') ? Object.assign(new Error(`no such user ${address}`), { responseCode: 550 }) : null)
    },
    onData(stream, { secure, envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        messages.push({
          raw: Buffer.concat(chunks).toString(),
          secure,
          body: 'bodyType' in envelope ? String(envelope.bodyType) : undefined,
        })
        done()
      })
    },
  })
  server.on('error', () => undefined) // broken handshakes are what some tests are about
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { port, heard, messages, [Symbol.asyncDispose]: () => new Promise<void>((done) => server.close(() => done())) }
}

async function sendTo(url: string, options: { ca?: string } = {}, message = { from, to, raw }): Promise<{ where: string }> {
  const mailer = smtpMailer(url, options)
  try {
    return await mailer.send(message)
  } finally {
    await mailer.close()
  }
}

test('on this machine itself a message goes in clear, byte for byte, to one recipient', async () => {
  await using server = await smtpServer({ hideSTARTTLS: true })
  const { where } = await sendTo(`smtp://127.0.0.1:${server.port}`)
  assert.match(where, /^127\.0\.0\.1:\d+, 250 /)
  assert.deepEqual(server.heard, [`FROM ${from}`, `TO ${to}`])
  assert.deepEqual(server.messages, [{ raw, secure: false, body: '8bitmime' }])
})

test('smtps: and STARTTLS carry the message when the certificate is good for the host', async () => {
  const local = selfSigned('localhost')
  await using smtps = await smtpServer({ secure: true, ...local })
  await sendTo(`smtps://localhost:${smtps.port}`, { ca: local.cert })
  assert.deepEqual(
    smtps.messages.map(({ secure }) => secure),
    [true],
  )

  const remote = selfSigned(elsewhere)
  await using starttls = await smtpServer(remote)
  await sendTo(`smtp://user%40x:p%3Ass@${elsewhere}:${starttls.port}`, { ca: remote.cert })
  assert.deepEqual(starttls.heard, ['AUTH user@x p:ss', `FROM ${from}`, `TO ${to}`])
  assert.deepEqual(
    starttls.messages.map(({ secure }) => secure),
    [true],
  )
})

test('T213: a server elsewhere without STARTTLS hears neither password nor mail', async () => {
  await using server = await smtpServer({ hideSTARTTLS: true, allowInsecureAuth: true })
  await assert.rejects(sendTo(`smtp://user:secret@${elsewhere}:${server.port}`), /took no mail/)
  assert.deepEqual(server.heard, [])
})

test('T213: a certificate of another name, or that nobody vouches for, ends it before password and mail', async () => {
  const right = selfSigned(elsewhere)
  const wrong = selfSigned('localhost')
  const table: [options: SMTPServerOptions, scheme: string, ca: string | undefined][] = [
    [wrong, 'smtp', wrong.cert],
    [right, 'smtp', undefined],
    [{ ...wrong, secure: true }, 'smtps', wrong.cert],
    [{ ...right, secure: true }, 'smtps', undefined],
  ]
  for (const [options, scheme, ca] of table) {
    await using server = await smtpServer(options)
    await assert.rejects(
      sendTo(`${scheme}://user:secret@${elsewhere}:${server.port}`, ca === undefined ? {} : { ca }),
      /took no mail: .*certificate/i,
    )
    assert.deepEqual(server.heard, [])
  }
})

test('T213: nothing in MAIL_URL can switch the protection off', () => {
  for (const end of ['?tls.rejectUnauthorized=false', '?requireTLS=false', '?ignoreTLS=true', '#x', '/x']) {
    assert.throws(() => smtpMailer(`smtp://mail.example.org:587${end}`), RangeError, end)
  }
  for (const url of ['http://mail.example.org', 'smtp:', 'smtps:///x']) assert.throws(() => smtpMailer(url), url)
})

test('T66: an address that could be two, or a command, never reaches the server', async () => {
  await using server = await smtpServer({ hideSTARTTLS: true })
  for (const hostile of ['a@x.example,b@x.example', 'a@x.example\r\nRCPT TO:<b@x.example>', 'a@x.example> <b@x.example', 'a', '']) {
    await assert.rejects(sendTo(`smtp://127.0.0.1:${server.port}`, {}, { from, to: hostile, raw }), RangeError, hostile)
  }
  assert.deepEqual(server.heard, [])
})

test('a refusal names the server and its code, not the recipient: it goes to the log', async () => {
  await using server = await smtpServer({ hideSTARTTLS: true })
  await assert.rejects(sendTo(`smtp://127.0.0.1:${server.port}`, {}, { from, to: 'nobody@example.org', raw }), (error: Error) => {
    assert.match(error.message, /^127\.0\.0\.1:\d+ took no mail: 550 to RCPT TO$/)
    return true
  })
  await assert.rejects(sendTo('smtp://127.0.0.1:1'), /127\.0\.0\.1:1 took no mail: .*ECONNREFUSED/)
})
