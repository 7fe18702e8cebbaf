import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { testApp } from '../../testing/app.ts'
import { addFile } from '../../testing/projects.ts'
import { askOverWire, type WireAnswer } from '../../testing/wire.ts'

const plain = { host: 'index.example', accept: 'application/vnd.pypi.simple.v1+json', 'accept-encoding': 'gzip, deflate' }
const page = '/simple/demo/'

/** Only the way of the routes numbers its answers. */
const tookShortCut = ({ headers }: WireAnswer): boolean => headers['x-request-id'] === undefined

/** What must be the same on both ways. */
function common({ status, headers: { date, 'x-request-id': _id, connection, 'keep-alive': _alive, ...headers }, body }: WireAnswer) {
  return { status, headers, body: body.toString('base64') }
}

async function warmApp() {
  const app = await testApp()
  await addFile(app.app, { metadata: 'Name: demo\n' })
  const base = await app.listen()
  const ask = (headers: Record<string, string> = plain, path = page, method = 'GET') => askOverWire(base, path, { method, headers })
  const [slow, quick] = [await ask(), await ask()]
  assert.deepEqual([tookShortCut(slow), tookShortCut(quick)], [false, true])
  return { app, ask, slow, quick, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

test('a page in memory is answered without the routes, and in the same words', async () => {
  await using site = await warmApp()
  const { ask, slow, quick } = site
  assert.deepEqual(common(quick), common(slow))
  assert.equal(JSON.parse(gunzipSync(quick.body).toString()).name, 'demo')
  await ask(plain, '/simple/')
  assert.ok(tookShortCut(await ask(plain, '/simple/')))
})

test('HEAD and conditional requests take the short cut too', async () => {
  await using site = await warmApp()
  const { ask, quick } = site
  const head = await ask(plain, page, 'HEAD')
  assert.ok(tookShortCut(head))
  assert.deepEqual(common(head), { ...common(quick), body: '' })
  const headers = { ...plain, 'if-none-match': quick.headers.etag ?? '' }
  const unchanged = await ask(headers)
  assert.deepEqual([unchanged.status, unchanged.body.length, unchanged.headers.etag], [304, 0, quick.headers.etag])
  assert.ok(tookShortCut(unchanged))
  assert.deepEqual(common(await ask({ ...headers, 'cache-control': 'max-age=0' })), common(unchanged))
})

test('whatever is not plain goes the way of the routes, and comes out right', async () => {
  await using site = await warmApp()
  const table: [status: number, headers: Record<string, string>, path?: string, method?: string][] = [
    [200, { ...plain, 'cache-control': 'no-cache' }],
    [200, { ...plain, host: 'localhost:8400' }],
    [308, { ...plain, host: 'other.example' }],
    [406, { ...plain, accept: 'image/png' }],
    [200, { ...plain, accept: 'text/html' }],
    [200, plain, `${page}?a=/`],
    [200, plain, `http://index.example${page}`],
    [404, plain, '/simple//'],
    [301, plain, '/simple/demo'],
    [301, plain, '/simple/Demo/'],
    [404, plain, '/simple/json demo/'.replace(' ', '%20')],
    [405, plain, page, 'POST'],
  ]
  for (const [status, headers, path, method] of table) {
    const answer = await site.ask(headers, path, method)
    assert.deepEqual([answer.status, tookShortCut(answer)], [status, false], `${method} ${path} ${JSON.stringify(headers)}`)
  }
})

test('each answer has its line in the log, whichever way it took', async () => {
  await using site = await warmApp()
  const lines = site.app.lines.filter(({ message }) => message === 'Request')
  assert.deepEqual(
    lines.map(({ method, path, status }) => [method, path, status]),
    [
      ['GET', page, 200],
      ['GET', page, 200],
    ],
  )
})

test('what changes is seen by the next request, and a second later the short cut asks for what others have changed', async () => {
  await using site = await warmApp()
  const { app, ask } = site
  const versions = async () => JSON.parse(gunzipSync((await ask()).body).toString()).versions
  await addFile(app.app, { version: '2.0' })
  assert.deepEqual(await versions(), ['1.0', '2.0'])
  assert.ok(tookShortCut(await ask()))
  app.pass(1000)
  assert.ok(!tookShortCut(await ask()))
  assert.ok(tookShortCut(await ask()))
})
