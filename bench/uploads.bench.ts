import { randomBytes } from 'node:crypto'
import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { buildWheel } from '../src/testing/wheel.ts'
import { uploadForm } from '../test/e2e/uploads.ts'
import { least, most } from './compare.ts'
import { processorTime } from './processes.ts'
import { type Form, newUploader } from './publishing.ts'
import { figure, report, times } from './report.ts'
import { newFolder, placeIn, startWheelkeep } from './servers.ts'

// P5: uploads of small wheels, all durable when they are answered, beside what the disk can do at all.

const rounds = 7
const uploads = 300
const folder = await newFolder()
const place = await placeIn(folder)
const wheelkeep = await startWheelkeep(place)
const uploader = await newUploader(place)
let releases = 0
for (let n = 0; n < 4; n++) await uploader.sendAll(await newForms(), 8) // an index that has run for a minute

const rows: string[][] = []
for (const clients of [1, 8]) {
  const samples: { raw: number; ours: number; effort: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const fresh = await newForms()
    const raw = uploads / (await rawRound(fresh, clients))
    const before = processorTime(wheelkeep.pid)
    const ours = uploads / (await uploader.sendAll(fresh, clients))
    samples.push({ raw, ours, effort: ((processorTime(wheelkeep.pid) - before) / uploads) * 1000 })
  }
  const [ours, raw] = [most(samples.map((sample) => sample.ours)), most(samples.map((sample) => sample.raw))]
  const effort = least(samples.map((sample) => sample.effort))
  rows.push([String(clients), figure(ours), figure(raw), times(ours / raw), `${effort.toFixed(1)} ms`])
}
uploader.close()
await wheelkeep.stop()

await report(
  'uploads',
  'Uploads (P5)',
  'Small wheels through `POST /legacy/` with an API token, three hundred a release, on SQLite; file and rows are synced to disk before the answer; 1,200 uploads went before. Beside it the raw rate of the same disk: write a file of that size, sync it, rename it, sync the folder. Goal: at least 0.4 times the raw rate.',
  { head: ['clients', 'uploads a second', 'raw writes a second', 'ratio', 'processor time an upload'], rows },
)

/** The wheels of a new release, one a tag, as forms. */
function newForms(): Promise<Form[]> {
  releases++
  const wheels = Array.from({ length: uploads }, (_, n) =>
    buildWheel({
      name: 'bench',
      version: `1.${releases}`,
      tag: `cp3${n}-none-any`,
      files: { 'bench/data': randomBytes(2000).toString('hex') },
    }),
  )
  return Promise.all(wheels.map(uploadForm))
}

/** Seconds that the disk takes for so many files. */
async function rawRound(fresh: readonly Form[], clients: number): Promise<number> {
  const target = join(folder, `raw-${releases}`)
  await mkdir(target)
  const waiting = fresh.entries()
  const worker = async (): Promise<void> => {
    for (const [n, { body }] of waiting) await rawWrite(target, String(n), body)
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: clients }, worker))
  return (performance.now() - start) / 1000
}

async function rawWrite(target: string, name: string, bytes: Buffer): Promise<void> {
  const path = join(target, `.${name}`)
  const file = await open(path, 'w')
  await file.write(bytes)
  await file.sync()
  await file.close()
  await rename(path, join(target, name))
  const shelf = await open(target, 'r')
  await shelf.sync()
  await shelf.close()
}
