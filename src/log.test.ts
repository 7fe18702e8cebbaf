import assert from 'node:assert/strict'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openLog } from './log.ts'

test('each line is JSON with the time first; warnings are there at once, the rest when flushed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wheelkeep-'))
  const path = join(folder, 'log')
  const fd = openSync(path, 'w')
  let now = Date.UTC(2026, 10, 22)
  const { log, flush } = openLog(fd, () => now)
  const read = () =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))

  log({ level: 'info', message: 'Line "one"', path: '/\n', nothing: undefined })
  assert.deepEqual(read(), [])
  now += 1
  log({ level: 'warning', message: 'two' })
  const both = [
    { time: '2026-11-22T00:00:00.000Z', level: 'info', message: 'Line "one"', path: '/\n' },
    { time: '2026-11-22T00:00:00.001Z', level: 'warning', message: 'two' },
  ]
  assert.deepEqual(read(), both)
  log({ level: 'info', message: 'three' })
  flush()
  assert.deepEqual(read(), [...both, { time: '2026-11-22T00:00:00.001Z', level: 'info', message: 'three' }])
  closeSync(fd)
  await rm(folder, { recursive: true })
})

test('T201: line ends, a terminal’s commands and what breaks JSON stay in one escaped record', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wheelkeep-'))
  const path = join(folder, 'log')
  const fd = openSync(path, 'w')
  const hostile = 'a\r\nb\u001b[31mc\u009b31md\u2028e\u2029f\u0085g\u007fh"},{"level":"error"\\'
  openLog(fd, () => 0).log({ level: 'error', message: hostile, path: hostile })
  const text = readFileSync(path, 'utf8')
  assert.match(text, /^[ -~]+\n$/)
  assert.deepEqual(JSON.parse(text), { time: '1970-01-01T00:00:00.000Z', level: 'error', message: hostile, path: hostile })
  closeSync(fd)
  await rm(folder, { recursive: true })
})
