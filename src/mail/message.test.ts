import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mimeMessage } from './message.ts'

const link = `https://pkg.example.org/account/verify-email/?token=${'x='.repeat(100)}`
const letter = {
  from: 'wheelkeep@pkg.example.org',
  to: 'rei@example.org',
  subject: 'Hello',
  text: `“Hi”\n\n${link}\n`,
  html: '<p>“Hi”</p>\n',
}
const stamp = { messageId: '<018f@pkg.example.org>', at: Date.UTC(2026, 10, 22, 0, 19, 44) }

/** Headers unfolded, and the parts as a mail program reads them. */
function read(raw: string) {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const headers = head
    .replaceAll('\r\n ', '\n')
    .split('\r\n')
    .map((line) => line.split(/: (.*)/s).slice(0, 2))
  const boundary = /boundary="(.+)"/.exec(head)?.[1] ?? assert.fail('no boundary')
  const parts = rest
    .join('\r\n\r\n')
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const [, head = '', body = ''] = /^\r\n(.*?)\r\n\r\n(.*)\r\n$/s.exec(part) ?? []
      return { head, body: head.includes('base64') ? Buffer.from(body, 'base64').toString() : body }
    })
  return { headers: Object.fromEntries(headers) as Record<string, string>, names: headers.map(([name]) => name), parts }
}

const decoded = (subject = ''): string =>
  subject
    .split('\n')
    .map((word) => Buffer.from(/^=\?UTF-8\?B\?(.+)\?=$/.exec(word)?.[1] ?? '', 'base64').toString())
    .join('')

test('a message has exactly our headers, and both parts', () => {
  const { headers, names, parts } = read(mimeMessage(letter, stamp))
  assert.deepEqual(names, ['From', 'To', 'Subject', 'Date', 'Message-ID', 'Auto-Submitted', 'MIME-Version', 'Content-Type'])
  assert.equal(headers.From, 'Wheelkeep <wheelkeep@pkg.example.org>')
  assert.equal(headers.To, 'rei@example.org')
  assert.equal(headers.Subject, 'Hello')
  assert.equal(headers.Date, 'Sun, 22 Nov 2026 00:19:44 +0000')
  assert.equal(headers['Message-ID'], '<018f@pkg.example.org>')
  assert.deepEqual(
    parts.map(({ head }) => head),
    [
      'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit',
      'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64',
    ],
  )
  assert.equal(parts[1]?.body, letter.html)
})

test('P21: the link stays whole, alone on its line, and is readable once in the bytes', () => {
  const raw = mimeMessage({ ...letter, html: `<a href="${link}">x</a>` }, stamp)
  assert.equal(raw.split('\r\n').filter((line) => line === link).length, 1)
  assert.equal(raw.split(link).length, 2)
  assert.equal(read(raw).parts[0]?.body, letter.text.replaceAll('\n', '\r\n'))
})

test('the same input gives the same bytes; every line end is CR LF and no line is too long (RFC 5322 §2.1.1)', () => {
  const long = { ...letter, text: `a\rb\r\nc\nd\0e ${'é'.repeat(2000)}`, html: 'x'.repeat(5000) }
  const raw = mimeMessage(long, stamp)
  assert.equal(raw, mimeMessage(long, stamp))
  assert.doesNotMatch(raw, /\r(?!\n)|(?<!\r)\n|\0/)
  for (const line of raw.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 998)
  assert.match(read(raw).parts[0]?.body ?? '', /é{2000}$/)
  assert.doesNotMatch(mimeMessage({ ...letter, text: 'a\rb\r\nc\nd\0e' }, stamp), /\r(?!\n)|(?<!\r)\n|\0/)
})

test('a subject of any letters comes back as it was, in lines that fit', () => {
  for (const subject of ['Grüße, Žofie 东京 🔑', '“Quoted” '.repeat(30).trim(), 'x'.repeat(200), '=?UTF-8?B?eA==?=']) {
    const raw = mimeMessage({ ...letter, subject }, stamp)
    assert.equal(decoded(read(raw).headers.Subject), subject)
    for (const line of raw.split('\r\n\r\n')[0]?.split('\r\n') ?? []) assert.ok(line.length <= 78, line)
  }
})

test('T104: line ends in the subject begin no header', () => {
  for (const end of ['\r\n', '\n', '\r', '\u2028', '\0', '\v']) {
    const { names, headers, parts } = read(mimeMessage({ ...letter, subject: `Hi${end}Bcc: x@evil.example${end}${end}<script>` }, stamp))
    assert.equal(names.length, 8)
    assert.equal(headers.Subject, 'Hi Bcc: x@evil.example <script>')
    assert.equal(parts.length, 2)
  }
})

test('T66: two addresses, a second header or a strange Message-ID throw, and the error says none of it', () => {
  for (const hostile of [
    'a@x.example, b@x.example',
    'a@x.example\r\nBcc: b@x.example',
    'a@b@x.example',
    '<a@x.example>',
    'A <a@x.example>',
    'jörg@x.example',
    `${'a'.repeat(250)}@x.example`,
    '',
  ]) {
    for (const side of ['from', 'to'] as const) {
      assert.throws(
        () => mimeMessage({ ...letter, [side]: hostile }, stamp),
        (error: Error) => error instanceof RangeError && !error.message.includes('x.example'),
      )
    }
  }
  for (const messageId of ['018f@x.example', '<018f>', '<a@x>\r\nBcc: b@x.example', '<a b@x>']) {
    assert.throws(() => mimeMessage(letter, { ...stamp, messageId }), RangeError)
  }
})

test('words in the text can’t end its part: the boundary follows the content', () => {
  const boundary = /boundary="(.+)"/.exec(mimeMessage(letter, stamp))?.[1]
  const { parts } = read(mimeMessage({ ...letter, text: `--${boundary}--\n` }, stamp))
  assert.equal(parts.length, 2)
})
