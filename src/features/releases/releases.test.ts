import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TestApp, testApp } from '../../testing/app.ts'
import { addFile } from '../../testing/projects.ts'
import { listReleases } from './queries.ts'

/** What an upload leaves of a file's metadata. */
const metadata = (summary: string, more: object = {}) =>
  JSON.stringify({ summary, project_urls: [], requires_dist: [], classifiers: [], ...more })

async function publish(app: TestApp, version: string, more: { metadata: string; description_html?: string }): Promise<void> {
  await addFile(app.app, { version, bytes: Buffer.from(version) })
  await app.db.updateTable('releases').set(more).where('version', '=', version).execute()
}

test('a project’s page shows its newest release that is none before another, and each release has its own', async () => {
  await using app = await testApp()
  const browser = app.browser()
  await publish(app, '1.0', { metadata: metadata('The first'), description_html: '<p>Old words</p>' })
  await publish(app, '1.10', { metadata: metadata('The second'), description_html: '<p>New words</p>' })
  await publish(app, '2.0rc1', { metadata: metadata('The third') })
  const newest = await browser.get('/project/demo/')
  assert.match(newest.text, /<span class="version">1\.10<\/span>.*The second.*<p>New words<\/p>/s)
  assert.match((await browser.get('/project/demo/1.0/')).text, /The first.*<p>Old words<\/p>/s)
  assert.equal((await browser.get('/project/Demo/1.0.0/')).location, '/project/demo/1.0/')
  assert.equal((await browser.get('/project/demo/3.0/')).status, 404)
})

test('a pre-release says so, also where it is all there is', async () => {
  await using app = await testApp()
  await publish(app, '1.0rc1', { metadata: metadata('Soon') })
  const badge = async (path: string) => /<h1>.*?<\/svg>([^<]*)<\/span><\/h1>/s.exec((await app.browser().get(path)).text)?.[1]
  assert.equal(await badge('/project/demo/'), 'Pre-release')
  await publish(app, '1.0', { metadata: metadata('Now') })
  assert.equal(await badge('/project/demo/'), 'Latest release')
  assert.equal(await badge('/project/demo/1.0rc1/'), 'Pre-release')
})

test('T167: lists of releases carry no descriptions, and the front page no metadata of megabytes', async () => {
  await using app = await testApp()
  await publish(app, '1.0', { metadata: metadata('A short one'), description_html: 'x'.repeat(2 ** 20) })
  await publish(app, '2.0', { metadata: metadata('A long one', { keywords: 'k'.repeat(2 ** 20) }) })
  const { id } = await app.db.selectFrom('projects').select('id').executeTakeFirstOrThrow()
  for (const row of await listReleases(app.db, id, 10))
    assert.deepEqual(Object.keys(row).sort(), ['created_at', 'final_order', 'id', 'version'])
  const front = (await app.browser().get('/')).text
  assert.match(front, /<code>2\.0<\/code>/)
  assert.match(front, /A short one/)
  assert.doesNotMatch(front, /A long one/)
})

test('T167: of any number of releases and links a page shows fifty, in the order of versions', async () => {
  await using app = await testApp()
  const project_urls = Array.from({ length: 60 }, (_, n) => ({ label: `Link ${n}`, url: `https://example.org/${n}` }))
  for (let n = 0; n <= 52; n++) await publish(app, `1.${n}.dev0`, { metadata: metadata('Many', { project_urls, author: 'A'.repeat(500) }) })
  const { text } = await app.browser().get('/project/demo/')
  assert.match(text, /<span class="version">1\.52\.dev0<\/span>/)
  assert.match(text, /53 releases.*The newest 50 of 53/s)
  const shown = [...text.matchAll(/href="\/project\/demo\/([^/"]+)\/"/g)].map(([, version]) => version)
  assert.deepEqual(
    shown,
    Array.from({ length: 50 }, (_, n) => `1.${52 - n}.dev0`),
  )
  assert.deepEqual([text.match(/>\s*Link [0-9]+\s*</g)?.length, text.includes('A'.repeat(101))], [50, false])
})

test('T167: a page shows 500 files of a release at most', async () => {
  await using app = await testApp()
  await publish(app, '1.0', { metadata: metadata('Many') })
  const file = await app.db.selectFrom('files').selectAll().executeTakeFirstOrThrow()
  const more = Array.from({ length: 600 }, (_, n) => ({ ...file, id: `${n}`, filename: `demo-1.0-${n}-py3-none-any.whl`, slot: `${n}` }))
  await app.db.insertInto('files').values(more).execute()
  const { text } = await app.browser().get('/project/demo/')
  assert.equal(text.match(/>Wheel</g)?.length, 500)
  assert.match(text, /Only the first 500.*<summary>These hashes/s)
})

test('a release’s page has each hash whole, as a line that pip takes', async () => {
  await using app = await testApp()
  await publish(app, '1.0', { metadata: metadata('Two files') })
  const sdist = await addFile(app.app, { filename: 'demo-1.0.tar.gz', bytes: Buffer.from('source') })
  const wheel = await app.db.selectFrom('files').select('sha256').where('kind', '=', 'bdist_wheel').executeTakeFirstOrThrow()
  const { text } = await app.browser().get('/project/demo/1.0/')
  const lines = ['demo==1.0', ...[wheel, sdist].map(({ sha256 }) => `    --hash=sha256:${sha256}`)].join(' \\\n')
  assert.equal(/<code id="hashes">([^<]*)<\/code>/.exec(text)?.[1], lines)
  assert.match(text, /<summary>All hashes, ready for a requirements file<\/summary>/)
  assert.doesNotMatch(text, /title="[0-9a-f]{64}"/)
})

/** The value beside this name at the side of a release's page. */
const fact = (text: string, name: string): string | undefined => new RegExp(`<dt>${name}</dt><dd>(.*?)</dd>`, 's').exec(text)?.[1]

test('a release’s page names what it needs, each project once, and links those that are here', async () => {
  await using app = await testApp()
  await addFile(app.app, { project: 'Tyre', version: '3.0' })
  const needs = async (...requires_dist: string[]) => {
    await publish(app, '1.0', { metadata: metadata('Needy', { requires_dist }) })
    const value = fact((await app.browser().get('/project/demo/1.0/')).text, 'Needs')
    await app.db.deleteFrom('files').execute()
    return value
  }
  assert.equal(await needs(), 'Nothing else')
  assert.equal(await needs('spoke[x]>=1; extra == "round"'), 'Nothing else')
  assert.equal(await needs('Tyre>=3'), '<code><a href="/project/tyre/">tyre</a></code>')
  assert.equal(await needs('hub (>=1) ; python_version < "3"', 'Hub>=2'), '<code>hub</code>')
  const six = ['a', 'b', 'c', 'd', 'e', 'f']
  assert.match((await needs(...six)) ?? '', /<code>d<\/code>, <code>e<\/code> and 1 other$/)
  assert.match((await needs(...six, 'g', 'h')) ?? '', / and 3 others$/)
})

test('a release’s files stand in the order of their tags: wheels for Python 3.9 before those for 3.14, the source last', async () => {
  await using app = await testApp()
  const wheels = ['cp39-cp39', 'cp310-cp310', 'cp314-cp314', 'py3-none'].map((tags) => `demo-1.0-${tags}-any.whl`)
  const filenames = [...wheels, 'demo-1.0.tar.gz']
  for (const filename of filenames.toReversed()) await addFile(app.app, { filename })
  await app.db
    .updateTable('releases')
    .set({ metadata: metadata('Many wheels') })
    .execute()
  const { text } = await app.browser().get('/project/demo/')
  assert.deepEqual(
    [...text.matchAll(/>(demo-1\.0[^<]*)<\/a>/g)].map(([, filename]) => filename),
    filenames,
  )
})

test('links at the side are called as the publisher called them, and say which host they lead to', async () => {
  await using app = await testApp()
  const project_urls = [
    { label: 'Source', url: 'https://code.example/demo' },
    { label: 'Issues', url: 'https://code.example/demo/issues' },
    { label: 'Odd', url: 'javascript:alert(1)' },
  ]
  await publish(app, '1.0', { metadata: metadata('Linked', { project_urls }) })
  const { text } = await app.browser().get('/project/demo/')
  for (const { label, url } of project_urls.slice(0, 2))
    assert.match(text, new RegExp(`<dt><a href="${url}" rel="nofollow noopener">${label}</a></dt><dd><code>code.example</code></dd>`))
  assert.match(text, /<dt>Odd<\/dt><dd>javascript:alert\(1\)<\/dd>/)
})

test('a licence of many words is cut, and says so', async () => {
  await using app = await testApp()
  await publish(app, '1.0', { metadata: metadata('Licensed', { license: 'Do as you like. '.repeat(100) }) })
  const licence = fact((await app.browser().get('/project/demo/')).text, 'Licence') ?? ''
  assert.match(licence, /^Do as .*\S…$/)
  assert.ok(licence.length <= 100)
  await publish(app, '2.0', { metadata: metadata('Licensed', { license: 'MIT' }) })
  assert.equal(fact((await app.browser().get('/project/demo/')).text, 'Licence'), 'MIT')
})

test('a project’s page leads those who may change it to where they do, and nobody else', async () => {
  await using app = await testApp()
  const [mona, nils] = [await app.person('mona'), await app.person('nils')]
  await publish(app, '1.0', { metadata: metadata('Hers') })
  const { id: project_id } = await app.db.selectFrom('projects').select('id').executeTakeFirstOrThrow()
  await app.db.insertInto('project_roles').values({ project_id, user_id: mona.user_id, role: 'maintainer', created_at: 1 }).execute()
  const way = /<a href="\/manage\/project\/demo\/releases\/">Manage the project<\/a>/
  assert.match((await mona.get('/project/demo/')).text, way)
  assert.match((await mona.get('/project/demo/1.0/')).text, way)
  for (const visitor of [nils, app.browser()]) assert.doesNotMatch((await visitor.get('/project/demo/')).text, way)
})
