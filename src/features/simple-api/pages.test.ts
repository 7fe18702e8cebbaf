import assert from 'node:assert/strict'
import { test } from 'node:test'
import { routes } from '../../routes.ts'
import { type TestApp, testApp } from '../../testing/app.ts'
import { addFile } from '../../testing/projects.ts'
import { site } from '../../testing/site.ts'
import { openIndexPages } from './pages.ts'

const page = '/simple/demo/'
const accept = 'application/vnd.pypi.simple.v1+json'

/** Another process: pages of its own over the same database. */
function otherProcess({ app }: TestApp) {
  const index = openIndexPages(app.config)
  const web = routes({ ...app, index })
  return {
    index,
    web,
    serial: async (path: string) => (await web.request(site + path, { headers: { accept } })).headers.get('x-pypi-last-serial'),
  }
}

test('after an upload every process sees it at once when it asks the database, as every request does that is not in memory', async () => {
  await using app = await testApp()
  const other = otherProcess(app)
  await addFile(app.app)
  assert.deepEqual([await other.serial(page), await other.serial('/simple/')], ['1', '1'])
  await addFile(app.app, { version: '2.0' })
  assert.deepEqual([await other.serial(page), await other.serial('/simple/')], ['2', '2'])
})

test('a process forgets what others have changed, and keeps the rest', async () => {
  await using app = await testApp()
  const { index } = otherProcess(app)
  for (const project of ['alpha', 'beta']) await addFile(app.app, { project })
  await index.refresh(app.db, app.now())
  for (const name of ['', 'alpha', 'beta']) await index.load(app.db, name, 'json')
  const kept = () => ['', 'alpha', 'beta'].filter((name) => index.get(name, 'json'))
  await index.refresh(app.db, app.now())
  assert.deepEqual(kept(), ['', 'alpha', 'beta'])
  await addFile(app.app, { project: 'alpha', version: '2.0' })
  assert.deepEqual(kept(), ['', 'alpha', 'beta'])
  await index.refresh(app.db, app.now())
  assert.deepEqual(kept(), ['beta'])
})

test('a database that was set back takes all pages with it', async () => {
  await using app = await testApp()
  const { index } = otherProcess(app)
  await addFile(app.app)
  await index.refresh(app.db, app.now())
  await index.load(app.db, 'demo', 'json')
  await app.db.updateTable('index_state').set({ serial: 0 }).execute()
  await index.refresh(app.db, app.now())
  assert.equal(index.get('demo', 'json'), undefined)
})

test('what was asked is fresh for a second; one caller asks again before that, for all', async () => {
  await using app = await testApp()
  const { index } = otherProcess(app)
  const freshAt = (...times: number[]) => times.map((now) => index.isFresh(now))
  assert.deepEqual(freshAt(1, 2), [false, false])
  await index.refresh(app.db, 5000)
  assert.deepEqual(freshAt(5000, 5499, 5500, 5501, 5999, 6000, 6001), [true, true, false, true, true, false, false])
  await index.refresh(app.db, 6002)
  assert.deepEqual(freshAt(6003, 6501), [true, true])
})

test('a load that began before a change is not kept, nor joined by those who ask after it', async () => {
  await using app = await testApp()
  const { index } = app.app
  await addFile(app.app)
  const before = index.load(app.db, 'demo', 'json')
  index.forget('demo')
  const after = index.load(app.db, 'demo', 'json')
  const [old, current] = await Promise.all([before, after])
  assert.ok(old && current && old !== current)
  assert.equal(index.get('demo', 'json'), current)
  const late = index.load(app.db, 'demo', 'html')
  index.forget('demo')
  assert.ok(await late)
  assert.equal(index.get('demo', 'html'), undefined)
})

test('requests for one page beside each other make it once', async () => {
  await using app = await testApp()
  await addFile(app.app)
  const pages = await Promise.all(Array.from({ length: 20 }, () => app.app.index.load(app.db, 'demo', 'json')))
  assert.ok(pages[0])
  assert.equal(new Set(pages).size, 1)
})

test('uploads and requests beside each other: what is kept at the end is the newest', async () => {
  await using app = await testApp()
  const ask = () => app.request(page, { headers: { accept } })
  const upload = (n: number) => addFile(app.app, { version: `1.${n}` })
  await Promise.all(Array.from({ length: 30 }, (_, n) => (n % 3 === 0 ? upload(n) : ask())))
  assert.equal((await (await ask()).json()).versions.length, 10)
  assert.equal(app.app.index.get('demo', 'json')?.plain.whole.headers['x-pypi-last-serial'], '10')
})

test('a name without a project is not kept; a failure is told to those who waited, and tried again', async () => {
  await using app = await testApp()
  const { index } = app.app
  assert.equal(await index.load(app.db, 'demo', 'json'), undefined)
  await assert.rejects(index.load(app.db.withSchema('nowhere'), 'demo', 'json'))
  await addFile(app.app)
  assert.ok(await index.load(app.db, 'demo', 'json'))
})

test('memory is bounded: what was not asked for goes first', async () => {
  await using app = await testApp()
  const index = openIndexPages(app.app.config, 30_000)
  for (const project of ['alpha', 'beta', 'gamma']) {
    await addFile(app.app, { project })
    await index.load(app.db, project, 'json')
    index.get('alpha', 'json')
  }
  await addFile(app.app, { project: 'delta' })
  await index.load(app.db, 'delta', 'json')
  assert.deepEqual(
    ['alpha', 'beta', 'gamma', 'delta'].map((name) => index.get(name, 'json') !== undefined),
    [true, false, true, true],
  )
})
