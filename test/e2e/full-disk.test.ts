import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { start } from './lives.ts'
import { newPublisher } from './publisher.ts'
import { checkWhole, listed, publish, seeded, temporary, wheelOf } from './publishing.ts'
import { newPlace } from './server.ts'

const KiB = 1024

test('on a full disk an upload is answered 507 and leaves nothing; what is there is served, and with room it goes on', async (t) => {
  const random = seeded(7)
  const place = await newPlace()
  const data = join(place.folder, 'data')
  await mkdir(data, { mode: 0o700 })
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m,mode=700', 'wheelkeep-test', data], { encoding: 'utf8' })
  if (mounted.status !== 0) return t.skip(`only root of Linux may mount a small disk: ${mounted.stderr || mounted.error?.message}`)
  const life = start(place)
  t.after(async () => {
    await life.kill()
    execFileSync('umount', [data])
    await place.remove()
  })
  assert.ok(await life.isReady(), life.log())
  const { token } = await newPublisher(place, 'mona')
  const ballast = join(data, 'ballast')

  const answers: string[] = []
  for (let n = 0; n < 16; n++) {
    const { bavail, bsize } = await statfs(data)
    await writeFile(ballast, Buffer.alloc(bavail * bsize - n * 8 * KiB)).catch(() => undefined) // the server writes too
    await fetch(`${place.site}/_health/ready`) // writes a file, or tries to
    const wheel = wheelOf('lathe', '1.0', 30 * KiB, random, `cp3${n}-none-any`)
    const { status, reason } = await publish(place.site, token, wheel)
    answers.push(`${status} ${reason}`)
    assert.deepEqual(await temporary(place), [])
    const files = await listed(place.site, 'lathe')
    assert.equal(files.length, status === 200 ? n + 1 : n)
    for (const file of files) await checkWhole(file)
    await rm(ballast)
    assert.equal((await publish(place.site, token, wheel)).status, 200)
  }
  const full = '507 The index has no room left. Nothing was stored. Try again later; its operators see it in the log.'
  assert.deepEqual([...new Set(answers)], [full, '200 OK'])
  assert.equal(await life.stop(), 0)
  assert.match(life.log(), /ENOSPC/)
  if (!process.env.TEST_DATABASE_URL) assert.match(life.log(), /SqliteError: database or disk is full/)
})
