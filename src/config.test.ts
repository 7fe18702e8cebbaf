import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { readConfig } from './config.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wheelkeep-config-'))
})
after(() => rm(folder, { recursive: true }))

/** What is wrong with these settings of the environment, over an empty data folder. */
function problemsOf(environment: Record<string, string>): string[] {
  const followers = { FILES_URL: 'http://localhost', MAIL_URL: 'file:/outbox', MAIL_FROM: 'index@localhost' } // wrong themselves when SITE_URL is
  return readConfig({}, { DATA_DIR: folder, ...followers, ...environment }).problems
}

async function fileOf(text: string): Promise<string> {
  const path = join(folder, 'settings.toml')
  await writeFile(path, text)
  return path
}

test('config: a settings file that was named must be there; the usual one need not', () => {
  const missing = join(folder, 'missing.toml')
  assert.deepEqual(problemsOf({ CONFIG: missing }), [`WHEELKEEP_CONFIG names ${missing}, which isn’t there.`])
  assert.deepEqual(problemsOf({}), [])
})

test('config: a broken settings file is told with line and column', async () => {
  const path = await fileOf('site_url = "http://localhost:8400"\nlisten = 127.0.0.1\n')
  const [problem = '', ...more] = problemsOf({ CONFIG: path })
  assert.match(problem, /^\/.*\/settings\.toml is broken at line 2, column 15: [a-z ]+\.$/)
  assert.deepEqual(more, [])
})

test('config: an unknown variable is a problem like any other; those of our own tests are none', () => {
  assert.deepEqual(problemsOf({ READONLY: 'on', TEST_PYTHON: '/usr/bin/python3', INDEX_MAX_AGE: 'long' }), [
    'The environment has the unknown setting WHEELKEEP_READONLY.',
    'INDEX_MAX_AGE must be a number of seconds.',
  ])
})

test('config: every fault of the limits is told', () => {
  const [problem = '', ...more] = problemsOf({ LIMITS: '{"upload":"x","token":5,"nosuch":"1/1","constructor":"1/1"}' })
  assert.match(
    problem,
    /^LIMITS needs count\/seconds for token, upload, as "600\/60", and has no limit called nosuch, constructor; there are /,
  )
  assert.deepEqual(more, [])
})

const contradictions: Record<string, [environment: Record<string, string>, told: RegExp[]]> = {
  'a certificate without its key': [
    { TLS_CERT: '/cert.pem', SITE_URL: 'https://localhost', MAIL_URL: '?' },
    [/^MAIL_URL /, /^TLS_CERT and TLS_KEY must/],
  ],
  'a network without TLS': [{ LISTEN: '0.0.0.0:8400', READ_ONLY: '?' }, [/^READ_ONLY /, /^LISTEN reaches/]],
  'a network without proxies': [{ LISTEN: '0.0.0.0:8400', SITE_URL: '?' }, [/^SITE_URL /, /^LISTEN reaches/]],
  'not what could not be read': [{ LISTEN: '0.0.0.0:8400', SITE_URL: 'https://localhost', TRUSTED_PROXIES: '?' }, [/^TRUSTED_PROXIES /]],
}
for (const [what, [environment, told]] of Object.entries(contradictions)) {
  test(`config: what contradicts is told beside what is wrong alone: ${what}`, () => {
    const problems = problemsOf(environment)
    assert.equal(problems.length, told.length, problems.join('\n'))
    for (const [n, sentence] of told.entries()) assert.match(problems[n] ?? '', sentence)
  })
}
