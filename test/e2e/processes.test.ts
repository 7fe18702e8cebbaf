import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { rename, stat, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { buildSdist, buildWheel } from '../../src/testing/wheel.ts'
import { addFactor, makeToken, newPublisher, register, verify } from './publisher.ts'
import { temporary } from './publishing.ts'
import { freePort, mailTo, newPlace, openThings, type Place, type Server, serve, until, wheelkeep } from './server.ts'
import { basic, upload, uploadForm } from './uploads.ts'

/** A place for one test. What was started in it with `start` is stopped first, and must end well. */
async function placeFor(t: TestContext): Promise<{ place: Place; start: (settings?: Record<string, string>) => Promise<Server> }> {
  const place = await newPlace()
  const { closing, closeAll } = openThings()
  closing(place.remove)
  t.after(closeAll)
  const start = async (settings: Record<string, string> = {}): Promise<Server> => {
    const server = await serve(place, settings)
    closing(server.stop)
    return server
  }
  return { place, start }
}

test('migrate makes the database, then finds nothing to do', async (t) => {
  const { place } = await placeFor(t)
  const first = await wheelkeep(place, 'migrate')
  assert.equal(first.code, 0, first.said)
  assert.match(first.said, /"message":"Migrations applied","migrations":"0001/)
  const second = await wheelkeep(place, 'migrate')
  assert.deepEqual([second.code, second.said], [0, ''])
  const mode = (await stat(join(place.folder, 'data/master.key'))).mode & 0o777
  assert.equal(mode, 0o600)
})

test('mail prints the newest mails, with their links', async (t) => {
  const { place, start } = await placeFor(t)
  await start()
  const none = await wheelkeep(place, 'mail')
  assert.equal(none.code, 1)
  assert.match(none.said, /^There is no mail in .*\/outbox yet\.\n$/)
  for (const username of ['mona', 'nora', 'olga']) await register(place, username)
  await mailTo(place, 'olga@example.org', /Verify your address/)
  const [newest, two] = await Promise.all([wheelkeep(place, 'mail'), wheelkeep(place, 'mail', '2')])
  assert.match(newest.out, /^To: olga@example\.org$/m)
  assert.ok(newest.out.includes(`\n${place.site}/account/verify-email/?token=`), newest.out)
  assert.deepEqual(
    Array.from(two.out.matchAll(/^To: (\w+)/gm), ([, name]) => name),
    ['nora', 'olga'],
  )
})

test('admin grant says what is missing, until there is an administrator', async (t) => {
  const { place, start } = await placeFor(t)
  await start()
  const refused = async (sentence: string, ...words: string[]): Promise<void> => {
    const { code, said } = await wheelkeep(place, 'admin', ...words)
    assert.equal(code, 1, said)
    assert.ok(said.includes(sentence), said)
  }
  const visitor = await register(place, 'mona')
  await Promise.all([
    refused('There is no account called nora.', 'grant', 'nora'),
    refused('mona has no verified address yet.', 'grant', 'mona'),
    refused('mona is no administrator.', 'revoke', 'mona'),
  ])
  await verify(place, visitor, 'mona')
  await refused('mona has no second factor yet.', 'grant', 'mona')
  await addFactor(visitor)
  const grant = await wheelkeep(place, 'admin', 'grant', 'Mona')
  assert.equal(grant.code, 0, grant.said)
  assert.match(grant.out, /^Mona is an administrator now\. The account’s sessions have ended, and a mail tells its owner\.\n$/)
  await mailTo(place, 'mona@example.org', /Your account is an administrator now/)
  await visitor.open('/manage/account/')
  assert.match(visitor.page.url, /\/account\/login\//, 'its sessions ended')
  await refused('mona is an administrator already.', 'grant', 'mona')
  const revoke = await wheelkeep(place, 'admin', 'revoke', 'mona')
  assert.equal(revoke.code, 0, revoke.said)
  assert.match(revoke.out, /^mona is no administrator any more\. /)
})

test('an index with accounts doesn’t start without its master key, and makes no other one', async (t) => {
  const { place, start } = await placeFor(t)
  const server = await start()
  await register(place, 'mona')
  await server.stop()
  const [key, copy] = [join(place.folder, 'data/master.key'), join(place.folder, 'copy')]
  await rename(key, copy)
  for (const command of [['serve'], ['serve', '--workers', '2'], ['migrate']]) {
    const { code, said } = await wheelkeep(place, ...command)
    assert.equal(code, 1, said)
    assert.match(said, /^There is no master key at \/\S+\/master\.key, and without it nobody can log in\. Put it back there, [^\n]*\n$/)
    await assert.rejects(stat(key))
  }
  await writeFile(key, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 })
  assert.match((await wheelkeep(place, 'serve')).said, /^\/\S+\/master\.key is not the master key that sealed this database/)
  await rename(copy, key)
  await start()
})

test('an upload that is under way at SIGTERM is finished, and all is there after the next start', async (t) => {
  const { place, start } = await placeFor(t)
  const server = await start()
  const { visitor, token } = await newPublisher(place, 'mona')
  const wheel = buildWheel({ name: 'wheelbarrow', files: { 'wheelbarrow/sand.bin': Buffer.alloc(3_000_000, 'sand') } })
  const { type, body } = await uploadForm(wheel)
  const headers = { authorization: basic(token), 'content-type': type, 'content-length': body.length }
  const sending = request(`${place.site}/legacy/`, { method: 'POST', headers })
  const answered = once(sending, 'response')
  await new Promise((sent) => sending.write(body.subarray(0, 1_000_000), sent))
  await until('the upload to be under way', async () => (await temporary(place)).length > 0 || undefined)
  server.terminate()
  await until('the server to take nothing new', () =>
    fetch(place.site).then(
      () => undefined,
      () => true,
    ),
  )
  sending.end(body.subarray(1_000_000))
  const [answer] = await answered
  assert.equal(answer.statusCode, 200)
  answer.resume()
  await server.ended()

  await start()
  assert.match(await (await fetch(`${place.site}/simple/wheelbarrow/`)).text(), /wheelbarrow-1\.0-py3-none-any\.whl/)
  assert.equal(await upload(place.site, token, buildSdist({ name: 'wheelbarrow' })), 200)
  await visitor.open('/manage/projects/')
  assert.match(visitor.page.text, /1 project/)
})

test('two workers of one server begin with an empty folder together, and each soon knows what the other published', async (t) => {
  const { place, start } = await placeFor(t)
  const server = await start({ WORKERS: '2' })
  const { token } = await newPublisher(place, 'mona')
  for (const version of ['1.0', '1.1', '1.2', '1.3'])
    assert.equal(await upload(place.site, token, buildWheel({ name: 'wheelbarrow', version })), 200)
  await setTimeout(1100) // so far may a process lag behind others
  const pages = await Promise.all(Array.from({ length: 20 }, () => fetch(`${place.site}/simple/wheelbarrow/`).then((page) => page.text())))
  for (const page of pages) assert.match(page, /wheelbarrow-1\.3-/)
  assert.equal(server.lines().filter(({ message }) => message === 'Listening').length, 2)
})

if (process.env.TEST_DATABASE_URL !== undefined) {
  test('two processes serve one index from one database', async (t) => {
    const { place, start } = await placeFor(t)
    const other = `127.0.0.1:${await freePort()}`
    await Promise.all([start(), start({ LISTEN: other })])
    const { visitor, token } = await newPublisher(place, 'mona')
    const read = async (site: string): Promise<string> => (await fetch(`${site}/simple/wheelbarrow/`)).text()
    assert.equal(await upload(`http://${other}`, token, buildWheel({ name: 'wheelbarrow' })), 200)
    assert.match(await read(place.site), /wheelbarrow-1\.0-py3-none-any\.whl/)
    assert.equal(await upload(place.site, token, buildSdist({ name: 'wheelbarrow' })), 200)
    await until('the news to reach the other process', async () =>
      (await read(`http://${other}`)).includes('wheelbarrow-1.0.tar.gz') ? true : undefined,
    )
    const both = await Promise.all(
      [place.site, `http://${other}`].map((site) => upload(site, token, buildWheel({ name: 'barrow', description: site }))),
    )
    assert.deepEqual(both.sort(), [200, 400], 'one of two different files of one name wins')
    assert.ok(await makeToken(visitor, 'another'))
  })
}
