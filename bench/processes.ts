import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

/** A program under measurement. */
export interface Running {
  readonly pid: number
  readonly stop: () => Promise<void>
}

/** Starts a program whose output goes to a file, as a service's log does. It ends with us at the latest. */
export function start(command: string, words: readonly string[], env: Record<string, string>, log: string): Running {
  const fd = openSync(log, 'a')
  const child = spawn(command, words, { env: { PATH: process.env.PATH ?? '', ...env }, stdio: ['ignore', fd, fd] })
  closeSync(fd)
  const kill = (): void => void child.kill('SIGKILL')
  process.once('exit', kill)
  return { pid: child.pid ?? 0, stop: () => stop(child, kill) }
}

async function stop(child: ChildProcess, kill: () => void): Promise<void> {
  process.off('exit', kill)
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

/** Waits until somebody answers 200 there; looks every five milliseconds. */
export async function answering(url: string): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await setTimeout(5)) {
    const status = await fetch(url).then(
      (answer) => answer.status,
      () => 0,
    )
    if (status === 200) return
  }
  throw new Error(`Nobody answers at ${url}.`)
}

/** Seconds of processor time that a process has used so far, all threads together, to a hundredth (Linux). */
export function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** MiB of memory: now, and at most so far (Linux). */
export function memory(pid: number): { now: number; most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const field = (name: string): number => Math.round(Number(new RegExp(`${name}:\\s+([0-9]+)`).exec(status)?.[1]) / 1024)
  return { now: field('VmRSS'), most: field('VmHWM') }
}
