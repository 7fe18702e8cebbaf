import { refuse } from '../../errors.ts'
import { type Outcome, openPool, scriptBeside } from '../../workers/pool.ts'
import type { Verdict } from './archive-checks.ts'

export interface Inspector {
  /** Judges the file at `path` under its name `filename`. Refuses `busy`; rejects if our own code failed. */
  inspect(path: string, filename: string): Promise<Verdict>
  close(): Promise<void>
}

/** What the thread is told. */
export interface InspectionTask {
  readonly path: string
  readonly filename: string
}

/** Starts `threads` threads that judge uploads, one file at a time each, within `budget` milliseconds and 256 MiB (D16, T153). */
export function openInspector(threads: number, budget = 60_000): Inspector {
  const script = scriptBeside(import.meta.url, 'inspect-worker')
  const pool = openPool<InspectionTask, Verdict>({ script, threads, queue: 256, budget, limits: { maxOldGenerationSizeMb: 256 } })
  return { inspect: async (path, filename) => verdictOf(await pool.run({ path, filename })), close: pool.close }
}

function verdictOf(outcome: Outcome<Verdict>): Verdict {
  if (outcome.ok) return outcome.answer
  if (outcome.why === 'overrun')
    return { problems: [{ rule: 'inspection-time', text: 'Reading the archive takes too long. Pack fewer or smaller files.' }] }
  if (outcome.why !== 'crash') return refuse('busy', { retryAfter: 5 })
  if (!isOutOfMemory(outcome.error)) throw outcome.error
  return { problems: [{ rule: 'inspection-memory', text: 'Reading the archive takes too much memory. Pack fewer files.' }] }
}

const isOutOfMemory = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
