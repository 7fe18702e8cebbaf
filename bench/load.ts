import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export interface Load {
  readonly url: string
  readonly connections: number
  readonly seconds: number
  readonly headers: Readonly<Record<string, string>>
}

export interface Outcome {
  readonly requests: number
  readonly bytes: number
  readonly seconds: number
}

/** Asks for one address over so many connections, as fast as answers come: with wrk if it is there, else with a client of ours. */
export async function load(asked: Load): Promise<Outcome> {
  return (await hasWrk) ? wrk(asked) : ownClient(asked)
}

const execute = promisify(execFile)

const hasWrk = execute('wrk', ['-v']).then(
  () => true,
  (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
)

/** What made the load, for the report. */
export const loader = async (): Promise<string> => ((await hasWrk) ? 'wrk, one thread' : 'bench/client.ts')

async function wrk({ url, connections, seconds, headers }: Load): Promise<Outcome> {
  const lines = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const { stdout } = await execute('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '30s', ...lines, url])
  const [, requests, time, size, unit] = /([0-9]+) requests in ([0-9.]+)s, ([0-9.]+)([KMGT]?)B read/.exec(stdout) ?? []
  if (!requests || unit === undefined) throw new Error(`wrk said something else than usual:\n${stdout}`)
  return { requests: Number(requests), seconds: Number(time), bytes: Number(size) * 1024 ** ['', 'K', 'M', 'G', 'T'].indexOf(unit) }
}

async function ownClient(asked: Load): Promise<Outcome> {
  const { stdout } = await execute(process.execPath, [fileURLToPath(new URL('client.ts', import.meta.url)), JSON.stringify(asked)])
  return JSON.parse(stdout)
}
