import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Place } from './server.ts'

const program = join(import.meta.dirname, '../../bin/wheelkeep')

/** A serving process that may end at any moment. */
export interface Life {
  readonly pid: number
  /** Waits until it serves; false if it ended first. */
  readonly isReady: () => Promise<boolean>
  readonly log: () => string
  /** Takes it away as a crash does, without a chance to finish anything. */
  readonly kill: () => Promise<void>
  /** Asks it to end, and hands back its exit code. */
  readonly stop: () => Promise<number | null>
}

/** Starts `serve` without waiting for it. `through` is a command that runs what follows it as this very process. */
export function start(place: Place, through: readonly string[] = []): Life {
  const [command = program, ...words] = [...through, program, 'serve']
  const child = spawn(command, words, { env: { ...place.env }, stdio: ['ignore', 'ignore', 'pipe'] })
  const exited = once(child, 'exit')
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text
  })
  endWithUs(child)
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal)
    await exited
    return child.exitCode
  }
  return {
    pid: child.pid ?? 0,
    isReady: () => becomesReady(child, place),
    log: () => log,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  }
}

async function becomesReady(child: ChildProcess, { port }: Place): Promise<boolean> {
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null
  for (let tries = 0; tries < 1500 && !isOver(); tries++) {
    const answer = await fetch(`http://127.0.0.1:${port}/_health/ready`).catch(() => undefined)
    if (answer?.ok && !isOver()) return true
    await setTimeout(20)
  }
  return false
}

/** A test that dies leaves no server behind. */
function endWithUs(child: ChildProcess): void {
  const end = (): void => void child.kill('SIGKILL')
  process.on('exit', end)
  child.once('exit', () => process.off('exit', end))
}
