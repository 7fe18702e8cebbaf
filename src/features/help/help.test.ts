import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusals } from '../../errors.ts'
import { testApp } from '../../testing/app.ts'

test('every refusal has its place on the help page, for whoever asks', async () => {
  await using app = await testApp()
  const { status, text } = await app.browser().get('/help/')
  assert.equal(status, 200)
  assert.ok(refusals.length > 50)
  for (const { rule } of refusals) assert.match(text, new RegExp(`<div id="${rule}">`))
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
