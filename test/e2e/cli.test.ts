import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { commands } from '../../src/commands.ts'
import { defaultLimits } from '../../src/lib/limits.ts'
import { settings } from '../../src/settings.ts'
import type { Outcome } from './run.ts'
import { environment, freePort, serve, wheelkeep } from './server.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wheelkeep-cli-'))
})
after(() => rm(folder, { recursive: true }))

/** Runs a command with these settings in its environment. Its data folder is empty but for what the test puts there. */
const run = (words: string[], given: Record<string, string> = {}): Promise<Outcome> => {
  return wheelkeep({ env: environment({ DATA_DIR: folder, ...given }) }, ...words)
}

test('--help names every command, and each command its settings', async () => {
  const [all, bare, one] = await Promise.all([run(['--help']), run([]), run(['serve', '--help'])])
  assert.deepEqual([all.code, bare.code, one.code], [0, 0, 0])
  assert.equal(bare.out, all.out)
  for (const { name } of commands) assert.match(all.out, new RegExp(`^ {2}${name}\\b`, 'm'))
  for (const name of Object.keys(settings)) assert.ok(one.out.includes(`--${name.toLowerCase().replaceAll('_', '-')} `), name)
})

test('--help shows the default of each setting that has one, and what that follows from', async () => {
  const { out } = await run(['serve', '--help'])
  for (const line of [
    '--data-dir .* \\[\\./data\\]',
    '--database-url .* \\[sqlite:DATA_DIR/wheelkeep\\.db\\]',
    '--mail-from .* \\[wheelkeep@HOST-OF-SITE_URL\\]',
    '--tls-key .* key\\.',
  ])
    assert.match(out, new RegExp(`^ {2}${line}$`, 'm'))
})

test('--version prints that of package.json', async () => {
  const { code, out } = await run(['--version'])
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
  assert.deepEqual([code, out], [0, `${version}\n`])
})

test('wrong usage is told in one sentence, with exit code 2', async () => {
  const wrong: [string[], RegExp][] = [
    [['server'], /^There is no command server\. See wheelkeep --help\.\n$/],
    [['serve', 'now'], /^Unexpected word now\. Usage: wheelkeep serve \[--setting VALUE …\]\n$/],
    [['mail', 'none'], /^Usage: wheelkeep mail \[N\]\n$/],
    [['admin', 'promote', 'mona'], /^Usage: wheelkeep admin grant\|revoke USER\n$/],
    [['serve', '--data-folder', '/'], /^Unknown option '--data-folder'\. See wheelkeep serve --help\.\n$/],
    [['serve', '--listen'], /^Option '--listen <value>' argument missing\. See wheelkeep serve --help\.\n$/],
    [['serve', '--listen', '--help'], /^Option '--listen' argument is ambiguous\. See wheelkeep serve --help\.\n$/],
  ]
  await refuses(
    2,
    wrong.map(([words, sentence]) => [run(words), sentence]),
  )
})

/** Each outcome has this exit code, and says such a sentence and nothing else. */
async function refuses(code: number, outcomes: [Promise<Outcome>, RegExp][]): Promise<void> {
  for (const [outcome, sentence] of outcomes) {
    const { said, ...ended } = await outcome
    assert.equal(ended.code, code, said)
    assert.match(said, sentence)
  }
}

test('config shows each setting, where it came from, and no password', async () => {
  await writeFile(join(folder, 'wheelkeep.toml'), 'index_max_age = 60\n[limits]\nupload = "5/60"\n')
  const secret = { DATABASE_URL: 'postgres://mona:Hunter2@db.example/index', MAIL_URL: 'smtps://mona:Hunter2@mail.example' }
  const { code, out, said } = await run(['config', '--registration', 'closed'], secret)
  assert.equal(code, 0, said)
  assert.doesNotMatch(said, /Hunter2/)
  const shown = out.split('\n')
  for (const line of [
    `DATA_DIR=${folder}  # environment`,
    'SITE_URL=http://localhost:8400  # default',
    'FILES_URL=http://localhost:8400/packages  # default',
    'DATABASE_URL=postgres://mona:…@db.example/index  # environment',
    'MAIL_URL=smtps://mona:…@mail.example  # environment',
    'REGISTRATION=closed  # flag',
    `INDEX_MAX_AGE=60  # ${folder}/wheelkeep.toml`,
    `LIMITS=${JSON.stringify({ ...defaultLimits, upload: '5/60' })}  # ${folder}/wheelkeep.toml`,
  ])
    assert.ok(shown.includes(line), `${line}\nis missing in\n${out}`)
})

test('all wrong settings are named at once, and nothing starts', async () => {
  const missing = join(folder, 'missing')
  const wrong = { DATA_DIR: missing, LISTEN: 'everywhere', LIMITS: '{"uploads":"1/1"}', MAX_FILE_SIZE: 'huge', READ_ONLY: 'perhaps' }
  const { code, said } = await run(['serve'], wrong)
  assert.equal(code, 1)
  const named = Array.from(said.matchAll(/^[A-Z_]+/gm), ([name]) => name)
  assert.deepEqual(named.sort(), ['LIMITS', 'LISTEN', 'MAX_FILE_SIZE', 'READ_ONLY'])
  await assert.rejects(stat(missing))
})

test('plain http is refused beyond this machine, and so are mails that nobody would read', async () => {
  const refused: [Record<string, string>, RegExp][] = [
    [{ SITE_URL: 'http://pkg.example.org', MAIL_URL: 'file:/tmp' }, /^SITE_URL must begin with https:[^\n]*\n$/],
    [{ LISTEN: '0.0.0.0:8400' }, /^LISTEN reaches beyond this machine: set TLS_CERT and TLS_KEY[^\n]*\n$/],
    [{ SITE_URL: 'https://pkg.example.org' }, /^MAIL_URL must be set when SITE_URL isn’t this machine[^\n]*\n$/],
    [{ TRUSTED_PROXIES: '0.0.0.0/0' }, /^TRUSTED_PROXIES must not trust every address[^\n]*\n$/],
  ]
  await refuses(
    1,
    refused.map(([settings, sentence]) => [run(['serve'], settings), sentence]),
  )
})

test('a taken address is told before anything is made, whichever of several it is, and by one process or many', async () => {
  const port = await freePort()
  const other = createServer().listen(port, '127.0.0.1')
  await once(other, 'listening')
  const untouched = join(folder, 'untouched')
  const [taken, free] = [`127.0.0.1:${port}`, `127.0.0.1:${await freePort()}`]
  const sentence = new RegExp(`^${taken} is taken\\. Is Wheelkeep running already\\? Stop it, or set LISTEN and SITE_URL[^\n]*\n$`)
  const several = [{ LISTEN: taken }, { LISTEN: `${free},${taken}` }, { LISTEN: taken, WORKERS: '2' }]
  for (const settings of several) await refuses(1, [[run(['serve'], { DATA_DIR: untouched, ...settings }), sentence]])
  other.close()
  await assert.rejects(stat(untouched))
})

test('what can’t be used is told with its setting, and without a password', async () => {
  const file = join(folder, 'file')
  await writeFile(file, '')
  const LISTEN = `127.0.0.1:${await freePort()}`
  const nobody = { LISTEN, DATABASE_URL: 'postgres://mona:Hunter2@127.0.0.1:1/index' }
  const silent = /^DATABASE_URL postgres:\/\/mona:…@127\.0\.0\.1:1\/index can’t be used: nobody answers there\. Start the server[^\n]*\n$/
  const https = { LISTEN, SITE_URL: 'https://localhost', TLS_CERT: join(folder, 'missing.pem'), TLS_KEY: file }
  await refuses(1, [
    [run(['serve'], { LISTEN, DATA_DIR: file }), /^DATA_DIR \/\S+\/file can’t be used: a file is where a folder should be\.[^\n]*\n$/],
    [run(['serve'], { LISTEN, STORAGE_URL: `file:${file}` }), /STORAGE_URL file:\/\S+\/file can’t be used: a file is where[^\n]*\n$/],
    [
      run(['serve'], { LISTEN, DATABASE_URL: `sqlite:${folder}/no/x.db` }),
      /^DATABASE_URL \S+ can’t be used: its folder isn’t there\.[^\n]*\n$/,
    ],
    [run(['serve'], https), /^TLS_CERT \/\S+\/missing\.pem can’t be used: it isn’t there[^\n]*\n$/],
    [run(['serve'], { ...https, TLS_CERT: file }), /^TLS_CERT \S+ with TLS_KEY \S+ can’t be used: [^\n]*\n$/],
    [run(['serve'], nobody), silent],
    [run(['serve'], { ...nobody, WORKERS: '2' }), silent],
    [run(['migrate'], nobody), silent],
  ])
})

test('an index starts also when no mail server answers', async () => {
  const port = await freePort()
  const place = { site: `http://localhost:${port}`, port, folder, remove: async () => undefined }
  const settings = { LISTEN: `127.0.0.1:${port}`, SITE_URL: place.site, MAIL_URL: 'smtps://mona:Hunter2@127.0.0.1:1' }
  const server = await serve({ ...place, env: environment({ DATA_DIR: join(folder, 'mute'), ...settings }) })
  await server.stop()
})
