import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { test } from 'node:test'
import { routes } from '../../routes.ts'
import { testApp } from '../../testing/app.ts'
import { site } from '../../testing/site.ts'

test('a process that lives says so, under any name of this machine', async () => {
  await using app = await testApp()
  for (const host of ['index.example', 'localhost:8400', '127.0.0.1']) {
    const answer = await app.request('/_health/', { headers: { host } })
    assert.deepEqual([answer.status, await answer.json()], [200, { status: 'ok' }])
  }
})

test('it is ready when database and files are', async () => {
  await using app = await testApp()
  const answer = await app.request('/_health/ready')
  assert.deepEqual([answer.status, await answer.json()], [200, { status: 'ok', database: true, files: true }])
  assert.equal(answer.headers.get('cache-control'), 'no-store')
})

test('it is not ready while files can’t be written', async () => {
  await using app = await testApp()
  const folder = dirname(app.app.files.temporary())
  await rm(folder, { recursive: true })
  const answer = await app.request('/_health/ready')
  assert.deepEqual([answer.status, await answer.json()], [503, { status: 'not ready', database: true, files: false }])
})

test('it is not ready while the database doesn’t answer, and still lives', async () => {
  await using app = await testApp()
  const web = routes({ ...app.app, db: app.db.withSchema('nowhere') })
  const answer = await web.request(`${site}/_health/ready`)
  assert.deepEqual([answer.status, await answer.json()], [503, { status: 'not ready', database: false, files: true }])
  assert.equal((await web.request(`${site}/_health/`)).status, 200)
})
