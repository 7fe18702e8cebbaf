import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { refusals } from '../../errors.ts'
import { testApp } from '../../testing/app.ts'
import { uploadRules } from './upload-rules.ts'

/** The names of rules in the sources, where a problem is made. */
async function rulesInSources(): Promise<string[]> {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const names = (await readdir(root, { recursive: true })).filter((name) => /^(lib|features)\/.*(?<!\.test)\.ts$/.test(name))
  const texts = await Promise.all(names.map((name) => readFile(join(root, name), 'utf8')))
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/\brule: '([a-z0-9-]+)'/g)].map(([, rule = '']) => rule)))]
}

test('every rule of uploads is told, and no other', async () => {
  assert.deepEqual(uploadRules.map(({ rule }) => rule).sort(), (await rulesInSources()).sort())
})

test('every refusal and every rule has its place on the help page, for whoever asks', async () => {
  await using app = await testApp()
  const { status, text } = await app.browser().get('/help/')
  assert.equal(status, 200)
  assert.ok(refusals.length > 50)
  for (const { rule } of [...refusals, ...uploadRules]) assert.match(text, new RegExp(`<div id="${rule}">`))
  const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  assert.equal(new Set(ids).size, ids.length)
})

test('its commands name this index', async () => {
  await using app = await testApp()
  const { text } = await (await app.person('mona')).get('/help/')
  assert.match(text, /pip install --index-url https:\/\/index\.example\/simple\/ NAME/)
  assert.match(text, /twine upload --repository-url https:\/\/index\.example\/legacy\/ --username __token__/)
  assert.match(text, /uv publish --publish-url https:\/\/index\.example\/legacy\//)
})
