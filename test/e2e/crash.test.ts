import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { Agent, get } from 'node:http'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Distribution } from '../../src/testing/wheel.ts'
import { type Life, start } from './lives.ts'
import { newPublisher } from './publisher.ts'
import { type Answer, beginUpload, checkWhole, type Listed, listed, publish, seeded, sha256, temporary, wheelOf } from './publishing.ts'
import { newPlace, type Place } from './server.ts'

const projects = ['anvil', 'bellows', 'chisel', 'drill', 'edger']

/** What clients and a reader do while processes come and go. */
interface Work {
  readonly place: Place
  readonly token: string
  /** SHA-256 of what shall be published, by file name. */
  readonly hashes: ReadonlyMap<string, string>
  readonly answered: string[]
  cut: number
  read: number
  readonly ending: AbortController
}

/** An index, its publisher, and what shall be uploaded. All that `next` starts ends with the test. */
async function begin(t: TestContext, uploads: number) {
  const random = seeded(8400)
  const place = await newPlace({ LIMITS: '{"new_project":"1000/60","upload":"10000/60"}' })
  const lives: Life[] = []
  const next = (): Life => {
    const life = start(place)
    lives.push(life)
    return life
  }
  t.after(async () => {
    await Promise.all(lives.map((life) => life.kill()))
    await place.remove()
  })
  const life = next()
  assert.ok(await life.isReady(), life.log())
  const { token } = await newPublisher(place, 'mona')
  const wheels = Array.from({ length: uploads }, (_, n) => wheelOf(projects[n % 5] ?? '', `1.${n}`, random() ** 3 * 300_000, random))
  const hashes = new Map(wheels.map(({ filename, bytes }) => [filename, sha256(bytes)]))
  const work: Work = { place, token, hashes, answered: [], cut: 0, read: 0, ending: new AbortController() }
  t.after(() => work.ending.abort())
  return { random, place, life, next, wheels, work }
}

/** What each of four clients uploads. */
const shared = (wheels: readonly Distribution[]): Distribution[][] => [0, 1, 2, 3].map((n) => wheels.filter((_, m) => m % 4 === n))

test('SIGKILL at random moments during 200 uploads takes back nothing that was answered 200, and no half file is ever seen', async (t) => {
  const { random, place, next, wheels, work, ...first } = await begin(t, 200)
  let { life } = first
  const clients = Promise.all(shared(wheels).map((wheels) => publishAll(work, wheels)))
  const reader = readOn(work)
  const done = clients.finally(() => work.ending.abort())
  let kills = 0
  for (const end = Date.now() + 45_000; Date.now() < end && !work.ending.signal.aborted; kills++) {
    await ripe(life, work, random())
    await setTimeout(100 + random() * 300)
    await life.kill()
    assert.doesNotMatch(life.log(), /"level":"(error|warning)"/)
    life = next()
  }
  await done
  await reader
  t.diagnostic(`${kills} kills cut ${work.cut} uploads; ${work.read} files were read meanwhile`)
  assert.ok(kills >= 5 && work.cut >= 5 && work.read >= 5, 'nothing was put to the test')

  await life.kill()
  life = next()
  assert.ok(await life.isReady(), life.log())
  assert.deepEqual(work.answered.sort(), [...work.hashes.keys()].sort())
  await checkIndex(work)
  assert.deepEqual(await leftovers(place), [])
  assert.equal(await life.stop(), 0)
  assert.doesNotMatch(life.log(), /"level":"(error|warning)"/)
})

test('SIGTERM while uploads run: those under way are answered, busy clients are sent away, and the exit code is 0', async (t) => {
  const { random, place, life, next, wheels, work } = await begin(t, 60)
  const late = wheels.splice(-4)
  const clients = Promise.all(shared(wheels).map((wheels) => publishUntilCut(work, wheels)))
  const under_way = await Promise.all(late.map((wheel) => beginUpload(place, work.token, wheel, 2000 * random())))
  while (work.answered.length < 10) await setTimeout(10)
  const busy = askOn(place)
  const stopped = life.stop()
  await clients
  assert.equal(await busy, 'close')
  for (const upload of under_way) await upload.finish()
  assert.deepEqual(await Promise.all(under_way.map(({ answered }) => answered())), Array(4).fill('HTTP/1.1 200 OK'))
  assert.equal(await stopped, 0, life.log())
  assert.doesNotMatch(life.log(), /"level":"(error|warning)"/)
  assert.deepEqual(await temporary(place), [])

  const again = next()
  assert.ok(await again.isReady(), again.log())
  work.answered.push(...late.map(({ filename }) => filename))
  await checkIndex(work)
})

/** Asks again and again over one connection, and hands back what the last answer said of it. */
async function askOn({ port }: Place): Promise<string | undefined> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  for (;;) {
    const [answer] = await once(get({ agent, port, host: '127.0.0.1', path: '/_health/' }), 'response').catch(() => [])
    if (!answer) return 'close' // between two questions it may be closed without a word
    await once(answer.resume(), 'end')
    if (answer.headers.connection !== 'keep-alive') return answer.headers.connection
  }
}

/** One life in five ends while it starts, two do as soon as it serves, two after it has published something. */
async function ripe(life: Life, { answered, ending }: Work, choice: number): Promise<void> {
  if (choice < 0.2) return
  await life.isReady()
  const before = answered.length
  for (let n = 0; choice > 0.6 && answered.length === before && n < 200 && !ending.signal.aborted; n++) await setTimeout(20)
}

/** Uploads each file until that is answered; what was cut is sent again. */
async function publishAll(work: Work, wheels: readonly Distribution[]): Promise<void> {
  for (const wheel of wheels) {
    const { status, reason } = await publishAtLast(work, wheel)
    assert.equal(status, 200, `${wheel.filename}: ${reason}`)
    work.answered.push(wheel.filename)
  }
}

/** Uploads one after the other, until no answer comes. */
async function publishUntilCut(work: Work, wheels: readonly Distribution[]): Promise<void> {
  for (const wheel of wheels) {
    const answer = await unlessCut(publish(work.place.site, work.token, wheel))
    if (!answer) return
    assert.equal(answer.status, 200, answer.reason)
    work.answered.push(wheel.filename)
  }
}

async function publishAtLast(work: Work, wheel: Distribution): Promise<Answer> {
  for (;;) {
    const answer = await unlessCut(publish(work.place.site, work.token, wheel), () => work.cut++)
    if (answer) return answer
    await setTimeout(20, undefined, { signal: work.ending.signal })
  }
}

/** Reads the newest files as installers do, all the time. An answer that is cut is no answer; one that came to its end must be right. */
async function readOn(work: Work): Promise<void> {
  for (let n = 0; !work.ending.signal.aborted; n++) {
    const files = (await unlessCut(listed(work.place.site, projects[n % 5] ?? ''))) ?? []
    for (const file of [...files].sort(byVersion).slice(-3)) {
      await unlessCut(checkAsSent(work, file))
      work.read++
    }
    await setTimeout(10)
  }
}

const byVersion = (a: Listed, b: Listed): number => a.filename.localeCompare(b.filename, 'en', { numeric: true })

/** Nothing if the connection was refused or broke off; of the latter `cut` is told. */
const unlessCut = <Found>(act: Promise<Found>, cut?: () => void): Promise<Found | undefined> =>
  act.catch((error: unknown) => {
    if (!(error instanceof TypeError && error.cause instanceof Error)) throw error
    if (!('code' in error.cause && error.cause.code === 'ECONNREFUSED')) cut?.()
    return undefined
  })

async function checkAsSent({ hashes }: Work, file: Listed): Promise<void> {
  assert.equal(file.hashes.sha256, hashes.get(file.filename))
  await checkWhole(file)
}

/** All that was answered is listed, and all that is listed is whole. */
async function checkIndex(work: Work): Promise<void> {
  const files = (await Promise.all(projects.map((project) => listed(work.place.site, project)))).flat()
  for (const file of files) await checkAsSent(work, file)
  const names = new Set(files.map(({ filename }) => filename))
  const lost = work.answered.filter((filename) => !names.has(filename))
  assert.deepEqual(lost, [])
}

/** What processes that died were writing. */
async function leftovers(place: Place): Promise<string[]> {
  const all = await readdir(join(place.folder, 'data'))
  return [...all.filter((name) => name.startsWith('master.key.')), ...(await temporary(place))]
}
