import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { commands } from '../../src/commands.ts'
import { settings } from '../../src/settings.ts'
import type { Outcome } from './run.ts'
import { wheelkeep } from './server.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wheelkeep-cli-'))
})
after(() => rm(folder, { recursive: true }))

/** Runs a command with these settings in its environment. Each looks into a folder of its own unless told otherwise. */
const run = (words: string[], settings: Record<string, string> = {}): Promise<Outcome> => {
  const given = Object.entries({ DATA_DIR: folder, ...settings }).map(([name, value]) => [`WHEELKEEP_${name}`, value])
  return wheelkeep({ env: { PATH: process.env.PATH ?? '', ...Object.fromEntries(given) } }, ...words)
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
