import assert from 'node:assert/strict'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeFolder } from './durable.ts'

/** A folder that goes when the test ends. */
async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'wheelkeep-durable-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

const hasCode = (code: string) => (error: Error) => 'code' in error && error.code === code

test('a folder is made with those above it, also by many at once, and once more without harm', async () => {
  await using at = await folder()
  const [one, other] = [join(at.path, 'a/b/c'), join(at.path, 'a/b/d')]
  await Promise.all([one, other, one, other, one].map((path) => makeFolder(path, 0o700)))
  await makeFolder(one)
  for (const path of [join(at.path, 'a'), one, other]) assert.equal((await stat(path)).mode & 0o777, 0o700, path)
})

test('where a file is in the way no folder is made', async () => {
  await using at = await folder()
  const file = join(at.path, 'file')
  await writeFile(file, '')
  await assert.rejects(makeFolder(file), hasCode('EEXIST'))
  await assert.rejects(makeFolder(join(file, 'below/it')), hasCode('EEXIST'))
})

if (process.platform === 'linux') {
  test('where the system lets nobody make a folder it fails, and doesn’t try for ever', { timeout: 10_000 }, async () => {
    await assert.rejects(makeFolder('/proc/wheelkeep'), hasCode('ENOENT'))
    await assert.rejects(makeFolder('/proc/wheelkeep/data'), hasCode('ENOENT'))
  })
}
