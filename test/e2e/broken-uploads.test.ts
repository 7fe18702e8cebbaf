import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { type Life, start } from './lives.ts'
import { newPublisher } from './publisher.ts'
import { beginUpload, checkWhole, listed, publish, seeded, temporary, wheelOf } from './publishing.ts'
import { newPlace, type Place, until } from './server.ts'

const random = seeded(4)
const MiB = 2 ** 20
let place: Place
let life: Life
let token: string

before(async () => {
  place = await newPlace({ LIMITS: '{"upload":"10000/60"}' })
  life = start(place)
  assert.ok(await life.isReady(), life.log())
  token = (await newPublisher(place, 'mona')).token
})

after(async () => {
  assert.equal(await life.stop(), 0, life.log())
  assert.doesNotMatch(life.log(), /"level":"(error|warning)"/)
  await place.remove()
})

/** Nothing is left of what was cut, and the index serves on. */
async function checkHealthy(version: string): Promise<void> {
  await until('the temporary folder to be empty', async () => (await temporary(place)).length === 0 || undefined)
  assert.equal((await publish(place.site, token, wheelOf('hearth', version, 10_000, random))).status, 200)
  const files = await listed(place.site, 'hearth')
  for (const file of files) await checkWhole(file)
  assert.deepEqual(await temporary(place), [])
}

test('clients that go away in the middle of an upload, a hundred of them, leave no file, no open connection and no memory behind', async (t) => {
  const wheel = wheelOf('kiln', '1.0', 4 * MiB, random)
  const goAway = async (): Promise<void> => {
    const { socket } = await beginUpload(place, token, wheel, 2 * MiB * random())
    await setTimeout(random() * 30)
    socket.destroy()
  }
  const many = async (count: number): Promise<void> => {
    for (let n = 0; n < count / 10; n++) await Promise.all(Array.from({ length: 10 }, goAway))
  }
  await many(50) // whatever is made once is made now
  await checkHealthy('1.0')
  const before = await usage(life.pid)
  await many(100)
  await checkHealthy('1.1')
  await until('as few open files as before', async () => (await usage(life.pid)).files <= before.files + 2 || undefined)
  const { memory } = await usage(life.pid)
  t.diagnostic(`memory before ${before.memory} MiB, after ${memory} MiB`)
  assert.ok(memory < before.memory + 60, `it grew from ${before.memory} to ${memory} MiB`) // all that was sent is 100 MiB
  assert.deepEqual(await listed(place.site, 'kiln'), [])
})

/** Open files, and MiB of memory, as Linux tells them. */
async function usage(pid: number): Promise<{ files: number; memory: number }> {
  const [, kiB = ''] = /^VmRSS:\s+([0-9]+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? []
  return { files: (await readdir(`/proc/${pid}/fd`)).length, memory: Math.round(Number(kiB) / 1024) }
}

test('a body that ends too early is no upload: within the file, within the last boundary, or before the length it was said to have', async () => {
  const wheel = wheelOf('kiln', '2.0', 100_000, random)
  for (const lacking of [50_000, 10]) {
    const short = await beginUpload(place, token, wheel, 0, lacking)
    await short.finish()
    assert.equal(await short.answered(), "HTTP/1.1 400 The upload can't be read. Send it as multipart/form-data, complete.")
    const cut = await beginUpload(place, token, wheel, 0)
    await cut.send(cut.body.subarray(0, -lacking))
    cut.socket.end()
    assert.doesNotMatch(await cut.answered(), /^HTTP.1\.1 2/)
  }
  await checkHealthy('2.0')
  assert.deepEqual(await listed(place.site, 'kiln'), [])
})

test('a body that trickles or stops is answered 408 within its time', async () => {
  const wheel = wheelOf('kiln', '3.0', 100_000, random)
  const trickle = await beginUpload(place, token, wheel, 1000)
  const stop = await beginUpload(place, token, wheel, 50_000)
  let at = 1000
  const drops = setInterval(() => void trickle.send(trickle.body.subarray(at, ++at)), 100)
  const answers = Promise.all([trickle, stop].map(({ answered }) => answered()))
  const late = setTimeout(30_000, ['still waiting'], { ref: false })
  const slow = 'HTTP/1.1 408 The upload arrived too slowly. Send it again.'
  assert.deepEqual(await Promise.race([answers, late]), [slow, slow])
  clearInterval(drops)
  await checkHealthy('3.0')
  assert.deepEqual(await listed(place.site, 'kiln'), [])
})
