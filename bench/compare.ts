import { type Load, load } from './load.ts'
import { processorTime } from './processes.ts'
import type { Server } from './servers.ts'

/** What one server did in one round. */
export interface Sample {
  /** Requests and MiB a second. */
  readonly rate: number
  readonly flow: number
  /** Microseconds of processor time for a request, and seconds for a GiB. */
  readonly effort: number
  readonly weight: number
}

type Asked = Omit<Load, 'url' | 'seconds'> & { readonly server: Server; readonly path: string }

/** Measures servers by turns, a second each in every round, so that what else goes on here meets all; hands back the samples of each. */
export async function compare(asked: readonly Asked[], rounds = 15): Promise<Sample[][]> {
  const samples: Sample[][] = asked.map(() => [])
  for (const one of asked) await measure(one)
  for (let round = 0; round < rounds; round++) {
    for (const [at, one] of asked.entries()) samples[at]?.push(await measure(one))
  }
  return samples
}

/** Other work on the machine only makes figures worse: these are the third best of all rounds, of what should be much, or little. */
export const most = (figures: readonly number[]): number => figures.toSorted((a, b) => b - a)[2] ?? Number.NaN
export const least = (figures: readonly number[]): number => figures.toSorted((a, b) => a - b)[2] ?? Number.NaN

async function measure({ server, path, ...asked }: Asked): Promise<Sample> {
  const before = processorTime(server.pid)
  const done = await load({ ...asked, url: server.url + path, seconds: 1 })
  const used = processorTime(server.pid) - before
  return {
    rate: done.requests / done.seconds,
    flow: done.bytes / done.seconds / 1024 ** 2,
    effort: (used / done.requests) * 1e6,
    weight: used / (done.bytes / 1024 ** 3),
  }
}
