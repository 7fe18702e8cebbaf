import { Agent } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { openDatabase } from '../src/db/database.ts'
import { askOverWire } from '../src/testing/wire.ts'
import { least } from './compare.ts'
import { fillFiles, fillProjects, touch } from './fill.ts'
import { memory, processorTime } from './processes.ts'
import { figure, report } from './report.ts'
import { newFolder, placeIn, startWheelkeep } from './servers.ts'

// P8 and P3: the list of 700,000 projects, made and changed, and a page of 5,000 files that nobody asked for before; and what
// somebody else waits for meanwhile, who asks for one small page again and again.

interface Sample {
  /** Milliseconds: until the answer, of processor time, and until the small page came, at most. */
  readonly time: number
  readonly effort: number
  readonly wait: number
}

const [json, html] = ['application/vnd.pypi.simple.v1+json', 'application/vnd.pypi.simple.v1+html']
const rounds = 15
const folder = await newFolder()
const place = await placeIn(folder)
const headers = { host: new URL(place.site).host, 'accept-encoding': 'gzip' }
await (await startWheelkeep(place)).stop() // makes the database
const db = openDatabase(`sqlite:${folder}/data/wheelkeep.db`)
await fillProjects(db, 700_000)
await fillFiles(db, 'project-1', 5_000)
let server = await startWheelkeep(place)

const works: [name: string, rounds: number, work: () => Promise<unknown>, before?: () => Promise<unknown>][] = [
  ['nothing', rounds, () => setTimeout(1000)],
  ['list, JSON: first', 5, () => newest('/simple/', json), restart],
  ['list, JSON: a project has changed', rounds, () => newest('/simple/', json), () => touch(db, 'project-350000')],
  ['list, JSON: nothing has changed', rounds, () => newest('/simple/', json)],
  ['list, HTML: first, beside the JSON', 1, () => newest('/simple/', html)],
  ['list, HTML: a project has changed', rounds, () => newest('/simple/', html), () => touch(db, 'project-350000')],
  ['page of 5,000 files, JSON: first', rounds, () => newest('/simple/project-1/', json), () => touch(db, 'project-1')],
  ['page of 5,000 files, HTML: first', rounds, () => newest('/simple/project-1/', html), () => touch(db, 'project-1')],
]
const rows: string[][] = []
for (const [name, rounds, work, before] of works) rows.push([name, ...figures(await measure(rounds, work, before))])
const most = memory(server.pid).most
await server.stop()
await db.destroy()

await report(
  'list',
  'The list of all projects, and a large page (P8, P3)',
  `\`/simple/\` at 700,000 projects, and \`/simple/NAME/\` with 5,000 files, asked for with \`HEAD\` and \`Cache-Control: no-cache\`: the answer comes when the page is there, plain and packed, and nothing of it is sent. Meanwhile another client asks for a small page again and again: its longest wait is what making the page costs everybody else. Goals: the first list within 5 s while others go on; a change within 50 ms; at most 30 ms of processor time for a page of 5,000 files. Memory was ${figure(most)} MiB at most, both lists and all.`,
  { head: ['work', 'time', 'processor time, all threads', 'longest wait for a small page'], rows },
)

async function restart(): Promise<void> {
  await server.stop()
  server = await startWheelkeep(place)
}

async function newest(path: string, accept: string): Promise<void> {
  const { status } = await askOverWire(place.site, path, { method: 'HEAD', headers: { ...headers, accept, 'cache-control': 'no-cache' } })
  if (status !== 200) throw new Error(`${path} was answered ${status}.`)
}

async function measure(rounds: number, work: () => Promise<unknown>, before?: () => Promise<unknown>): Promise<Sample[]> {
  const samples: Sample[] = []
  for (let round = 0; round < rounds; round++) {
    await before?.()
    samples.push(await measureOnce(work))
  }
  return samples
}

async function measureOnce(work: () => Promise<unknown>): Promise<Sample> {
  const ended = new AbortController()
  const waiting = longestWait(ended.signal)
  await setTimeout(20)
  const [start, used] = [performance.now(), processorTime(server.pid)]
  await work()
  const [time, effort] = [performance.now() - start, (processorTime(server.pid) - used) * 1000]
  ended.abort()
  return { time, effort, wait: await waiting }
}

/** Asks for a small page every five milliseconds, unless it has to wait longer. */
async function longestWait(ended: AbortSignal): Promise<number> {
  const agent = new Agent({ keepAlive: true })
  let longest = 0
  while (!ended.aborted) {
    const start = performance.now()
    await askOverWire(place.site, '/simple/project-2/', { headers, agent })
    longest = Math.max(longest, performance.now() - start)
    await setTimeout(5)
  }
  agent.destroy()
  return longest
}

/** A clock of processor time has steps of ten milliseconds: the mean of all rounds says more than the best. */
function figures(samples: readonly Sample[]): string[] {
  const best = (of: (sample: Sample) => number): string =>
    `${figure(samples.length < 3 ? Math.min(...samples.map(of)) : least(samples.map(of)))} ms`
  const effort = samples.reduce((sum, { effort }) => sum + effort, 0) / samples.length
  return [best(({ time }) => time), `${figure(effort)} ms`, best(({ wait }) => wait)]
}
