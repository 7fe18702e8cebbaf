import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** A command that ran to its end. `said` is all that it wrote, whichever way. */
export interface Outcome {
  readonly code: number | null
  readonly out: string
  readonly said: string
}

/** Runs a command with exactly this environment, for a minute at most. */
export async function run(command: string, words: readonly string[], env: Record<string, string>, cwd?: string): Promise<Outcome> {
  const child = spawn(command, words, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 })
  let out = ''
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    said += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  await once(child, 'close')
  return { code: child.exitCode, out, said }
}
