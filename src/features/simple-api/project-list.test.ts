import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import type { Database } from '../../db/database.ts'
import { serve } from '../../http/server.ts'
import { routes } from '../../routes.ts'
import { type TestApp, testApp } from '../../testing/app.ts'
import { addFile } from '../../testing/projects.ts'
import { askOverWire, type WireAnswer } from '../../testing/wire.ts'
import { openIndexPages } from './pages.ts'
import { openProjectList } from './project-list.ts'
import { shortCut } from './short-cut.ts'

const json = 'application/vnd.pypi.simple.v1+json'
const html = 'application/vnd.pypi.simple.v1+html'
const page = '/simple/'
const host = 'index.example'

/** More than one block, and more than is read at once. */
const many = Array.from({ length: 6000 }, (_, n) => `Project.${n}`)
const nameOf = (name: string): string => name.toLowerCase().replaceAll('.', '-')
const sorted = many.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))

async function addMany(db: Database): Promise<void> {
  const rows = many.map((name, n) => {
    const normalized_name = nameOf(name)
    return { id: normalized_name, name, normalized_name, lookalike_key: normalized_name, last_serial: n + 1, created_at: 1 }
  })
  for (let n = 0; n < rows.length; n += 1000)
    await db
      .insertInto('projects')
      .values(rows.slice(n, n + 1000))
      .execute()
  await db.updateTable('index_state').set({ serial: rows.length }).execute()
}

/** Asks a process of its own over the wire; the first answer comes from the routes, the second one from the short cut. */
async function listening(app: TestApp) {
  const base = await app.listen()
  return (headers: Record<string, string> = {}, method = 'GET') =>
    askOverWire(base, page, { method, headers: { host, accept: json, ...headers } })
}

const namesIn = ({ body }: WireAnswer): string[] => JSON.parse(body.toString()).projects.map(({ name }: { name: string }) => name)

test('a long list has each project once and in order, as JSON and as HTML', async () => {
  await using app = await testApp()
  await addMany(app.db)
  const ask = await listening(app)
  for (const way of ['routes', 'short cut']) {
    const { meta, projects } = JSON.parse((await ask()).body.toString())
    assert.deepEqual(meta, { 'api-version': '1.4', '_last-serial': many.length }, way)
    assert.deepEqual(
      projects,
      sorted.map((name) => ({ name, '_last-serial': many.indexOf(name) + 1 })),
      way,
    )
    const lines = (await ask({ accept: html })).body.toString().split('\n')
    assert.deepEqual(
      lines.slice(3, -2),
      sorted.map((name) => `<a href="/simple/${nameOf(name)}/">${name}</a><br>`),
      way,
    )
  }
})

test('a long list is packed to the same bytes, and `HEAD` tells the same of it', async () => {
  await using app = await testApp()
  await addMany(app.db)
  const ask = await listening(app)
  for (const accept of [json, html, 'text/html']) {
    const plain = await ask({ accept })
    for (const more of [{}, { 'cache-control': 'no-cache' }]) {
      const packed = await ask({ accept, 'accept-encoding': 'gzip', ...more })
      assert.deepEqual([packed.headers['content-encoding'], packed.headers['content-length']], ['gzip', String(packed.body.length)])
      assert.ok(gunzipSync(packed.body).equals(plain.body))
      const head = await ask({ accept, 'accept-encoding': 'gzip', ...more }, 'HEAD')
      assert.deepEqual([head.status, head.body.length], [200, 0])
      for (const name of ['etag', 'content-length', 'content-encoding', 'content-type', 'x-pypi-last-serial'])
        assert.equal(head.headers[name], packed.headers[name], name)
    }
  }
})

test('each variant of the list has an ETag of its own, which changes when its bytes do, and only then', async () => {
  await using app = await testApp()
  await addMany(app.db)
  const ask = await listening(app)
  const variants = [json, html, 'text/html'].flatMap((accept) =>
    ['gzip', 'identity'].map((encoding) => ({ accept, 'accept-encoding': encoding })),
  )
  const etags = async () => Promise.all(variants.map(async (variant) => (await ask(variant)).headers.etag ?? ''))
  const before = await etags()
  assert.equal(new Set(before).size, 6)
  for (const [n, variant] of variants.entries()) {
    const unchanged = await ask({ ...variant, 'if-none-match': before[n] ?? '' })
    assert.deepEqual([unchanged.status, unchanged.headers.etag, unchanged.body.length], [304, before[n], 0])
  }
  await addFile(app.app, { project: 'Project.7' })
  const after = await etags()
  assert.deepEqual(
    after.map((etag, n) => etag === before[n]),
    [false, false, true, true, true, true],
  )
  assert.equal((await ask({ ...variants[0], 'if-none-match': before[0] ?? '' })).status, 200)
  await addFile(app.app, { project: 'new' })
  assert.equal(new Set([...after, ...(await etags())]).size, 12)
})

test('a publish is in the next answer of its process, a new spelling too', async () => {
  await using app = await testApp()
  await addMany(app.db)
  const ask = await listening(app)
  await ask()
  for (const project of ['aaa', 'project', 'Project.33-x', 'zzz']) {
    await addFile(app.app, { project })
    assert.ok(namesIn(await ask()).includes(project), project)
  }
  assert.equal(namesIn(await ask()).length, many.length + 4)
  assert.equal((await ask()).headers['x-pypi-last-serial'], String(many.length + 4))
  await app.db
    .updateTable('projects')
    .set({ name: 'PROJECT_33', last_serial: many.length + 5 })
    .where('id', '=', 'project-33')
    .execute()
  await app.db
    .updateTable('index_state')
    .set({ serial: many.length + 5 })
    .execute()
  const names = namesIn(await ask({ 'cache-control': 'no-cache' }))
  assert.deepEqual([names.includes('PROJECT_33'), names.includes('Project.33')], [true, false])
})

test('another process has the same list with the same ETags, at once when asked for the newest, else within a second', async () => {
  await using app = await testApp()
  await addMany(app.db)
  const index = openIndexPages(app.app.config)
  const { addresses, close } = await serve(app.app, routes({ ...app.app, index }), shortCut({ ...app.app, index }))
  const ask = await listening(app)
  const askOther = (headers = {}) => askOverWire(`http://${addresses[0]}`, page, { headers: { host, accept: json, ...headers } })
  await askOther()
  for (const project of ['beta', 'alpha']) await addFile(app.app, { project })
  const newest = await ask()
  assert.notEqual((await askOther()).headers.etag, newest.headers.etag)
  assert.equal((await askOther({ 'cache-control': 'no-cache' })).headers.etag, newest.headers.etag)
  await addFile(app.app, { project: 'gamma' })
  app.pass(1000)
  const other = await askOther()
  assert.deepEqual([other.headers.etag, namesIn(other).includes('gamma')], [(await ask()).headers.etag, true])
  await close()
})

test('pages are made one after the other; who asks meanwhile shares the next one, which has all that was committed', async () => {
  await using app = await testApp()
  await addFile(app.app, { project: 'alpha' })
  const list = openProjectList(app.app.config)
  const serial = async (page: ReturnType<typeof list.load>) => (await page).plain.whole.headers['x-pypi-last-serial']
  const first = list.load(app.db, 'json')
  await Promise.resolve() // it begins
  await addFile(app.app, { project: 'beta' })
  const next = Array.from({ length: 20 }, () => list.load(app.db, 'json'))
  const other = list.load(app.db, 'text')
  assert.equal(new Set([first, ...next]).size, 2)
  assert.deepEqual([await serial(next[19] ?? first), await serial(other)], ['2', '2'])
})

test('a failure is told to those who waited, and the next one goes on from there', async () => {
  await using app = await testApp()
  await addMany(app.db)
  const list = openProjectList(app.app.config)
  await assert.rejects(list.load(app.db.withSchema('nowhere'), 'json'))
  assert.equal((await list.load(app.db, 'json')).plain.whole.headers['x-pypi-last-serial'], String(many.length))
})

test('a list that was set back with its database has what is left', async () => {
  await using app = await testApp()
  for (const project of ['alpha', 'beta']) await addFile(app.app, { project })
  const ask = await listening(app)
  assert.deepEqual(namesIn(await ask()), ['alpha', 'beta'])
  await app.db.deleteFrom('projects').where('name', '=', 'beta').execute()
  await app.db.updateTable('index_state').set({ serial: 1 }).execute()
  assert.deepEqual(namesIn(await ask({ 'cache-control': 'no-cache' })), ['alpha'])
})

test('an empty list is a document like others, plain and packed', async () => {
  await using app = await testApp()
  const ask = await listening(app)
  for (const accept of [json, html]) {
    const plain = await ask({ accept })
    assert.ok(gunzipSync((await ask({ accept, 'accept-encoding': 'gzip' })).body).equals(plain.body))
    assert.equal(plain.headers['x-pypi-last-serial'], '0')
  }
  assert.deepEqual(namesIn(await ask()), [])
  assert.doesNotMatch((await ask({ accept: html })).body.toString(), /<a /)
})
