import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { days, hours } from '../lib/time.ts'
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
  assert.deepEqual((await Array.fromAsync(at.files.list())).flat(), [key])
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
  assert.deepEqual((await Array.fromAsync(at.files.list())).flat(), [])
})

test('what is withdrawn is out of sight, until it is restored; then it counts as touched', async () => {
  await using at = await store()
  await at.put()
  await at.put()
  const before = (await at.files.head(key))?.touched_at
  at.pass(days(2))
  const withdrawn = (await at.files.withdraw(key)) ?? assert.fail()
  assert.deepEqual([await at.files.get(key), await at.files.withdraw(key)], [undefined, undefined])
  assert.equal(await withdrawn.touchedAt(), before)
  await withdrawn.restore()
  assert.equal((await at.files.head(key))?.touched_at, 1_000_000_000_000 + days(2))
  await withdrawn.remove()
  assert.ok(await at.files.head(key), 'it was restored')
})

test('what was put anew while it was withdrawn stays, whether that one is removed or restored', async () => {
  await using at = await store()
  await at.put()
  const first = (await at.files.withdraw(key)) ?? assert.fail()
  await at.put()
  const second = (await at.files.withdraw(key)) ?? assert.fail()
  await at.put()
  await first.remove()
  assert.ok(await second.touchedAt())
  await second.restore()
  assert.equal((await at.files.head(key))?.touched_at, 1_000_000_000_000)
})

test('uploads lose nothing to a sweep, however they meet', async () => {
  await using at = await store()
  for (let n = 0; n < 200; n++) {
    await at.put()
    at.pass(days(2))
    const before = 1_000_000_000_000 + n * days(2) + 1
    const sweep = async () => {
      const withdrawn = await at.files.withdraw(key)
      const touched_at = (await withdrawn?.touchedAt()) ?? 0
      await (touched_at < before ? withdrawn?.remove() : withdrawn?.restore())
    }
    await Promise.all([at.put(), n % 2 ? sweep() : setTimeout(0).then(sweep)])
    assert.ok(await at.files.head(key), `round ${n}`)
  }
})

test('a process that dies while it decides takes nothing away: what it had withdrawn is back at the next start', async () => {
  await using at = await store()
  await at.put()
  const withdrawn = (await at.files.withdraw(key)) ?? assert.fail()
  await openDiskFiles(at.folder, Date.now)
  assert.ok(await at.files.head(key))
  assert.equal(await withdrawn.touchedAt(), undefined)
  await withdrawn.restore()
  assert.ok(await at.files.head(key))
})

/** Files that processes left in the folder: by what is said of their names, which are those of this process but for some parts. */
async function leave(at: Awaited<ReturnType<typeof store>>, names: Record<string, (parts: string[]) => string[]>) {
  for (const [about, change] of Object.entries(names)) {
    const parts = basename(at.files.temporary()).split('.').slice(0, -1)
    await writeFile(join(at.folder, 'tmp', [...change(parts), about].join('.')), 'half')
  }
}

const left = async ({ folder }: { folder: string }): Promise<string[]> =>
  (await readdir(join(folder, 'tmp'))).map((name) => name.split('.').at(-1) ?? '').sort()

test('at start, what dead processes were receiving goes; what is of living ones stays', async () => {
  await using at = await store()
  await leave(at, {
    'a dead one': ([space = '', , life = '']) => [space, '999999999', life],
    'our pid in an earlier life': ([space = '', pid = '']) => [space, pid, 'earlier'],
    'a living one': ([space = '', , life = '']) => [space, String(process.ppid), life],
    'pid 1 of another container': ([, , life = '']) => ['another', '1', life],
    'a pid of another container, unknown here': ([, , life = '']) => ['another', '999999999', life],
    'our pid in another container': ([, pid = '', life = '']) => ['another', pid, life],
  })
  const again = await openDiskFiles(at.folder, Date.now)
  await writeFile(again.temporary(), 'half')
  assert.equal((await left(at)).length, 5)
  await again.close()
  assert.deepEqual(await left(at), [
    'a living one',
    'a pid of another container, unknown here',
    'our pid in another container',
    'pid 1 of another container',
  ])
})

test('at start, what nobody has written to for a day goes, whoever it was', async () => {
  await using at = await store()
  await leave(at, { elsewhere: ([, , life = '']) => ['another', '1', life], here: ([space = '']) => [space, String(process.ppid), 'x'] })
  const now = Date.now()
  await openDiskFiles(at.folder, () => now + hours(23))
  assert.deepEqual(await left(at), ['elsewhere', 'here'])
  await openDiskFiles(at.folder, () => now + hours(25))
  assert.deepEqual(await left(at), [])
})

test('in another pid namespace, as of a container, a process has another name', { skip: lacksNamespaces() }, async () => {
  await using at = await store()
  const script = `import { openDiskFiles } from ${JSON.stringify(new URL('./disk.ts', import.meta.url).href)}
    process.stdout.write((await openDiskFiles(process.argv[1], Date.now)).temporary())`
  const words = ['--pid', '--fork', process.execPath, '--input-type=module', '--eval', script, at.folder]
  const path = execFileSync('unshare', words, { encoding: 'utf8' })
  const [[space, pid], [itsSpace, itsPid]] = [at.files.temporary(), path].map((path) => basename(path).split('.')) as [string[], string[]]
  assert.equal(itsPid, '1')
  assert.notEqual(pid, itsPid)
  assert.notEqual(space, itsSpace)
})

/** Why no namespace can be made here; false if one can. */
function lacksNamespaces(): string | false {
  const { status, stderr, error } = spawnSync('unshare', ['--pid', '--fork', 'true'], { encoding: 'utf8' })
  return status !== 0 && `unshare doesn’t run here: ${error?.message ?? stderr}`
}
