import { setTimeout } from 'node:timers/promises'
import { type Database, openDatabase } from '../src/db/database.ts'
import type { Schema } from '../src/db/schema.ts'
import { least } from './compare.ts'
import { memory } from './processes.ts'
import { figure, report } from './report.ts'
import { newFolder, placeIn, startWheelkeep } from './servers.ts'

// P9: how long it takes from the start of the process to its first answer, and what it takes in memory when nobody asks.

const folder = await newFolder()
const place = await placeIn(folder)
await (await startWheelkeep(place)).stop() // makes the database
const rows = [await measured('empty')]
await fill(openDatabase(`sqlite:${folder}/data/wheelkeep.db`), 700_000)
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

/** Projects without files, a thousand a statement. */
async function fill(db: Database, count: number): Promise<void> {
  for (let done = 0; done < count; done += 1000) {
    await db
      .insertInto('projects')
      .values(Array.from({ length: 1000 }, (_, n) => projectRow(done + n + 1)))
      .execute()
  }
  await db.updateTable('index_state').set({ serial: count }).execute()
  await db.destroy()
}

function projectRow(n: number): Schema['projects'] {
  const name = `project-${n}`
  return { id: name, name, normalized_name: name, lookalike_key: name, last_serial: n, created_at: n }
}
