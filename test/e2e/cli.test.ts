import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { commands } from '../../src/commands.ts'
import { settings } from '../../src/settings.ts'
import { buildSdist, buildWheel } from '../../src/testing/wheel.ts'
import { addFactor, makeToken, newPublisher, register, verify } from './publisher.ts'
import { freePort, newPlace, type Place, serve, until, wheelkeep } from './server.ts'
import { basic, upload, uploadForm } from './uploads.ts'

let place: Place
before(async () => {
  place = await newPlace()
})
after(() => place.remove())

/** The command line with other settings than those of the place. */
const withSettings = (settings: Record<string, string>, ...words: string[]) => {
  const given = Object.entries(settings).map(([name, value]) => [`WHEELKEEP_${name}`, value])
  return wheelkeep({ env: { ...place.env, ...Object.fromEntries(given) } }, ...words)
}

test('--help names every command, and each command its settings', async () => {
  const { code, out } = await wheelkeep(place, '--help')
  assert.equal(code, 0)
  for (const { name } of commands) assert.match(out, new RegExp(`^ {2}${name}\\b`, 'm'))
  const help = await wheelkeep(place, 'serve', '--help')
  assert.equal(help.code, 0)
  for (const name of Object.keys(settings)) assert.ok(help.out.includes(`--${name.toLowerCase().replaceAll('_', '-')} `), name)
  assert.deepEqual(await wheelkeep(place), await wheelkeep(place, 'help'))
})

test('wrong usage is told in one sentence, with exit code 2', async () => {
  const wrong: [string[], RegExp][] = [
    [['server'], /^There is no command server\. See wheelkeep --help\.\n$/],
    [['serve', 'now'], /^Usage: wheelkeep serve/],
    [['mail', 'none'], /^Usage: wheelkeep mail \[N\]\n$/],
    [['admin', 'promote', 'mona'], /^Usage: wheelkeep admin grant\|revoke USER\n$/],
    [['serve', '--data-folder', '/'], /^Unknown option '--data-folder'.* See wheelkeep serve --help\.\n$/],
  ]
  for (const [words, sentence] of wrong) {
    const { code, said } = await wheelkeep(place, ...words)
    assert.equal(code, 2, said)
    assert.match(said, sentence)
  }
})

test('config shows each setting, where it came from, and no password', async () => {
  const folder = join(place.folder, 'configured')
  await mkdir(folder)
  await writeFile(join(folder, 'wheelkeep.toml'), 'index_max_age = 60\n[limits]\nupload = "5/60"\n')
  const given = {
    DATA_DIR: folder,
    DATABASE_URL: 'postgres://mona:Hunter2@db.example/index',
    MAIL_URL: 'smtps://mona:Hunter2@mail.example',
  }
  const { code, out, said } = await withSettings(given, 'config', '--registration', 'closed')
  assert.equal(code, 0, said)
  assert.doesNotMatch(said, /Hunter2/)
  const shown = out.split('\n')
  for (const line of [
    `DATA_DIR=${folder}  # environment`,
    'DATABASE_URL=postgres://mona:…@db.example/index  # environment',
    'MAIL_URL=smtps://mona:…@mail.example  # environment',
    'REGISTRATION=closed  # flag',
    `INDEX_MAX_AGE=60  # ${folder}/wheelkeep.toml`,
    `LIMITS={"upload":"5/60"}  # ${folder}/wheelkeep.toml`,
    `FILES_URL=${place.site}/packages  # default`,
  ])
    assert.ok(shown.includes(line), `${line}\nis missing in\n${out}`)
})

test('all wrong settings are named at once, and nothing starts', async () => {
  const folder = join(place.folder, 'wrong')
  const wrong = { DATA_DIR: folder, LISTEN: 'everywhere', LIMITS: '{"uploads":"1/1"}', MAX_FILE_SIZE: 'huge', READ_ONLY: 'perhaps' }
  const { code, said } = await withSettings(wrong, 'serve')
  assert.equal(code, 1)
  const named = said
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0])
  assert.deepEqual(named.sort(), ['LIMITS', 'LISTEN', 'MAX_FILE_SIZE', 'READ_ONLY'])
  await assert.rejects(stat(folder))
})

test('plain http is refused beyond this machine, and so are mails that nobody reads', async () => {
  const refused: [Record<string, string>, RegExp][] = [
    [{ SITE_URL: 'http://pkg.example.org' }, /^SITE_URL must begin with https:/],
    [{ LISTEN: '0.0.0.0:8400' }, /^LISTEN reaches beyond this machine: set TLS_CERT and TLS_KEY/],
    [{ SITE_URL: 'https://pkg.example.org', TRUSTED_PROXIES: '127.0.0.1' }, /^MAIL_URL must be set when SITE_URL isn’t this machine/],
    [{ TRUSTED_PROXIES: '0.0.0.0/0' }, /^TRUSTED_PROXIES must not trust every address/],
  ]
  for (const [settings, sentence] of refused) {
    const { code, said } = await withSettings(settings, 'serve')
    assert.equal(code, 1, said)
    assert.match(said, sentence)
  }
})

test('migrate makes the database, then finds nothing to do', async () => {
  const place = await newPlace()
  const first = await wheelkeep(place, 'migrate')
  assert.equal(first.code, 0, first.said)
  assert.match(first.said, /"message":"Migrations applied","migrations":"0001/)
  const second = await wheelkeep(place, 'migrate')
  assert.deepEqual([second.code, second.said], [0, ''])
  const mode = (await stat(join(place.folder, 'data/master.key'))).mode & 0o777
  assert.equal(mode, 0o600)
  await place.remove()
})

test('from nothing to an administrator: mail prints the link, admin grant says what is missing', async () => {
  const place = await newPlace()
  const server = await serve(place)
  const refused = async (sentence: string, ...words: string[]): Promise<void> => {
    const { code, said } = await wheelkeep(place, 'admin', ...words)
    assert.equal(code, 1, said)
    assert.ok(said.includes(sentence), said)
  }
  assert.equal((await wheelkeep(place, 'mail')).code, 1)
  await refused('There is no account called mona.', 'grant', 'mona')
  const visitor = await register(place, 'mona')
  await refused('mona has no verified address yet.', 'grant', 'mona')
  await verify(place, visitor, 'mona')
  const mail = await wheelkeep(place, 'mail')
  assert.equal(mail.code, 0, mail.said)
  assert.ok(mail.out.includes(`\n${place.site}/account/verify-email/?token=`), mail.out)
  await refused('mona has no second factor yet.', 'grant', 'mona')
  await addFactor(visitor)
  const grant = await wheelkeep(place, 'admin', 'grant', 'Mona')
  assert.equal(grant.code, 0, grant.said)
  await refused('mona is an administrator already.', 'grant', 'mona')
  await visitor.open('/manage/account/')
  assert.match(visitor.page.url, /\/account\/login\//, 'its sessions ended')
  assert.equal((await wheelkeep(place, 'admin', 'revoke', 'mona')).code, 0)
  await refused('mona is no administrator.', 'revoke', 'mona')
  await until('the mail about it', async () => ((await wheelkeep(place, 'mail')).out.includes('administrator') ? true : undefined))
  await server.stop()
  await place.remove()
})

test('an upload that is under way at SIGTERM is finished, and all is there after the next start', async () => {
  const place = await newPlace()
  const server = await serve(place)
  const { visitor, token } = await newPublisher(place, 'mona')
  const wheel = buildWheel({ name: 'wheelbarrow', files: { 'wheelbarrow/sand.bin': Buffer.alloc(3_000_000, 'sand') } })
  const { type, body } = await uploadForm(wheel)
  const headers = { authorization: basic(token), 'content-type': type, 'content-length': body.length }
  const sending = request(`${place.site}/legacy/`, { method: 'POST', headers })
  const answered = once(sending, 'response')
  await new Promise((sent) => sending.write(body.subarray(0, 1_000_000), sent))
  await until('the upload to be under way', async () =>
    (await readdir(join(place.folder, 'data'), { recursive: true })).some((name) => /te?mp.*\//.test(name)) ? true : undefined,
  )
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

  const next = await serve(place)
  assert.match(await (await fetch(`${place.site}/simple/wheelbarrow/`)).text(), /wheelbarrow-1\.0-py3-none-any\.whl/)
  assert.equal(await upload(place.site, token, buildSdist({ name: 'wheelbarrow' })), 200)
  await visitor.open('/manage/projects/')
  assert.match(visitor.page.text, /1 project/)
  await next.stop()
  await place.remove()
})

test('work does background work only, until SIGTERM', async () => {
  const { code, said } = await wheelkeep(place, 'work', '--help')
  assert.equal(code, 0, said)
})

if (process.env.TEST_DATABASE_URL !== undefined) {
  test('two processes serve one index from one database', async () => {
    const place = await newPlace()
    const other = `127.0.0.1:${await freePort()}`
    const servers = await Promise.all([serve(place), serve(place, { LISTEN: other })])
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
    await Promise.all(servers.map((server) => server.stop()))
    await place.remove()
  })
}
