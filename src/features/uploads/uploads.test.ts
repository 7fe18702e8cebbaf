import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { days } from '../../lib/time.ts'
import { type TestApp, testApp } from '../../testing/app.ts'
import { newUploader, twineFields } from '../../testing/uploads.ts'
import { buildSdist, buildWheel } from '../../testing/wheel.ts'

type Uploader = Awaited<ReturnType<typeof newUploader>>

/** What the index shows of a project to installers: file names. */
async function filesOf(address: string, project: string): Promise<string[]> {
  const answer = await fetch(`${address}/simple/${project}/`, { headers: { accept: 'application/vnd.pypi.simple.v1+json' } })
  if (answer.status === 404) return []
  const { files } = (await answer.json()) as { files: { filename: string }[] }
  return files.map(({ filename }) => filename)
}

const temporary = async (app: TestApp): Promise<string[]> => {
  const folder = join(app.app.config.storage_url.slice('file:'.length), 'tmp')
  return readdir(folder)
}

async function start(settings?: Record<string, string>) {
  const app = await testApp(settings)
  const mona = await app.person('mona')
  return { app, mona, client: await newUploader(app, mona), [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

test('the first upload makes the project, its release and its owner; installers see it at once, with its sidecar', async () => {
  await using at = await start()
  const wheel = buildWheel({ name: 'Grid.Cast' })
  const answer = await at.client.upload(wheel)
  assert.deepEqual([answer.status, answer.text], [200, ''])
  assert.deepEqual(await filesOf(at.client.address, 'grid-cast'), [wheel.filename])
  const { files } = (await (
    await fetch(`${at.client.address}/simple/grid-cast/`, { headers: { accept: 'application/vnd.pypi.simple.v1+json' } })
  ).json()) as {
    files: { url: string; hashes: { sha256: string } }[]
  }
  const path = new URL(files[0]?.url ?? '').pathname
  assert.deepEqual(Buffer.from(await (await fetch(at.client.address + path)).arrayBuffer()), wheel.bytes)
  assert.match(await (await fetch(`${at.client.address}${path}.metadata`)).text(), /^Metadata-Version: .*\nName: Grid\.Cast\n/m)

  const tags = (await at.app.events()).slice(1)
  assert.deepEqual(tags.map(({ tag }) => tag).sort(), ['file:uploaded', 'project:created', 'release:created', 'role:added'])
  assert.partialDeepStrictEqual(
    tags.find(({ tag }) => tag === 'role:added'),
    { user_id: at.mona.user_id, role: 'owner' },
  )
  assert.ok(tags.every(({ actor_id, token_id, project_id }) => actor_id === at.mona.user_id && token_id !== null && project_id !== null))
  assert.equal((await at.app.mails()).at(-1)?.subject, 'Grid.Cast 1.0 was published')
  assert.deepEqual(await temporary(at.app), [])
})

test('a source distribution joins the release; the second one of it is refused', async () => {
  await using at = await start()
  assert.equal((await at.client.upload(buildWheel())).status, 200)
  assert.equal((await at.client.upload(buildSdist())).status, 200)
  assert.deepEqual((await filesOf(at.client.address, 'demo')).sort(), ['demo-1.0-py3-none-any.whl', 'demo-1.0.tar.gz'])
  assert.equal((await at.app.db.selectFrom('releases').select('id').execute()).length, 1)
})

test('T162: the same file again answers 200 and changes nothing; other bytes under the name are refused for ever', async () => {
  await using at = await start()
  const wheel = buildWheel()
  assert.equal((await at.client.upload(wheel)).status, 200)
  const events = await at.app.events()
  assert.equal((await at.client.upload(wheel)).status, 200)
  assert.deepEqual(await at.app.events(), events)
  const other = await at.client.upload(buildWheel({ files: { 'demo/other.py': '' } }))
  assert.deepEqual(
    [other.status, other.reason.startsWith('File already exists'), other.text.startsWith('400 File already exists')],
    [400, true, true],
  )
  const renamed = await at.client.upload({ ...wheel, filename: 'demo-1.0-1-py3-none-any.whl' })
  assert.equal(renamed.status, 400)
  assert.deepEqual(await filesOf(at.client.address, 'demo'), [wheel.filename])
  assert.deepEqual(await temporary(at.app), [])
})

test('two names that mean the same file are one: tags in another order', async () => {
  await using at = await start()
  assert.equal((await at.client.upload(buildWheel({ tag: 'py2.py3-none-any' }))).status, 200)
  const twin = await at.client.upload(buildWheel({ tag: 'py3.py2-none-any', files: { 'demo/x.py': '' } }))
  assert.match(twin.reason, /^File already exists/)
})

test('parallel uploads of one name: one wins, and the stored bytes are those of its row', async () => {
  await using at = await start()
  const wheels = Array.from({ length: 6 }, (_, n) => buildWheel({ files: { 'demo/n.py': `n = ${n}\n` } }))
  const answers = await Promise.all(wheels.map((wheel) => at.client.upload(wheel)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400, 400, 400, 400, 400])
  const won = wheels[answers.findIndex(({ status }) => status === 200)] ?? assert.fail()
  const { files } = (await (
    await fetch(`${at.client.address}/simple/demo/`, { headers: { accept: 'application/vnd.pypi.simple.v1+json' } })
  ).json()) as { files: { url: string }[] }
  assert.deepEqual(Buffer.from(await (await fetch(at.client.address + new URL(files[0]?.url ?? '').pathname)).arrayBuffer()), won.bytes)
})

test('parallel first uploads of many files of one project make one project and one release', async () => {
  await using at = await start()
  const wheels = ['cp311', 'cp312', 'cp313', 'cp314'].map((tag) => buildWheel({ tag: `${tag}-${tag}-win_amd64` }))
  const answers = await Promise.all(wheels.map((wheel) => at.client.upload(wheel)))
  assert.deepEqual(
    answers.map(({ status, text }) => [status, text]),
    wheels.map(() => [200, '']),
  )
  const count = async (table: 'projects' | 'releases') => (await at.app.db.selectFrom(table).select('id').execute()).length
  assert.deepEqual([await count('projects'), await count('releases'), (await filesOf(at.client.address, 'demo')).length], [1, 1, 4])
  const { serial } = await at.app.db.selectFrom('index_state').select('serial').executeTakeFirstOrThrow()
  assert.equal(serial, 4)
})

test('T114: strangers can’t upload to a project, nor a project’s token to another or a new one', async () => {
  await using at = await start()
  assert.equal((await at.client.upload(buildWheel())).status, 200)
  const nils = await newUploader(at.app, await at.app.person('nils'))
  const stranger = await nils.upload(buildWheel({ version: '2.0' }))
  assert.deepEqual(
    [stranger.status, stranger.reason],
    [403, "You aren't allowed to upload to this project: only its owners and maintainers are."],
  )
  const narrow = await newUploader(at.app, at.mona, 'scope:project:demo')
  assert.equal((await narrow.upload(buildWheel({ version: '2.0' }))).status, 200)
  assert.match((await narrow.upload(buildWheel({ name: 'other' }))).reason, /^This API token is for another project/)
  assert.deepEqual(await filesOf(at.client.address, 'other'), [])
})

test('T146: names that look alike, reserved names', async () => {
  await using at = await start()
  assert.equal((await at.client.upload(buildWheel({ name: 'solo-lib' }))).status, 200)
  assert.match((await at.client.upload(buildWheel({ name: 's0l0-1ib' }))).reason, /too similar to the existing project 'solo-lib'/)
  for (const name of ['asyncio', 'future', 'namespace'])
    assert.match((await at.client.upload(buildWheel({ name }))).reason, /reserved: Python or its packaging uses it, in this or a similar/)
})

test('MAX_FILE_SIZE and MAX_PROJECT_SIZE hold, and nothing is left behind', async () => {
  const { length } = buildWheel().bytes
  await using at = await start({ MAX_FILE_SIZE: '5000', MAX_PROJECT_SIZE: String(length + 10) })
  const large = await at.client.upload(buildWheel({ files: { 'demo/x.bin': randomBytes(20_000) } }))
  assert.deepEqual([large.status, large.reason], [413, 'The file is larger than this index takes.'])
  assert.equal((await at.client.upload(buildWheel())).status, 200)
  assert.match((await at.client.upload(buildWheel({ version: '2.0' }))).reason, /would grow beyond the [0-9]+ bytes/)
  assert.deepEqual(await filesOf(at.client.address, 'demo'), ['demo-1.0-py3-none-any.whl'])
  assert.deepEqual(await temporary(at.app), [])
})

test('T170: what is refused stores no bytes, whether the quota, the name, the token or the archive is why', async () => {
  const first = buildWheel()
  await using at = await start({ MAX_PROJECT_SIZE: String(first.bytes.length + 3000) })
  const stored = () => Array.fromAsync(at.app.app.files.list())
  assert.equal((await at.client.upload(first)).status, 200)
  const before = await stored()
  const other = buildWheel({ files: { 'demo/x.txt': 'other' } })
  const large = buildWheel({ version: '2.0', files: { 'demo/x.bin': randomBytes(5000) } })
  assert.match((await at.client.upload(other)).reason, /^File already exists/)
  assert.match((await at.client.upload(large)).reason, /would grow beyond/)
  assert.match((await at.client.upload({ ...large, bytes: large.bytes.subarray(0, 900) })).reason, /./)
  assert.deepEqual(await stored(), before)
})

test('the answer has the form that each client reads (A.6), and lists every problem with its rule', async () => {
  await using at = await start()
  const wrong = { version: '9.9', pyversion: 'cp310', sha256_digest: '0'.repeat(64) }
  const as = (accept: string) => at.client.upload(buildWheel(), wrong, { accept })
  const first = "The form says Python 'cp310', but the file name says 'py3'. Send the tag of the file name."
  const json = await as('application/json;q=0.9, text/plain;q=0.8, text/html;q=0.7')
  assert.deepEqual([json.status, json.reason, json.type], [400, first, 'application/json'])
  const { message, code, title, problems } = JSON.parse(json.text)
  assert.deepEqual([message, code, title], [first, `400 ${first}`, 'Bad Request'])
  assert.deepEqual(
    problems.map(({ rule }: { rule: string }) => rule),
    ['form-pyversion', 'form-digest', 'filename-version'],
  )
  const problem = await as('application/problem+json')
  assert.deepEqual([problem.type, JSON.parse(problem.text).detail], ['application/problem+json', first])
  const html = await as('*/*')
  assert.match(html.text, /^<html><head><title>400 The form says Python &#39;cp310&#39;/)
  assert.match((await as('text/plain')).text, /\[form-digest\] https:\/\/index\.example\/help\/#form-digest/)
})

test('a plain description goes through with a warning when it can’t be rendered', async () => {
  await using at = await start()
  const answer = await at.client.upload(
    buildWheel({ metadata: { 'Description-Content-Type': 'text/x-rst' }, description: 'Title\n=====\n' }),
  )
  assert.equal(answer.status, 200)
  assert.match(answer.text, /plain text/)
})

test('T165: rights taken while the upload is under way: nothing is published', async () => {
  await using at = await start()
  assert.equal((await at.client.upload(buildWheel())).status, 200)
  await at.app.db.deleteFrom('project_roles').execute()
  assert.equal((await at.client.upload(buildWheel({ version: '2.0' }))).status, 403)
  assert.equal((await filesOf(at.client.address, 'demo')).length, 1)
})

/** Sends half of an upload, waits until its token was looked at, changes something, sends the rest. */
async function changedMidway({ app }: { app: TestApp }, client: Uploader, version: string, change: () => unknown): Promise<number> {
  const wheel = buildWheel({ version })
  const form = new FormData()
  for (const [name, value] of Object.entries(twineFields(wheel))) form.append(name, String(value))
  form.append('content', new Blob([new Uint8Array(wheel.bytes)]), wheel.filename)
  const encoded = new Response(form)
  const type = encoded.headers.get('content-type') ?? ''
  const bytes = Buffer.from(await encoded.arrayBuffer())
  const headers = { authorization: `Bearer ${client.token}`, 'content-type': type, 'content-length': bytes.length }
  const sent = request(`${client.address}/legacy/`, { method: 'POST', headers })
  sent.write(bytes.subarray(0, 500))
  const isUnused = async () => (await app.db.selectFrom('api_tokens').select('id').where('last_used_at', 'is', null).execute()).length > 0
  while (await isUnused()) await new Promise((done) => setTimeout(done, 5))
  await change()
  sent.end(bytes.subarray(500))
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  answer.resume()
  return answer.statusCode ?? 0
}

test('T123, T165: what a token may do is decided again when the upload has come', async () => {
  await using at = await start()
  const { db } = at.app
  assert.equal((await at.client.upload(buildWheel())).status, 200)
  const changes: Record<string, () => unknown> = {
    nothing: () => undefined,
    revoked: () => db.updateTable('api_tokens').set({ revoked_at: 1 }).execute(),
    ended: () => at.app.pass(days(7)),
    'its owner frozen': () => db.updateTable('users').set({ frozen_at: 1 }).execute(),
    'its owner without a factor': () => db.deleteFrom('totps').execute(),
    'its owner without the role': () => db.deleteFrom('project_roles').execute(),
  }
  const mona = await db.selectFrom('users').selectAll().executeTakeFirstOrThrow()
  const totp = await db.selectFrom('totps').selectAll().executeTakeFirstOrThrow()
  for (const [n, [name, change]] of Object.entries(changes).entries()) {
    const client = await newUploader(at.app, at.mona)
    assert.equal(await changedMidway(at, client, `2.${n}`, change), name === 'nothing' ? 200 : 403, name)
    await db.updateTable('users').set(mona).execute()
    await db
      .insertInto('totps')
      .values(totp)
      .onConflict((on) => on.doNothing())
      .execute()
    await db.updateTable('sessions').set({ authenticated_at: at.app.now(), last_seen_at: at.app.now(), created_at: at.app.now() }).execute()
  }
  assert.deepEqual((await filesOf(at.client.address, 'demo')).sort(), ['demo-1.0-py3-none-any.whl', 'demo-2.0-py3-none-any.whl'])
  assert.deepEqual(await temporary(at.app), [])
})
