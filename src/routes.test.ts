import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { testApp } from './testing/app.ts'
import { version } from './version.ts'

/**
 * Every route with its guards, reviewed by hand: a forgotten one fails here. `signedIn` is the gate; what stands under
 * `signedInUngated` is open without a second factor, because it leads to one, or leads out.
 */
const reviewed: Record<string, string> = {}

test('every route has the guards of the reviewed table', async () => {
  await using app = await testApp()
  const found: Record<string, string> = {}
  for (const { method, path, handler } of app.routes.routes) {
    if (method === 'ALL') continue
    const route = `${method} ${path}`
    found[route] = `${found[route] ?? ''} ${handler.name}`.trim()
  }
  assert.deepEqual(found, reviewed)
})

test('the version is that of package.json', async () => {
  assert.equal(version, JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')).version)
})
