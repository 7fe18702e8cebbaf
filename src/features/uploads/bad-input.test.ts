import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { type TestApp, testApp } from '../../testing/app.ts'
import { newUploader, type UploadFields } from '../../testing/uploads.ts'
import { buildSdist, buildWheel, type Distribution } from '../../testing/wheel.ts'

async function start() {
  const app = await testApp({ LIMITS: '{"new_project":"1000/60","upload":"1000/60"}' })
  return { app, client: await newUploader(app, await app.person('mona')), [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

/** Nothing published, nothing left on the way, and the next good upload goes through. */
async function unharmed({ app, client }: Awaited<ReturnType<typeof start>>): Promise<void> {
  assert.deepEqual(await app.db.selectFrom('projects').select('name').execute(), [])
  assert.deepEqual(await temporary(app), [])
  assert.equal((await client.upload(buildWheel())).status, 200)
}

const temporary = (app: TestApp): Promise<string[]> => readdir(join(app.app.config.storage_url.slice('file:'.length), 'tmp'))

/** A good wheel under a bad name, with the form of the good one. */
const named = (filename: string): Distribution => ({ ...buildWheel(), filename })
const demo = { name: 'demo', version: '1.0', pyversion: 'py3', filetype: 'bdist_wheel' }

type Case = [fields: UploadFields, status: number, sentence: RegExp, distribution?: Distribution]

const forms: Record<string, Case> = {
  'no action': [{ ':action': undefined }, 400, /:action must be file_upload/],
  'another action': [{ ':action': 'delete' }, 400, /:action must be file_upload/],
  'UP-03: submit': [{ ':action': 'submit' }, 410, /doesn't exist any more/],
  'UP-04: doc_upload': [{ ':action': 'doc_upload' }, 410, /doesn't exist any more/],
  'UP-13: protocol 2': [{ protocol_version: '2' }, 400, /protocol version is '2'/],
  'UP-14: no name': [{ name: undefined }, 400, /field name is missing/],
  'an empty name': [{ name: '' }, 400, /field name is missing/],
  'a name with a space': [{ name: 'de mo' }, 400, /name 'de mo' isn't one/],
  'T146: a Cyrillic letter': [{ name: 'dеmo' }, 400, /isn't one/],
  'T104: a name of two lines': [{ name: 'demo\r\nX-Evil: 1' }, 400, /isn't one/],
  'another name than the file’s': [{ name: 'other' }, 400, /form says the project 'other'/],
  'T66: two names': [{ name: ['demo', 'demo'] }, 400, /field name was sent more than once/],
  'no version': [{ version: undefined }, 400, /field version is missing/],
  'a version in words': [{ version: 'french toast' }, 400, /isn't one by PEP 440/],
  'T171: a version of 50 kB': [{ version: '1.'.repeat(25_000) }, 400, /isn't one by PEP 440/],
  'another version than the file’s': [{ version: '2.0' }, 400, /form says the version '2.0'/],
  'UP-15: an egg': [{ filetype: 'bdist_egg' }, 400, /file type is 'bdist_egg'/],
  'no file type': [{ filetype: undefined }, 400, /file type is ''/],
  'the other file type': [{ filetype: 'sdist', pyversion: 'source' }, 400, /file name is that of a bdist_wheel/],
  'UP-18: no Python tag': [{ pyversion: undefined }, 400, /field pyversion is missing/],
  'another Python tag': [{ pyversion: 'cp27' }, 400, /form says Python 'cp27'/],
  'UP-19: an sdist for cp312': [{ pyversion: 'cp312' }, 400, /source distribution is 'source'/, buildSdist()],
  'UP-20: no digest': [{ sha256_digest: undefined }, 400, /says no digest/],
  'T161: a wrong sha256': [{ sha256_digest: '0'.repeat(64) }, 400, /sha256_digest doesn't fit/],
  'T161: right sha256, wrong blake2': [{ blake2_256_digest: '0'.repeat(64) }, 400, /blake2_256_digest doesn't fit/],
  'T161: right sha256, wrong md5': [{ md5_digest: 'x' }, 400, /md5_digest doesn't fit/],
  'T149: a path': [demo, 400, /holds a path or control characters/, named('../../etc/demo-1.0-py3-none-any.whl')],
  'T149: a backslash': [demo, 400, /holds a path or control characters/, named('a\\demo-1.0-py3-none-any.whl')],
  'T149: no ending': [demo, 400, /isn't a source distribution's/, named('demo')],
  'T149: 300 characters': [demo, 400, /300 characters: shorten/, named(`demo-1.0-py3-none-${'a'.repeat(278)}.whl`)],
  'UP-92: linux_x86_64': [{}, 400, /platform tag 'linux_x86_64' isn't taken/, buildWheel({ tag: 'py3-none-linux_x86_64' })],
  'UP-25: a local version': [{}, 400, /has a local part/, buildWheel({ version: '1.0+cu12' })],
  'UP-89: an old sdist name': [
    { name: 'my-demo', version: '1.0' },
    400,
    /should be 'my_demo-1.0.tar.gz'/,
    buildSdist({ name: 'my-demo', filename: 'my-demo-1.0.tar.gz' }),
  ],
  'a zip sdist': [{ ...demo, filetype: 'sdist', pyversion: 'source' }, 400, /isn't a source distribution's/, named('demo-1.0.zip')],
  'UP-67: no archive': [{}, 400, /ZIP/i, { filename: 'demo-1.0-py3-none-any.whl', bytes: Buffer.from('not an archive') }],
  'an empty file': [{}, 400, /./, { filename: 'demo-1.0-py3-none-any.whl', bytes: Buffer.alloc(0) }],
  'T155: a name twice': [
    {},
    400,
    /twice|duplicate|more than once/i,
    buildWheel({ members: (members) => [...members, ...members.slice(0, 1)] }),
  ],
  'T150: METADATA of another project': [{}, 400, /metadata says the project 'other'/, buildWheel({ metadata: { Name: 'other' } })],
  'T150: METADATA of another version': [{}, 400, /metadata has another version/, buildWheel({ metadata: { Version: '9.9' } })],
  'T150: another .dist-info': [{}, 400, /doesn't belong to this file/, buildWheel({ distInfo: 'other-1.0.dist-info' })],
  'UP-22: Metadata-Version 2.0': [{}, 400, /2\.0/, buildWheel({ metadata: { 'Metadata-Version': '2.0' } })],
  'UP-33: an unknown classifier': [{}, 400, /Classifier/, buildWheel({ metadata: { Classifier: 'Made :: Up' } })],
  'UP-28: a dependency by address': [
    {},
    400,
    /Requires-Dist/,
    buildWheel({ metadata: { 'Requires-Dist': 'x @ https://evil.example/x.whl' } }),
  ],
  'UP-31: no licence': [{}, 400, /License-Expression/, buildWheel({ metadata: { 'License-Expression': 'Proprietary-ish' } })],
  'T159: no RECORD': [
    {},
    400,
    /no RECORD/,
    buildWheel({ members: (members) => members.filter(({ name }) => !String(name).endsWith('/RECORD')) }),
  ],
  'T159: a wrong hash in RECORD': [
    {},
    400,
    /another hash than RECORD/,
    buildWheel({ record: (text) => text.replace(/sha256=./, (hash) => (hash.endsWith('A') ? 'sha256=B' : 'sha256=A')) }),
  ],
  'T159: a file that RECORD doesn’t list': [
    {},
    400,
    /RECORD doesn't list/,
    buildWheel({ record: (text) => text.split('\n').slice(1).join('\n') }),
  ],
  'UP-96: a licence file that isn’t there': [
    {},
    400,
    /names the licence file 'LICENSE'/,
    buildWheel({ metadata: { 'Metadata-Version': '2.4', 'License-File': 'LICENSE' } }),
  ],
}

test('every rule on form, file name, archive and metadata: its status and sentence, nothing stored', async () => {
  await using at = await start()
  for (const [name, [fields, status, sentence, distribution]] of Object.entries(forms)) {
    const answer = await at.client.upload(distribution ?? buildWheel(), fields)
    assert.equal(answer.status, status, `${name}: ${answer.text}`)
    assert.match(answer.reason, sentence, name)
    assert.ok(answer.reason.length <= 400 && !/[^\x20-\x7e]/.test(answer.reason), name)
    assert.ok(answer.text.length > answer.reason.length, name)
  }
  await unharmed(at)
})

const boundary = 'xyz'
const part = (name: string, value: string, more = ''): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
const end = `--${boundary}--\r\n`
const multipart = { 'content-type': `multipart/form-data; boundary=${boundary}` }

const bodies: Record<string, [body: string, headers: Record<string, string>, status: number, sentence: RegExp]> = {
  JSON: ['{}', { 'content-type': 'application/json' }, 415, /multipart\/form-data/],
  'a urlencoded form': ['a=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415, /multipart\/form-data/],
  'no boundary': ['x', { 'content-type': 'multipart/form-data' }, 415, /multipart\/form-data/],
  'a gzipped body': ['x', { ...multipart, 'content-encoding': 'gzip' }, 415, /multipart\/form-data/],
  'an empty body': ['', multipart, 400, /can't be read/],
  'a cut body': [part('name', 'demo'), multipart, 400, /can't be read/],
  'another boundary': ['--abc\r\n\r\n--abc--', multipart, 400, /can't be read/],
  'no file': [part(':action', 'file_upload') + end, multipart, 400, /The upload has no file/],
  'UP-09: the name as a file': [
    part(':action', 'file_upload') + part('name', 'demo', '; filename="x"') + part('content', 'x', '; filename="demo-1.0.tar.gz"') + end,
    multipart,
    400,
    /field name was sent as a file/,
  ],
  'T66: two files': [
    part(':action', 'file_upload') + part('content', 'x', '; filename="a"') + part('content', 'y', '; filename="b"') + end,
    multipart,
    400,
    /has two files/,
  ],
  'T167: a field of 2 MiB that is read': [part('name', 'x'.repeat(2 ** 21)) + end, multipart, 400, /field name has more than 1 MiB/],
  'T167: 9 MiB of text': [part('description', 'x'.repeat(2 ** 20)).repeat(9) + end, multipart, 400, /more than 8 MiB together/],
  'T167: 6,000 fields': [part('classifiers', 'x').repeat(6000) + end, multipart, 400, /more than 5,000 parts/],
  'T167: a field without a name': [`--${boundary}\r\nContent-Disposition: form-data\r\n\r\nx\r\n${end}`, multipart, 400, /can't be read/],
  'T167: a file without a name': [
    `--${boundary}\r\nContent-Disposition: form-data; filename="x"\r\n\r\nx\r\n${end}`,
    multipart,
    400,
    /can't be read/,
  ],
  'T167: a file without a file name': [
    `${part(':action', 'file_upload')}--${boundary}\r\nContent-Disposition: form-data; name="content"\r\nContent-Type: application/octet-stream\r\n\r\nx\r\n${end}`,
    multipart,
    400,
    /./,
  ],
  'a part with a header of 100 kB': [`--${boundary}\r\nX: ${'x'.repeat(100_000)}\r\n\r\nx\r\n${end}`, multipart, 400, /./],
}

test('bodies that are no upload: the right status and a sentence, nothing stored', async () => {
  await using at = await start()
  for (const [name, [body, headers, status, sentence]] of Object.entries(bodies)) {
    const answer = await fetch(`${at.client.address}/legacy/`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${at.client.token}`, ...headers },
    })
    const text = await answer.text()
    assert.equal(answer.status, status, `${name}: ${text}`)
    assert.match(answer.statusText, sentence, name)
  }
  await unharmed(at)
})

test('a description of 4 MiB in the form, as twine sends that of a file, is passed over', async () => {
  await using at = await start()
  const answer = await at.client.upload(buildWheel(), { description: 'x'.repeat(2 ** 22) })
  assert.deepEqual([answer.status, answer.text], [200, ''])
})

test('a client that goes away in the middle leaves nothing', async () => {
  await using at = await start()
  const { port } = new URL(at.client.address)
  for (let n = 0; n < 20; n++) {
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(
      `POST /legacy/ HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${at.client.token}\r\nContent-Type: ${multipart['content-type']}\r\nContent-Length: 100000\r\n\r\n`,
    )
    socket.write(
      `--${boundary}\r\nContent-Disposition: form-data; name="content"; filename="demo-1.0-py3-none-any.whl"\r\n\r\n${'x'.repeat(5000)}`,
    )
    await new Promise((done) => setTimeout(done, 10))
    socket.destroy()
  }
  for (let n = 0; n < 100 && (await temporary(at.app)).length > 0; n++) await new Promise((done) => setTimeout(done, 50))
  await unharmed(at)
})
