import { type Load, load } from './load.ts'
import { processorTime } from './processes.ts'
import type { Server } from './servers.ts'

/** Medians of all rounds. */
export interface Figures {
  /** Requests and MiB a second. */
  readonly rate: number
  readonly flow: number
  /** Microseconds of processor time for a request, and seconds for a GiB. */
  readonly effort: number
  readonly weight: number
}

type Asked = Omit<Load, 'url' | 'seconds'> & { readonly path: string }

/** Measures servers beside each other: in each round one after the other for two seconds, so that what else goes on here meets all. */
export async function compare(asked: readonly (Asked & { server: Server })[], rounds = 9): Promise<Figures[]> {
  for (const one of asked) await measure(one, 1)
  const samples: Figures[][] = asked.map(() => [])
  for (let round = 0; round < rounds; round++) {
    for (const [at, one] of asked.entries()) samples[at]?.push(await measure(one, 2))
  }
  return samples.map((figures) => ({
    rate: median(figures.map(({ rate }) => rate)),
    flow: median(figures.map(({ flow }) => flow)),
    effort: median(figures.map(({ effort }) => effort)),
    weight: median(figures.map(({ weight }) => weight)),
  }))
}

async function measure({ server, path, ...asked }: Asked & { server: Server }, seconds: number): Promise<Figures> {
  const before = processorTime(server.pid)
  const done = await load({ ...asked, url: server.url + path, seconds })
  const used = processorTime(server.pid) - before
  return {
    rate: done.requests / done.seconds,
    flow: done.bytes / done.seconds / 1024 ** 2,
    effort: (used / done.requests) * 1e6,
    weight: used / (done.bytes / 1024 ** 3),
  }
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0)) / 2
}
