import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { contentKeyOf } from '../../files/files.ts'
import { serve } from '../../http/server.ts'
import { routes } from '../../routes.ts'
import { testApp } from '../../testing/app.ts'
import { addFile } from '../../testing/projects.ts'
import { askOverWire } from '../../testing/wire.ts'

const bytes = randomBytes(700_000)
const metadata = 'Metadata-Version: 2.4\nName: demo\nVersion: 1.0\n'

/** An index with one wheel of 700,000 bytes. */
async function siteWithFile(filename?: string) {
  const app = await testApp()
  const file = await addFile(app.app, { bytes, metadata, ...(filename && { filename }) })
  const base = await app.listen()
  const get = (headers: Record<string, string> = {}, path = file.path, method = 'GET') => askOverWire(base, path, { method, headers })
  return { app, file, base, get, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

test('a file comes whole, byte for byte, to be kept for ever, and as nothing a browser would show (T101, D15)', async () => {
  await using site = await siteWithFile()
  const { headers, status, body } = await site.get({ 'accept-encoding': 'gzip', origin: 'https://evil.example' })
  assert.equal(status, 200)
  assert.deepEqual(body, bytes)
  const expected = {
    'content-type': 'application/octet-stream',
    'content-length': '700000',
    'content-encoding': undefined,
    'content-disposition': 'attachment',
    'accept-ranges': 'bytes',
    etag: `"${site.file.sha256}"`,
    'last-modified': new Date(site.file.created_at).toUTCString(),
    'cache-control': 'public, max-age=31536000, immutable',
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    'access-control-allow-credentials': undefined,
    'set-cookie': undefined,
  }
  assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, headers[name]])), expected)
})

test('HEAD says the same and sends nothing', async () => {
  await using site = await siteWithFile()
  const [whole, head] = [await site.get(), await site.get({}, site.file.path, 'HEAD')]
  for (const { headers } of [whole, head]) for (const name of ['date', 'x-request-id']) delete headers[name]
  assert.deepEqual([head.status, head.body.length], [200, 0])
  assert.deepEqual(head.headers, whole.headers)
})

test('the metadata of a wheel stands beside it, with the hash that the index tells (PEP 658)', async () => {
  await using site = await siteWithFile()
  const { status, headers, body } = await site.get({}, `${site.file.path}.metadata`)
  assert.deepEqual([status, body.toString()], [200, metadata])
  assert.equal(headers.etag, `"${contentKeyOf(Buffer.from(metadata))}"`)
  assert.equal(headers['content-length'], String(metadata.length))
  const sdist = await addFile(site.app.app, { filename: 'demo-1.0.tar.gz' })
  assert.equal((await site.get({}, `${sdist.path}.metadata`)).status, 404)
})

const ranges: [range: string, start: number, end: number][] = [
  ['bytes=0-0', 0, 1],
  ['bytes=300000-599999', 300_000, 600_000],
  ['bytes=699000-', 699_000, 700_000],
  ['bytes=-1000', 699_000, 700_000],
  ['bytes=690000-999999', 690_000, 700_000],
  ['bytes=0-', 0, 700_000],
]
test('one range is answered with exactly that part', async () => {
  await using site = await siteWithFile()
  for (const [range, start, end] of ranges) {
    const { status, headers, body } = await site.get({ range, 'cache-control': 'no-cache' })
    assert.deepEqual(
      [status, headers['content-range'], headers['content-length']],
      [206, `bytes ${start}-${end - 1}/700000`, String(end - start)],
      range,
    )
    assert.deepEqual(body, bytes.subarray(start, end), range)
    assert.equal(headers.etag, `"${site.file.sha256}"`)
  }
})

test('what lies beyond the end is 416; what is no single range is answered whole', async () => {
  await using site = await siteWithFile()
  for (const range of ['bytes=700000-', 'bytes=-0']) {
    const { status, headers, body } = await site.get({ range })
    assert.deepEqual([status, headers['content-range'], body.length], [416, 'bytes */700000', 0], range)
  }
  for (const range of ['bytes=0-1,5-6', 'items=0-1', 'bytes=5-1', 'nonsense'])
    assert.equal((await site.get({ range })).body.length, 700_000, range)
})

test('a part is sent only to who has the rest of the same bytes (If-Range)', async () => {
  await using site = await siteWithFile()
  const etag = `"${site.file.sha256}"`
  const statusOf = async (ifRange: string) => (await site.get({ range: 'bytes=5-', 'if-range': ifRange })).status
  assert.deepEqual([await statusOf(etag), await statusOf(new Date(site.file.created_at).toUTCString())], [206, 206])
  assert.deepEqual([await statusOf('"other"'), await statusOf(`W/${etag}`), await statusOf(new Date(0).toUTCString())], [200, 200, 200])
})

test('who has the file gets 304; the ETag goes before the date', async () => {
  await using site = await siteWithFile()
  const etag = `"${site.file.sha256}"`
  const now = new Date(site.file.created_at).toUTCString()
  const table: [headers: Record<string, string>, status: number][] = [
    [{ 'if-none-match': etag }, 304],
    [{ 'if-none-match': `W/${etag}, "x"`, range: 'bytes=0-1' }, 304],
    [{ 'if-modified-since': now }, 304],
    [{ 'if-modified-since': new Date(0).toUTCString() }, 200],
    [{ 'if-none-match': '"other"', 'if-modified-since': now }, 200],
  ]
  for (const [headers, status] of table) {
    const answer = await site.get(headers)
    assert.deepEqual([answer.status, answer.headers.etag], [status, etag])
    if (status === 304) assert.equal(answer.body.length, 0)
  }
})

test('names with ! and + are found encoded once or raw, and never twice', async () => {
  await using site = await siteWithFile('demo-1!1.0+local.1-py3-none-any.whl')
  const { path } = site.file
  assert.match(path, /demo-1%211\.0%2Blocal\.1-py3-none-any\.whl$/)
  const raw = path.replace('%21', '!').replace('%2B', '+')
  for (const spelling of [path, raw, path.replace('%2B', '%2b')]) assert.equal((await site.get({}, spelling, 'HEAD')).status, 200, spelling)
  for (const spelling of [path.replaceAll('%2', '%252'), path.replace('%2B', '%20')])
    assert.equal((await site.get({}, spelling)).status, 404, spelling)
})

test('only the address that the index tells leads to a file: right name, right hash, nothing beside it (T104, T210)', async () => {
  await using site = await siteWithFile()
  const { path, sha256, filename } = site.file
  const other = await addFile(site.app.app, { version: '2.0', bytes: Buffer.from('other') })
  const paths = [
    path.replace(filename, other.filename),
    path.replace(sha256.slice(4), other.sha256.slice(4)),
    path.replace(sha256.slice(4), sha256.slice(4).toUpperCase()),
    `/packages/${sha256.slice(0, 4)}/${sha256.slice(4, 6)}/${sha256.slice(6)}/${filename}`,
    `${path}.metadata.metadata`,
    `${path}.asc`,
    `${path}/`,
    path.replace(filename, '..%2f..%2fmaster.key'),
    path.replace(filename, `%00${filename}`),
    path.replace(filename, '%zz'),
    path.replace(filename, 'a'.repeat(8000)),
    '/packages/',
  ]
  for (const wrong of paths) assert.equal((await site.get({}, wrong)).status, 404, wrong.slice(0, 200))
  assert.equal((await site.get({}, path, 'POST')).status, 405)
})

test('a row whose bytes are gone is a bug, told as 500 and logged', async () => {
  await using site = await siteWithFile()
  await site.app.app.files.delete(contentKeyOf(bytes))
  assert.equal((await site.get()).status, 500)
  assert.deepEqual(site.app.takeBugs(), ['Something broke'])
})

test('a store that hands over less than was asked for sends the same bytes', async () => {
  await using site = await testApp()
  const { app } = site
  const bytes = randomBytes(200_000)
  const { path } = await addFile(app, { bytes })
  const get: typeof app.files.get = async (key) => {
    const content = await app.files.get(key)
    return content && { ...content, read: (buffer, length, position) => content.read(buffer, Math.min(length, 1000), position) }
  }
  const sparing = { ...app, files: { ...app.files, get } }
  const server = await serve(sparing, routes(sparing), () => false)
  assert.deepEqual((await askOverWire(`http://${server.addresses[0]}`, path)).body, bytes)
  await server.close()
})

test('a client that goes away leaves no open file behind, and harms nobody', async () => {
  await using site = await testApp()
  const { app } = site
  const large = randomBytes(30_000_000)
  const { path } = await addFile(app, { bytes: large })
  let open = 0
  const get: typeof app.files.get = async (key) => {
    const content = await app.files.get(key)
    open++
    return content && { ...content, close: () => content.close().finally(() => open--) }
  }
  const watched = { ...app, files: { ...app.files, get } }
  const server = await serve(watched, routes(watched), () => false)
  const base = `http://${server.addresses[0]}`
  const leave = async (): Promise<void> => {
    const socket = connect(Number(new URL(base).port), '127.0.0.1')
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    await once(socket, 'data')
    socket.destroy()
  }
  const [whole] = await Promise.all([askOverWire(base, path), ...Array.from({ length: 5 }, leave)])
  assert.deepEqual(whole.body, large)
  for (let tries = 0; open > 0 && tries < 100; tries++) await setTimeout(20)
  assert.equal(open, 0)
  await server.close()
})
