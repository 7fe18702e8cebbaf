import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { testApp } from '../testing/app.ts'
import { password } from '../testing/people.ts'
import { addFile } from '../testing/projects.ts'
import { askOverWire } from '../testing/wire.ts'

test('T6: a request whose connection was reset has no address that limits could count, so nothing comes of it', async () => {
  await using app = await testApp()
  await app.person('mona')
  const address = await app.listen()
  const browser = app.browser()
  await browser.get('/account/login/')
  const body = new URLSearchParams({ csrf_token: browser.token(), username: 'mona', password: `not ${password}` }).toString()
  const headers = {
    host: 'index.example',
    'sec-fetch-site': 'same-origin',
    cookie: `__Host-wk_pre=${browser.cookies.get('__Host-wk_pre')}`,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(body.length),
  }
  const lines = ['POST /account/login/ HTTP/1.1', ...Object.entries(headers).map((header) => header.join(': '))]
  for (let n = 0; n < 5; n++) {
    const socket = connect(Number(new URL(address).port), '127.0.0.1')
    await once(socket, 'connect')
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`)
    socket.resetAndDestroy()
  }
  await browser.post('/account/login/', { username: 'mona', password: `not ${password}` })
  const { hits } = await app.db.selectFrom('limits').select('hits').where('bucket', '=', 'password mona 900').executeTakeFirstOrThrow()
  assert.equal(hits, 1)
})

test('T168: a body that nobody reads doesn’t hold the connection', async () => {
  await using app = await testApp()
  await addFile(app.app)
  const address = await app.listen()
  for (const path of ['/help/', '/simple/demo/', '/simple/demo/']) {
    const { status, headers } = await askOverWire(address, path, {
      headers: { host: 'index.example', connection: 'keep-alive', 'content-length': 10 },
    })
    assert.deepEqual([status, headers.connection], [200, 'close'], path)
  }
})

test('T168: of requests sent on before the answer none begins: what isn’t read doesn’t pile up', async () => {
  await using app = await testApp()
  const { path } = await addFile(app.app)
  const { port } = new URL(await app.listen())
  const before = app.lines.length
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(`GET ${path} HTTP/1.1\r\nHost: index.example\r\n\r\n`.repeat(500))
  const answers = (await text(socket)).match(/HTTP\/1\.1 [0-9]+/g)
  assert.deepEqual(answers, ['HTTP/1.1 200'])
  assert.equal(app.lines.length - before, 1)
  const again = connect(Number(port), '127.0.0.1')
  again.write('GET /simple/ HTTP/1.1\r\nHost: index.example\r\n\r\n')
  await once(again, 'data')
  again.write('GET /simple/ HTTP/1.1\r\nHost: index.example\r\nConnection: close\r\n\r\n')
  assert.match(await text(again), /^HTTP\/1\.1 200/, 'one after the other they share a connection')
})

const host = 'Host: index.example'
const ambiguous: Record<string, string> = {
  'two lengths': `POST /account/login/ HTTP/1.1\r\n${host}\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef`,
  'a length and chunks': `POST /account/login/ HTTP/1.1\r\n${host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  'another encoding': `POST /account/login/ HTTP/1.1\r\n${host}\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
  'a blank before the colon': `POST /account/login/ HTTP/1.1\r\n${host}\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
  'a folded header': `GET /help/ HTTP/1.1\r\n${host}\r\nX-A: b\r\n c\r\n\r\n`,
  'bare line feeds': `GET /help/ HTTP/1.1\n${host}\n\n`,
  'a bare carriage return': `GET /help/ HTTP/1.1\r\n${host}\r\nX-A: b\rX-B: c\r\n\r\n`,
  'a line feed in a chunk’s extension': `POST /account/login/ HTTP/1.1\r\n${host}\r\nTransfer-Encoding: chunked\r\n\r\n1;a\nb\r\nx\r\n0\r\n\r\n`,
  'two hosts': `GET /help/ HTTP/1.1\r\n${host}\r\nHost: other.example\r\n\r\n`,
  'no host': 'GET /help/ HTTP/1.1\r\n\r\n',
}

test('T105: a request that two servers could read differently is refused, and the connection closed', async () => {
  await using app = await testApp()
  const { port } = new URL(await app.listen())
  for (const [name, bytes] of Object.entries(ambiguous)) {
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(bytes)
    const answer = await text(socket)
    assert.deepEqual(answer.match(/HTTP\/1\.1 [0-9]+/g), ['HTTP/1.1 400'], name)
    if (name === 'two hosts') assert.match(answer, /x-content-type-options: nosniff/i)
  }
})
