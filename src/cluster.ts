import cluster from 'node:cluster'
import { once } from 'node:events'
import type { Log } from './log.ts'

/** Whether this process shall start others instead of serving itself. */
export const isForeman = (workers: number): boolean => workers > 1 && cluster.isPrimary

/** Whether this process is one that a foreman started. */
export const isWorker = (): boolean => cluster.isWorker

/** Whether it is this process that greets: of several that serve, one. */
export const isFirst = (): boolean => cluster.isPrimary || cluster.worker?.id === 1

/** The channel to the foreman would keep a process alive that has finished. */
export const leaveForeman = (): void => {
  if (cluster.isWorker) process.disconnect()
}

/** Starts `workers` processes that share the listening addresses; one that dies is replaced. `stop` lets each finish what it does. */
export function startWorkers(workers: number, log: Log): { stop: () => Promise<void> } {
  let stopping = false
  cluster.on('exit', (worker, code) => {
    if (stopping) return
    log({ level: 'error', message: 'A serving process ended; another one starts', pid: worker.process.pid, code })
    setTimeout(() => stopping || cluster.fork(), 1000)
  })
  for (let n = 0; n < workers; n++) cluster.fork()
  return {
    stop: async () => {
      stopping = true
      const living = Object.values(cluster.workers ?? {}).flatMap((worker) => (worker && !worker.isDead() ? [worker] : []))
      const ends = living.map((worker) => once(worker, 'exit'))
      for (const worker of living) worker.process.kill('SIGTERM')
      await Promise.all(ends)
    },
  }
}
