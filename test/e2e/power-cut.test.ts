import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import type { Distribution } from '../../src/testing/wheel.ts'
import { cutPower, follow, newDisk, type Remains, restart } from './disk.ts'
import { type Life, start } from './lives.ts'
import { newPublisher } from './publisher.ts'
import { checkWhole, type Listed, listed, publish, seeded, sha256, wheelOf } from './publishing.ts'
import { newPlace, type Place, serve, until } from './server.ts'
import { answeredBy, isSync, lacksTrace, readTrace, tracedTo } from './strace.ts'

const projects = ['anvil', 'bellows', 'chisel']

/** PostgreSQL syncs its own files; of it the test only asks that bytes were synced before their rows were committed. */
const isSqlite = process.env.TEST_DATABASE_URL === undefined

/** What was done to an index: the traces of its processes, what was answered 200 by request, and the files it had in the end. */
interface Story {
  readonly place: Place
  readonly scratch: string
  readonly traces: { readonly file: string; readonly pid: number }[]
  readonly answers: Map<string, string>
  token: string
  files: readonly Listed[]
}

test('a power cut at any moment takes back no upload that was answered 200', { skip: lacksTrace() }, async (t) => {
  const place = await newPlace()
  const scratch = await mkdtemp(join(tmpdir(), 'wheelkeep-power-'))
  t.after(async () => {
    await rm(scratch, { recursive: true })
    await place.remove()
  })
  const story: Story = { place, scratch, traces: [], answers: new Map(), token: '', files: [] }
  await live(story)

  const random = seeded(2)
  const disk = newDisk(place.folder)
  const worst = (): Remains => cutPower(disk, () => false)
  const mixed = (): Remains => cutPower(disk, () => random() < 0.5)
  const answered: string[] = []
  let cuts = 0
  for (const { file, pid } of story.traces) {
    restart(disk)
    for await (const call of readTrace(file, pid)) {
      follow(disk, call)
      const filename = story.answers.get(answeredBy(call) ?? '')
      if (filename !== undefined) answered.push(filename)
      if (answered.length === 0 || !(filename || isSync(call))) continue
      await check(story, worst(), answered)
      if (filename) await check(story, mixed(), answered)
      if (filename && isSqlite && answered.length === 10) await checkServed(story, worst(), answered)
      cuts++
    }
  }
  assert.equal(answered.length, story.answers.size)
  await checkServed(story, worst(), answered)
  await checkServed(story, mixed(), answered)
  t.diagnostic(`${cuts} power cuts during ${answered.length} uploads`)
})

/** Uploads while processes come and go: one ends as asked, one is killed, some are killed before a commit is synced. */
async function live(story: Story): Promise<void> {
  const random = seeded(1)
  const wheels = Array.from({ length: 27 }, (_, n) => wheelOf(projects[n % 3] ?? '', `1.${n}`, random() * 30_000, random))
  const more = Array.from({ length: 2 }, (_, n) => wheelOf('anvil', '1.0', 10_000, random, `cp3${n}-none-any`))
  await traced(story, async (life) => {
    story.token = (await newPublisher(story.place, 'mona')).token
    await sendAll(story, wheels.slice(0, 15))
    await quiet(life)
    assert.equal(await life.stop(), 0)
  })
  await traced(story, async () => sendAll(story, wheels.slice(15, 21)))
  for (const [n, wheel] of isSqlite ? more.entries() : []) {
    const killed = async (life: Life): Promise<void> => {
      await sendAll(story, more.slice(Math.max(0, n - 1), n)) // what was cut before may be known by now
      await dieInCommit(story, life, wheel)
    }
    await traced(story, killed, true)
  }
  await traced(story, async () => {
    await sendAll(story, [...more, ...wheels.slice(21)])
    story.files = (await Promise.all(projects.map((project) => listed(story.place.site, project)))).flat()
  })
}

/** One life of the index, and what is done in it. If it isn't over then, it is killed when it has nothing to do. */
async function traced(story: Story, work: (life: Life) => Promise<void>, slow = false): Promise<void> {
  const file = join(story.scratch, `${story.traces.length}.trace`)
  const life = start(story.place, tracedTo(file, slow))
  story.traces.push({ file, pid: life.pid })
  try {
    assert.ok(await life.isReady(), life.log())
    await work(life)
    await quiet(life)
  } finally {
    await life.kill()
  }
}

/** Three clients at once. */
async function sendAll({ place, token, answers }: Story, wheels: readonly Distribution[]): Promise<void> {
  const send = async (wheel: Distribution): Promise<void> => {
    const { status, reason, request_id } = await publish(place.site, token, wheel)
    assert.equal(status, 200, reason)
    answers.set(request_id, wheel.filename)
  }
  const client = async (_: unknown, n: number): Promise<void> => {
    for (const wheel of wheels.filter((_, m) => m % 3 === n)) await send(wheel)
  }
  await Promise.all([0, 1, 2].map(client))
}

/** The wheel belongs to a known release, so that its commit is the only one. Each sync takes a while: there is time to come between. */
async function dieInCommit({ place, token, answers }: Story, life: Life, wheel: Distribution): Promise<void> {
  await quiet(life)
  const written = async (): Promise<number> => (await stat(join(place.folder, 'data/wheelkeep.db-wal'))).mtimeMs
  const before = await written()
  const sent = publish(place.site, token, wheel).catch(() => undefined)
  await until('the commit', async () => (await written()) > before || undefined)
  await life.kill()
  const answer = await sent
  if (answer) answers.set(answer.request_id, wheel.filename) // it came too late, or nobody waited for the sync
}

/** Waits until nothing has happened for a while. */
async function quiet(life: Life): Promise<void> {
  for (let before = ''; before !== life.log(); await setTimeout(600)) before = life.log()
}

interface Row {
  readonly filename: string
  readonly hashes: readonly string[]
}

/** Every file answered is there, and no file is there without its bytes. */
async function check({ scratch, files }: Story, remains: Remains, answered: readonly string[]): Promise<void> {
  const known = files.filter(({ filename }) => answered.includes(filename))
  const rows = isSqlite
    ? await rowsOf(join(scratch, 'cut.db'), remains)
    : known.map((file): Row => ({ filename: file.filename, hashes: [file.hashes.sha256, file['core-metadata'].sha256] }))
  const names = rows.map(({ filename }) => filename)
  const lost = answered.filter((filename) => !names.includes(filename))
  assert.deepEqual(lost, [], 'these were answered 200, and are lost')
  for (const { filename, hashes } of rows) {
    for (const hash of hashes) {
      const bytes = remains.get(`data/files/blobs/${hash.slice(0, 2)}/${hash}`)
      assert.ok(bytes && sha256(bytes) === hash, `${filename} has ${bytes ? 'other bytes than it should' : 'lost its bytes'}`)
    }
  }
}

/** Opens what is left of the database, as the next start would. */
async function rowsOf(file: string, remains: Remains): Promise<Row[]> {
  await rm(`${file}-shm`, { force: true })
  for (const ending of ['', '-wal']) await writeFile(file + ending, remains.get(`data/wheelkeep.db${ending}`) ?? '')
  const db = new Sqlite(file)
  try {
    db.pragma('synchronous = OFF') // the disk of the test needs no care
    assert.equal(db.pragma('integrity_check', { simple: true }), 'ok')
    const rows = db.prepare<[], { filename: string; sha256: string; metadata_sha256: string }>('select * from files').all()
    return rows.map(({ filename, sha256, metadata_sha256 }) => ({ filename, hashes: [sha256, metadata_sha256] }))
  } finally {
    db.close()
  }
}

/** Starts the index on what is left: all that was answered is listed, all that is listed is whole, and the next upload goes well. */
async function checkServed({ place, scratch, token }: Story, remains: Remains, answered: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(scratch, 'remains-'))
  for (const [path, bytes] of remains) {
    await mkdir(dirname(join(folder, path)), { recursive: true, mode: 0o700 })
    await writeFile(join(folder, path), bytes, { mode: 0o600 })
  }
  const server = await serve(place, { DATA_DIR: join(folder, 'data') })
  try {
    const files = (await Promise.all(projects.map((project) => listed(place.site, project)))).flat()
    for (const file of files) await checkWhole(file)
    const names = files.map(({ filename }) => filename)
    const lost = answered.filter((filename) => !names.includes(filename))
    assert.deepEqual(lost, [])
    assert.equal((await publish(place.site, token, wheelOf('edger', `1.${Date.now()}`, 1000, Math.random))).status, 200)
  } finally {
    await server.stop()
  }
}
