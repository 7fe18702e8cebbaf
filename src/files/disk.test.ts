import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openDiskFiles } from './disk.ts'
import { contentKeyOf } from './files.ts'

const bytes = Buffer.from('wheel')
const key = contentKeyOf(bytes)

async function store() {
  const folder = await mkdtemp(join(tmpdir(), 'wheelkeep-files-'))
  let now = 1_000_000_000_000
  const files = await openDiskFiles(folder, () => now)
  const put = async () => {
    const path = files.temporary()
    await writeFile(path, bytes)
    await files.put(key, path)
    return path
  }
  const pass = (time: number): void => {
    now += time
  }
  const end = async () => {
    await files.close()
    await rm(folder, { recursive: true })
  }
  return { folder, files, put, pass, [Symbol.asyncDispose]: end }
}

test('what was put is read back from any offset, under its content’s hash', async () => {
  await using at = await store()
  await at.put()
  const content = await at.files.get(key)
  const buffer = Buffer.alloc(8)
  const { bytesRead } = (await content?.read(buffer, 8, 2)) ?? assert.fail()
  await content?.close()
  assert.deepEqual([content?.size, buffer.subarray(0, bytesRead).toString()], [5, 'eel'])
  assert.deepEqual(await Array.fromAsync(at.files.list()), [key])
})

test('known content is touched, not written again, and the temporary file is gone either way', async () => {
  await using at = await store()
  await at.put()
  const first = await stat(join(at.folder, 'blobs', key.slice(0, 2), key))
  at.pass(60_000)
  await assert.rejects(stat(await at.put()), { code: 'ENOENT' })
  const second = await stat(join(at.folder, 'blobs', key.slice(0, 2), key))
  assert.deepEqual([second.ino, (await at.files.head(key))?.touched_at], [first.ino, 1_000_000_060_000])
})

test('what isn’t there is nothing, and removing it twice is no error', async () => {
  await using at = await store()
  assert.deepEqual([await at.files.get(key), await at.files.head(key)], [undefined, undefined])
  await at.put()
  await at.files.delete(key)
  await at.files.delete(key)
  assert.deepEqual(await Array.fromAsync(at.files.list()), [])
})

test('at start, files that dead processes were receiving go; those of living ones stay', async () => {
  await using at = await store()
  const [alive, dead] = [String(process.ppid), '999999999']
  for (const pid of [alive, dead]) {
    await mkdir(join(at.folder, 'tmp', pid), { recursive: true })
    await writeFile(join(at.folder, 'tmp', pid, 'half'), 'x')
  }
  await writeFile(at.files.temporary(), 'x')
  await openDiskFiles(at.folder, Date.now)
  assert.deepEqual((await readdir(join(at.folder, 'tmp'))).sort(), [alive, String(process.pid)].sort())
  assert.deepEqual(await readdir(join(at.folder, 'tmp', String(process.pid))), [])
})
