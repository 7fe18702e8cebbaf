import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { freshDatabase } from '../../src/testing/database.ts'
import { type Outcome, run } from './run.ts'

/** The command line of this checkout. It runs what `npm run build` made. */
const program = join(import.meta.dirname, '../../bin/wheelkeep')

/** Where an index lives: its address, its folder and, on PostgreSQL, a database of its own. */
export interface Place {
  readonly site: string
  readonly port: number
  readonly folder: string
  /** What its processes are started with; nothing comes from whoever runs the tests. */
  readonly env: Readonly<Record<string, string>>
  readonly remove: () => Promise<void>
}

/** A line of the log, with as much of an access line as tests look at. */
export interface Line {
  readonly level: string
  readonly message: string
  readonly method?: string
  readonly path?: string
  readonly status?: number
}

/** A process that serves. */
export interface Server {
  readonly lines: () => Line[]
  /** Does something, and hands back what the index was asked for meanwhile, as `GET /simple/ 200`. */
  readonly asked: (act: () => Promise<unknown>) => Promise<string[]>
  /** Asks it to end, as an operator does. It must do so in time, and must have had no error to tell of. */
  readonly stop: () => Promise<void>
  /** The same in two steps: for requests that are under way meanwhile. */
  readonly terminate: () => void
  readonly ended: () => Promise<void>
}

/** An empty place for an index, on SQLite, or on the server at TEST_DATABASE_URL. `settings` are WHEELKEEP_* without that prefix. */
export async function newPlace(settings: Record<string, string> = {}): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'wheelkeep-e2e-'))
  const database = process.env.TEST_DATABASE_URL === undefined ? undefined : await freshDatabase()
  const port = await freePort()
  const site = `http://localhost:${port}`
  const all = {
    DATA_DIR: join(folder, 'data'),
    LISTEN: `127.0.0.1:${port}`,
    SITE_URL: site,
    ...(database && { DATABASE_URL: database.url }),
    ...settings,
  }
  const remove = async (): Promise<void> => {
    await database?.drop()
    await rm(folder, { recursive: true })
  }
  return { site, port, folder, env: environment(all), remove }
}

/** Settings as a process finds them, and nothing else. */
export const environment = (settings: Record<string, string>): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [`WHEELKEEP_${name}`, value])),
})

/** Below 32768 no outgoing connection takes a port between this look and the start of the server. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    const server = createServer()
    const isFree = await new Promise<boolean>((done) => server.once('error', () => done(false)).listen(port, '127.0.0.1', () => done(true)))
    if (!isFree) continue
    server.close()
    await once(server, 'close')
    return port
  }
}

/** Runs a command of the line to its end. */
export const wheelkeep = (place: Pick<Place, 'env'>, ...words: string[]): Promise<Outcome> => run(program, words, { ...place.env })

/** Starts `serve` and waits until it is ready. `settings` over those of the place. */
export async function serve(place: Place, settings: Record<string, string> = {}): Promise<Server> {
  const env = { ...place.env, ...environment(settings) }
  const child = spawn(program, ['serve'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const log = collect(child)
  endWithUs(child)
  await ready(child, log, env.WHEELKEEP_LISTEN ?? '', env.WHEELKEEP_TLS_CERT === undefined ? 'http' : 'https')
  const exited = once(child, 'exit')
  const ended = async (): Promise<void> => {
    const late = AbortSignal.timeout(10_000)
    await Promise.race([exited, once(late, 'abort')])
    if (late.aborted) child.kill('SIGKILL')
    assert.ok(!late.aborted, `it still runs ten seconds after SIGTERM:\n${log.text}`)
    assert.equal(child.exitCode, 0, log.text)
    assert.doesNotMatch(log.text, /"level":"error"/)
  }
  const terminate = (): void => void child.kill('SIGTERM')
  const lines = (): Line[] => linesOf(log.text)
  return {
    lines,
    asked: (act) => asked(`http://${env.WHEELKEEP_LISTEN}`, lines, act),
    stop: async () => {
      if (child.exitCode === null) terminate()
      await ended()
    },
    terminate,
    ended,
  }
}

/** The log comes in batches: a request of our own marks where it begins and ends. */
async function asked(address: string, lines: () => Line[], act: () => Promise<unknown>): Promise<string[]> {
  const mark = async (): Promise<number> => {
    const path = `/_health/${randomUUID()}`
    await fetch(address + path)
    return until('the log to catch up', () => lines().findIndex((line) => line.path === path) + 1 || undefined)
  }
  const start = await mark()
  await act()
  const end = await mark()
  return lines()
    .slice(start, end - 1)
    .flatMap((line) => (line.message === 'Request' ? [`${line.method} ${line.path} ${line.status}`] : []))
}

/** Gathers the log as it comes. */
function collect(child: ChildProcess): { text: string } {
  const log = { text: '' }
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log.text += text
  })
  return log
}

/** A test that dies leaves no server behind. */
function endWithUs(child: ChildProcess): void {
  const end = (): void => void child.kill('SIGKILL')
  const die = (): void => process.exit(143)
  process.on('exit', end).on('SIGTERM', die)
  child.once('exit', () => process.off('exit', end).off('SIGTERM', die))
}

async function ready(child: ChildProcess, log: { text: string }, listen: string, scheme: 'http' | 'https'): Promise<void> {
  const end = Date.now() + 90_000
  while (child.exitCode === null && Date.now() < end) {
    if (scheme === 'https' ? log.text.includes('"Listening"') : await answers(`http://${listen}/_health/ready`)) return
    await setTimeout(50)
  }
  child.kill('SIGKILL')
  throw new Error(`the server doesn't become ready:\n${log.text}`)
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ status }) => status === 200,
    () => false,
  )

/** Only whole lines: the last one may still be on its way. */
const linesOf = (text: string): Line[] =>
  text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line) // the server's own words; what is missing shows in the assertions

/** What a file of tests opened, to be closed in the reverse order, however far it came: what stays open keeps the tests from ending. */
export function openThings() {
  const closers: (() => Promise<unknown>)[] = []
  return {
    closing: (close: () => Promise<unknown>): void => void closers.unshift(close),
    closeAll: async (): Promise<void> => {
      for (const close of closers) await close()
    },
  }
}

/** Waits until `look` finds something. */
export async function until<Found>(what: string, look: () => Promise<Found | undefined> | Found | undefined): Promise<Found> {
  const end = Date.now() + 90_000
  while (Date.now() < end) {
    const found = await look()
    if (found !== undefined) return found
    await setTimeout(50)
  }
  throw new Error(`waited in vain for ${what}`)
}

/** The newest mail to that address whose words fit, waited for; its text as in the file. */
export const mailTo = (place: Place, address: string, about: RegExp): Promise<string> =>
  until(`a mail to ${address} about ${about}`, async () => {
    const mails = await mailsOf(place)
    return mails.findLast((mail) => mail.includes(`\nTo: ${address}\n`) && about.test(mail.replace(/\s+/g, ' ')))
  })

/** All mails of the outbox, the oldest first. */
async function mailsOf({ folder }: Place): Promise<string[]> {
  const outbox = join(folder, 'data/outbox')
  const names = (await readdir(outbox).catch(() => [])).filter((name) => name.endsWith('.eml'))
  const inOrder = names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  return Promise.all(inOrder.map((name) => readFile(join(outbox, name), 'utf8')))
}

/** The link of a mail: it stands alone on its line. */
export function linkIn(mail: string): string {
  const [link] = /^https?:\/\/\S+$/m.exec(mail) ?? []
  assert.ok(link, mail)
  return link
}
