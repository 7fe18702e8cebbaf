import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from './app.ts'
import { isFirst, isForeman, isWorker, startWorkers } from './cluster.ts'
import type { Config } from './config.ts'
import { grantAdmin, revokeAdmin } from './features/admin/admin.ts'
import { bindToHost } from './features/security-keys/host.ts'
import { shortCut } from './features/simple-api/short-cut.ts'
import { serve, tryToServe } from './http/server.ts'
import { work } from './jobs.ts'
import type { Log } from './log.ts'
import { openApp } from './open.ts'
import { startWorker } from './queue/worker.ts'
import { routes } from './routes.ts'

interface Call {
  readonly config: Config
  readonly log: Log
  readonly words: string[]
}

/** One command of the line. `run` hands back a sentence if it failed. */
export interface Command {
  readonly name: string
  readonly words: string
  readonly about: string
  readonly takes: (words: string[]) => boolean
  readonly run: (call: Call) => Promise<string | undefined>
}

const nothing = (words: string[]): boolean => words.length === 0

/** Table of contents of the command line. */
export const commands: readonly Command[] = [
  {
    name: 'serve',
    words: '',
    about: 'Serves the index and does its background work, until Ctrl-C or SIGTERM.',
    takes: nothing,
    run: runServer,
  },
  { name: 'work', words: '', about: 'Does background work only, beside other processes that serve.', takes: nothing, run: runWorker },
  {
    name: 'migrate',
    words: '',
    about: 'Brings the database up to date, and ends. `serve` does so too.',
    takes: nothing,
    run: runMigrations,
  },
  {
    name: 'config',
    words: '',
    about: 'Prints every setting, its value and where it came from.',
    takes: nothing,
    run: async () => undefined,
  },
  { name: 'mail', words: '[N]', about: 'Prints the newest N mails (1) of the outbox folder.', takes: isCount, run: printMails },
  {
    name: 'admin',
    words: 'grant|revoke USER',
    about: 'Makes an account with verified address and second factor an administrator, or ends that.',
    takes: ([verb, name, ...more]) => (verb === 'grant' || verb === 'revoke') && name !== undefined && more.length === 0,
    run: changeAdmin,
  },
]

/** A taken address is told before anything is made or migrated. */
async function runServer({ config, log }: Call): Promise<string | undefined> {
  if (!isWorker()) await tryToServe(config)
  if (isForeman(config.workers)) return runForeman(config, log)
  await using opened = await openApp(config, log)
  const { app } = opened
  const obstacle = await bindToHost(app)
  if (obstacle) return obstacle
  const server = await serve(app, routes(app), shortCut(app))
  const worker = await startWorker(app, work)
  greet(app, server.addresses)
  await endOfService()
  log({ level: 'info', message: 'Stopping: requests and jobs under way are finished first' })
  await Promise.all([server.close(), worker.stop()])
  return undefined
}

/** What keeps one process from starting would keep them all, again and again: it is told first. */
async function runForeman(config: Config, log: Log): Promise<string | undefined> {
  const obstacle = await findObstacle(config, log)
  if (obstacle) return obstacle
  const workers = startWorkers(config.workers, log)
  await endOfService()
  await workers.stop()
  return undefined
}

async function findObstacle(config: Config, log: Log): Promise<string | undefined> {
  await using opened = await openApp(config, log)
  return await bindToHost(opened.app)
}

async function runWorker({ config, log }: Call): Promise<undefined> {
  await using opened = await openApp(config, log)
  const worker = await startWorker(opened.app, work)
  await endOfService()
  await worker.stop()
}

async function runMigrations({ config, log }: Call): Promise<undefined> {
  await using _opened = await openApp(config, log)
}

/** Resolves at the first SIGTERM or SIGINT; a second one ends the process at once. */
const endOfService = (): Promise<unknown> => Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])

function greet({ config, log }: App, addresses: string[]): void {
  log({ level: 'info', message: 'Listening', addresses: addresses.join(' ') })
  if (!isFirst()) return
  const mails = config.mail_url.startsWith('file:') ? `in ${config.mail_url.slice(5)} (print the newest: bin/wheelkeep mail)` : 'by SMTP'
  process.stdout.write(`
  Wheelkeep is ready.

  Pages    ${config.site_url}/
  Index    ${config.site_url}/simple/
  Uploads  ${config.site_url}/legacy/
  Mails    ${mails}

  First administrator: register, verify the address, set up a second factor,
  then run  bin/wheelkeep admin grant YOUR-NAME

`)
}

function isCount([count = '1', ...more]: string[]): boolean {
  return /^[1-9][0-9]{0,3}$/.test(count) && more.length === 0
}

async function printMails({ config, words }: Call): Promise<string | undefined> {
  if (!config.mail_url.startsWith('file:')) return 'Mails go by SMTP here; there is no outbox folder.'
  const folder = config.mail_url.slice('file:'.length)
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml')).sort(inOrder)
  if (names.length === 0) return `There is no mail in ${folder} yet.`
  for (const name of names.slice(-Number(words[0] ?? 1))) process.stdout.write(`${await readFile(join(folder, name), 'utf8')}\n`)
  return undefined
}

/** `milliseconds-sequence.eml`, both as numbers. */
function inOrder(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

async function changeAdmin({ config, log, words: [verb, name = ''] }: Call): Promise<string | undefined> {
  await using opened = await openApp(config, log)
  const failure = await (verb === 'grant' ? grantAdmin(opened.app, name) : revokeAdmin(opened.app, name))
  if (failure) return failure
  const now = verb === 'grant' ? 'an administrator now' : 'no administrator any more'
  process.stdout.write(`${name} is ${now}. The account’s sessions have ended, and a mail tells its owner.\n`)
  return undefined
}
