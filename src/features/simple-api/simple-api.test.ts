import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { transaction } from '../../db/database.ts'
import { normalize, parseProjectName } from '../../lib/names.ts'
import { type TestApp, testApp } from '../../testing/app.ts'
import { addFile, touchProject } from '../../testing/projects.ts'
import { askOverWire } from '../../testing/wire.ts'

const json = 'application/vnd.pypi.simple.v1+json'
const html = 'application/vnd.pypi.simple.v1+html'
const page = '/simple/demo-pkg/'

const ask = (app: TestApp, path: string, headers: Record<string, string> = {}, method = 'GET') => app.request(path, { method, headers })
const askJson = async (app: TestApp, path: string) => (await ask(app, path, { accept: json })).json()

/** The two files of the standards page: a wheel that was yanked, and an sdist. */
async function addSamples(app: TestApp) {
  const project = { project: 'Demo.Pkg', version: '1.0' }
  const wheel = await addFile(app.app, { ...project, metadata: 'Name: demo\n', requires_python: '>=3.9,<4', yanked: 'bad "pin"' })
  const sdist = await addFile(app.app, { ...project, filename: 'demo_pkg-1.1rc1.tar.gz', version: '1.1rc1', bytes: Buffer.from('tar') })
  return { wheel, sdist }
}

const metadataHash = '4c26e79dc7331f96bb7251fe3265606b4cca9018c0c65ef2ad22245cead99351'

test('a project as JSON: the fixture of the standard, nothing null (A.1)', async () => {
  await using app = await testApp()
  const { wheel, sdist } = await addSamples(app)
  const answer = await ask(app, page, { accept: json })
  const text = await answer.text()
  assert.equal(answer.headers.get('content-type'), json)
  assert.equal(answer.headers.get('x-pypi-last-serial'), '2')
  assert.doesNotMatch(text, /null/)
  assert.deepEqual(JSON.parse(text), {
    meta: { 'api-version': '1.4', '_last-serial': 2 },
    name: 'demo-pkg',
    'project-status': { status: 'active' },
    versions: ['1.0', '1.1rc1'],
    files: [
      {
        filename: 'demo_pkg-1.0-py3-none-any.whl',
        url: wheel.url,
        hashes: { sha256: wheel.sha256 },
        'requires-python': '>=3.9,<4',
        size: 18,
        'upload-time': microseconds(wheel.created_at),
        yanked: 'bad "pin"',
        'core-metadata': { sha256: metadataHash },
      },
      {
        filename: 'demo_pkg-1.1rc1.tar.gz',
        url: sdist.url,
        hashes: { sha256: sdist.sha256 },
        size: 3,
        'upload-time': microseconds(sdist.created_at),
        yanked: false,
        'core-metadata': false,
      },
    ],
  })
})

const microseconds = (at: number): string => new Date(at).toISOString().replace('Z', '000Z')

test('a project as HTML: the fixture of the standard, line for line (A.2)', async () => {
  await using app = await testApp()
  const { wheel, sdist } = await addSamples(app)
  const metadata = `sha256=${metadataHash}`
  assert.equal(
    await (await ask(app, page)).text(),
    `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="pypi:repository-version" content="1.4">
<meta name="pypi:project-status" content="active">
<title>Links for demo-pkg</title></head><body><h1>Links for demo-pkg</h1>
<a href="${wheel.url}#sha256=${wheel.sha256}" data-requires-python="&gt;=3.9,&lt;4" data-core-metadata="${metadata}" data-dist-info-metadata="${metadata}" data-yanked="bad &quot;pin&quot;">demo_pkg-1.0-py3-none-any.whl</a><br>
<a href="${sdist.url}#sha256=${sdist.sha256}">demo_pkg-1.1rc1.tar.gz</a><br>
</body></html>
`,
  )
})

test('the list of all projects, as JSON and as HTML, with the serial of the index', async () => {
  await using app = await testApp()
  await addSamples(app)
  await addFile(app.app, { project: 'alpha' })
  const answer = await ask(app, '/simple/', { accept: json })
  assert.equal(answer.headers.get('x-pypi-last-serial'), '3')
  assert.deepEqual(await answer.json(), {
    meta: { 'api-version': '1.4', '_last-serial': 3 },
    projects: [
      { name: 'alpha', '_last-serial': 3 },
      { name: 'Demo.Pkg', '_last-serial': 2 },
    ],
  })
  assert.equal(
    await (await ask(app, '/simple/')).text(),
    `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="pypi:repository-version" content="1.4">
<title>Simple index</title></head><body><h1>Simple index</h1>
<a href="/simple/alpha/">alpha</a><br>
<a href="/simple/demo-pkg/">Demo.Pkg</a><br>
</body></html>
`,
  )
})

test('an empty index and a project without files are pages like others', async () => {
  await using app = await testApp()
  assert.deepEqual((await askJson(app, '/simple/')).projects, [])
  const name = parseProjectName('Empty') ?? assert.fail()
  await transaction(app.db, (db) => touchProject(db, name, normalize(name), app.now()))
  const { versions, files } = await askJson(app, '/simple/empty/')
  assert.deepEqual([versions, files], [[], []])
})

test('versions stand once and in the order of PEP 440, files by version and name; a yank without reason is `true`', async () => {
  await using app = await testApp()
  for (const version of ['1.10', '1.9', '1!0.1', '1.10rc1', '1.0.dev1']) await addFile(app.app, { version })
  await addFile(app.app, { version: '1.9', filename: 'demo-1.9-cp313-none-any.whl', yanked: true })
  const { versions, files } = await askJson(app, '/simple/demo/')
  assert.deepEqual(versions, ['1.0.dev1', '1.9', '1.10rc1', '1.10', '1!0.1'])
  assert.deepEqual(
    files.map((file: { filename: string }) => file.filename.split('-', 3).slice(1).join(' ')),
    ['1.0.dev1 py3', '1.9 cp313', '1.9 py3', '1.10rc1 py3', '1.10 py3', '1!0.1 py3'],
  )
  assert.equal(files[1].yanked, true)
  assert.match(await (await ask(app, '/simple/demo/')).text(), / data-yanked="">demo-1\.9-cp313/)
})

test('what a publisher wrote stays text: no markup, no second header (T104, T101)', async () => {
  await using app = await testApp()
  const yanked = '"></a><script>alert(1)</script>\r\nSet-Cookie: a=b'
  await addFile(app.app, { yanked, requires_python: `>=3\r\n"'&<` })
  const answer = await ask(app, '/simple/demo/')
  const text = await answer.text()
  assert.equal(answer.headers.get('set-cookie'), null)
  assert.match(text, /data-requires-python="&gt;=3\n&quot;'&amp;&lt;"/)
  assert.match(text, /data-yanked="&quot;&gt;&lt;\/a&gt;&lt;script&gt;alert\(1\)&lt;\/script&gt;\nSet-Cookie: a=b"/)
  assert.equal((await askJson(app, '/simple/demo/')).files[0].yanked, yanked)
})

test('each client gets the representation it asks for, under the name of the real version; others get 406', async () => {
  await using app = await testApp()
  await addSamples(app)
  const table: [accept: string | undefined, type: string | undefined][] = [
    [undefined, 'text/html; charset=utf-8'],
    ['*/*', 'text/html; charset=utf-8'],
    [`${json}, ${html}; q=0.1, text/html; q=0.01`, json],
    [`${json}, ${html};q=0.2, text/html;q=0.01`, json],
    ['application/vnd.pypi.simple.latest+html', html],
    ['application/json', undefined],
  ]
  for (const [accept, type] of table) {
    for (const path of [page, '/simple/']) {
      const answer = await ask(app, path, accept === undefined ? {} : { accept })
      assert.equal(answer.status, type ? 200 : 406, accept)
      assert.equal(answer.headers.get('content-type'), type ?? 'text/plain; charset=UTF-8', accept)
      assert.match(answer.headers.get('vary') ?? '', /^Accept\b/)
    }
  }
  assert.equal(await (await ask(app, page, { accept: 'image/png' })).text(), `This index has ${json}, ${html}, text/html.\n`)
})

test('?format= goes before Accept', async () => {
  await using app = await testApp()
  await addSamples(app)
  const typeOf = async (format: string) => (await ask(app, `${page}?format=${format}`, { accept: html })).headers.get('content-type')
  assert.equal(await typeOf('application/vnd.pypi.simple.v1+json'), json)
  assert.equal(await typeOf('application/vnd.pypi.simple.latest%2Bjson'), json)
  assert.equal((await ask(app, `${page}?format=json`, { accept: html })).status, 406)
})

test('a page has one address; other spellings are sent there, with their query', async () => {
  await using app = await testApp()
  const table = [
    ['/simple', '/simple/'],
    ['/simple/demo-pkg', page],
    ['/simple/Demo.Pkg', page],
    ['/simple/DEMO__pkg/?format=text/html&x=%0d%0a', `${page}?format=text/html&x=%0d%0a`],
    ['/simple/demo%2dpkg.', undefined],
    ['/simple/no%20name/', undefined],
    ['/simple/nothing/', undefined],
    ['/simple/..%2f/', undefined],
    [`/simple/${'a'.repeat(101)}/`, undefined],
  ] as const
  for (const [path, place] of table) {
    const answer = await ask(app, path, { accept: json })
    assert.deepEqual([answer.status, answer.headers.get('location')], place ? [301, place] : [404, null], path)
    assert.equal(answer.headers.get('access-control-allow-origin'), '*')
    if (!place)
      assert.deepEqual([answer.headers.get('content-type'), await answer.text()], ['text/plain; charset=UTF-8', '404 Not Found\n'])
  }
})

test('an index page takes no POST, and says so (T210)', async () => {
  await using app = await testApp()
  for (const path of ['/simple/', page]) {
    const answer = await ask(app, path, {}, 'POST')
    assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'GET, HEAD'])
  }
})

test('every representation has a strong ETag of its own; who has it gets 304 with the same one', async () => {
  await using app = await testApp()
  await addSamples(app)
  const etags = new Set<string>()
  for (const accept of [json, html, 'text/html']) {
    for (const encoding of ['identity', 'gzip']) {
      const headers = { accept, 'accept-encoding': encoding }
      const etag = (await ask(app, page, headers)).headers.get('etag') ?? ''
      assert.match(etag, /^"[A-Za-z0-9_-]{22}"$/)
      etags.add(etag)
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const answer = await ask(app, page, { ...headers, 'if-none-match': known, 'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' })
        assert.deepEqual([answer.status, answer.headers.get('etag'), await answer.text()], [304, etag, ''])
        assert.equal(answer.headers.get('vary'), 'Accept, Accept-Encoding')
        assert.equal(answer.headers.get('cache-control'), 'public, max-age=0, must-revalidate')
        for (const name of ['content-type', 'content-length', 'content-encoding']) assert.equal(answer.headers.get(name), null, name)
      }
      assert.equal((await ask(app, page, { ...headers, 'if-none-match': '"other"' })).status, 200)
    }
  }
  assert.equal(etags.size, 6)
})

test('who takes gzip gets the same page packed', async () => {
  await using app = await testApp()
  await addSamples(app)
  const answer = await ask(app, page, { accept: json, 'accept-encoding': 'gzip, deflate' })
  assert.equal(answer.headers.get('content-encoding'), 'gzip')
  const bytes = Buffer.from(await answer.arrayBuffer())
  assert.equal(Number(answer.headers.get('content-length')), bytes.length)
  assert.equal(gunzipSync(bytes).toString(), await (await ask(app, page, { accept: json })).text())
})

test('pages may be read by every site, but nothing in them runs, and nobody is known by them (D15, T107)', async () => {
  await using app = await testApp()
  await addSamples(app)
  const { headers } = await ask(app, page, { origin: 'https://evil.example', cookie: 'a=b' })
  const expected = {
    'access-control-allow-origin': '*',
    'access-control-allow-credentials': null,
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'strict-transport-security': 'max-age=63072000',
    'set-cookie': null,
  }
  assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, headers.get(name)])), expected)
})

test('INDEX_MAX_AGE lets clients keep pages that long', async () => {
  await using app = await testApp({ INDEX_MAX_AGE: '600' })
  await addSamples(app)
  assert.equal((await ask(app, page)).headers.get('cache-control'), 'public, max-age=600')
})

test('FILES_URL on another host: pages tell it, and files are served here under that name too', async () => {
  await using app = await testApp({ FILES_URL: 'https://files.example/packages/' })
  const { url, sha256, filename } = await addFile(app.app)
  assert.equal(url, `https://files.example/packages/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256.slice(4)}/${filename}`)
  assert.equal((await askJson(app, '/simple/demo/')).files[0].url, url)
  const base = await app.listen()
  const served = async (path: string) => (await askOverWire(base, path, { headers: { host: 'files.example' } })).status
  assert.equal(await served(new URL(url).pathname), 200)
  assert.equal(await served('/simple/demo/'), 308)
})
