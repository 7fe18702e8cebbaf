import assert from 'node:assert/strict'
import { readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { KyselyPlugin } from 'kysely'
import type { App } from '../../app.ts'
import { type ContentKey, contentKeyOf, parseContentKey } from '../../files/files.ts'
import { hours, type Instant, minutes } from '../../lib/time.ts'
import { type TestApp, testApp } from '../../testing/app.ts'
import { addFile } from '../../testing/projects.ts'
import { sweepFiles } from './sweep.ts'

/** Stores bytes, at the time of the test. */
async function put({ files }: App, text: string): Promise<ContentKey> {
  const key = contentKeyOf(Buffer.from(text))
  for (let n = 0; n < 2; n++) await files.put(key, Buffer.from(text)) // what is known already is touched
  return key
}

/** Sweeps a day and a bit later, through an application that differs in some way. */
async function sweep(app: TestApp, differences: Partial<App> = {}): Promise<void> {
  app.pass(hours(25))
  await sweepFiles.run({ ...app.app, ...differences }, '{}', app.now())
}

const folderOf = ({ app }: TestApp): string => app.config.storage_url.slice('file:'.length)
const touch = (path: string, at: Instant): Promise<void> => utimes(path, new Date(at), new Date(at))

test('bytes that nobody refers to are swept after a day', async () => {
  await using app = await testApp()
  const orphan = await put(app.app, 'orphan')
  app.pass(-hours(1) - minutes(1))
  await sweep(app)
  assert.ok(await app.app.files.head(orphan))
  await sweep(app)
  assert.equal(await app.app.files.head(orphan), undefined)
})

test('a published file and its sidecar stay, and stay in sight', async () => {
  await using app = await testApp()
  const { sha256 } = await addFile(app.app, { metadata: 'Name: demo' })
  const keys = [parseContentKey(sha256) ?? assert.fail(), await put(app.app, 'Name: demo')]
  const withdraw = (key: ContentKey) => assert.fail(`${key} was withdrawn`)
  await sweep(app, { files: { ...app.app.files, withdraw } })
  for (const key of keys) assert.ok(await app.app.files.head(key))
})

test('a folder of many files is looked after with few questions', async () => {
  await using app = await testApp()
  await addFile(app.app)
  const row = await app.db.selectFrom('files').selectAll().executeTakeFirstOrThrow()
  const keys = Array.from({ length: 700 }, (_, n) => `ab${n.toString(16).padStart(62, '0')}`)
  for (const key of keys) {
    const path = join(folderOf(app), 'blobs/ab', key)
    await writeFile(path, '')
    await touch(path, app.now())
  }
  const wanted = keys.slice(0, -1)
  const rows = wanted.map((sha256) => ({ ...row, id: sha256, filename: sha256, slot: sha256, sha256 }))
  await app.db.insertInto('files').values(rows).execute()
  let questions = 0
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      questions++
      return result
    },
  }
  await sweep(app, { db: app.db.withPlugin(counting) })
  assert.deepEqual((await readdir(join(folderOf(app), 'blobs/ab'))).sort(), wanted)
  assert.equal(questions, 4) // of the wheel, twice of this folder, and once more of the one that goes
})

test('an upload that wants old bytes while they are about to be swept keeps them', async () => {
  await using app = await testApp()
  const { files } = app.app
  const meetings: Record<string, (key: ContentKey) => ReturnType<typeof files.withdraw>> = {
    'it touches them before they are withdrawn': async (key) => {
      await put(app.app, 'wanted')
      return files.withdraw(key)
    },
    'it puts them when they are withdrawn': async (key) => {
      const withdrawn = await files.withdraw(key)
      await put(app.app, 'wanted')
      return withdrawn
    },
    'it commits when they are withdrawn': async (key) => {
      const withdrawn = await files.withdraw(key)
      await addFile(app.app, { bytes: Buffer.from('other') })
      await app.db.updateTable('files').set({ sha256: key }).execute()
      return withdrawn
    },
  }
  for (const [how, withdraw] of Object.entries(meetings)) {
    const key = await put(app.app, 'wanted')
    await sweep(app, { files: { ...files, withdraw } })
    assert.ok(await files.head(key), how)
    assert.deepEqual(await readdir(join(folderOf(app), 'aside')), [], how)
  }
})

test('what another container has left behind of uploads goes with the sweep', async () => {
  await using app = await testApp()
  const path = join(folderOf(app), 'tmp', 'another.1.life.file')
  await writeFile(path, 'half')
  await touch(path, app.now())
  await sweep(app)
  assert.deepEqual(await readdir(join(folderOf(app), 'tmp')), [])
})

test('READ_ONLY: nothing is swept', async () => {
  await using app = await testApp({ READ_ONLY: 'on' })
  const orphan = await put(app.app, 'orphan')
  await sweep(app)
  assert.ok(await app.app.files.head(orphan))
})
