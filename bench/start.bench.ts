import { setTimeout } from 'node:timers/promises'
import { openDatabase } from '../src/db/database.ts'
import { least } from './compare.ts'
import { fillProjects } from './fill.ts'
import { memory } from './processes.ts'
import { figure, report } from './report.ts'
import { newFolder, placeIn, startWheelkeep } from './servers.ts'

// P9: how long it takes from the start of the process to its first answer, and what it takes in memory when nobody asks.

const folder = await newFolder()
const place = await placeIn(folder)
await (await startWheelkeep(place)).stop() // makes the database
const rows = [await measured('empty')]
const db = openDatabase(`sqlite:${folder}/data/wheelkeep.db`)
await fillProjects(db, 700_000)
await db.destroy()
rows.push(await measured('700,000 projects'))

await report(
  'start',
  'Start (P9)',
  'From the start of the process to its first answer at `/_health/`, and the memory it takes three seconds later, in seven starts. Goals: at most 1 s empty and 2 s at 700,000 projects; at most 150 MiB empty and 700 MiB full.',
  { head: ['index', 'start to first answer', 'idle memory'], rows },
)

async function measured(name: string): Promise<string[]> {
  const samples: { time: number; memory: number }[] = []
  for (let round = 0; round < 7; round++) {
    const start = performance.now()
    const server = await startWheelkeep(place)
    const time = performance.now() - start
    await setTimeout(3000)
    samples.push({ time, memory: memory(server.pid).now })
    await server.stop()
  }
  return [name, `${figure(least(samples.map(({ time }) => time)))} ms`, `${figure(least(samples.map((sample) => sample.memory)))} MiB`]
}
