import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, readlink, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { days } from '../lib/time.ts'
import { found } from './found.ts'

/** The folder of files that are being received. */
export interface Receiving {
  /** A path for one more file of this process. */
  path(): string
  /** Removes what processes left there that are no more. */
  removeLeftovers(): Promise<void>
  /** Removes what is left of this process. */
  close(): Promise<void>
}

/** What wasn't written to for so long is nobody's: an upload that brings nothing is cut long before. */
const mostAge = days(1)

/**
 * Processes share the folder, perhaps from several containers or machines. So each file bears the name of its writer:
 * `SPACE.PID.LIFE.FILE`. Whether that one still runs can be seen within our own space of pids; elsewhere only the age of a file tells.
 */
export async function openReceiving(folder: string, clock: () => number): Promise<Receiving> {
  await mkdir(folder, { recursive: true })
  const space = await pidSpace()
  const writer = `${space}.${process.pid}.${randomUUID()}.`
  const names = async (): Promise<string[]> => (await found(readdir(folder))) ?? []
  const remove = (name: string): Promise<void> => rm(join(folder, name), { recursive: true, force: true })

  const isLeftover = async (name: string): Promise<boolean> => {
    if (name.startsWith(writer)) return false
    const [itsSpace, pid] = name.split('.')
    if (itsSpace === space && (Number(pid) === process.pid || !isRunning(Number(pid)))) return true // our pid in an earlier life
    const stats = await found(stat(join(folder, name)))
    return stats !== undefined && stats.mtimeMs < clock() - mostAge
  }

  return {
    path: () => join(folder, writer + randomUUID()),
    async removeLeftovers() {
      for (const name of await names()) if (await isLeftover(name)) await remove(name)
    },
    async close() {
      for (const name of await names()) if (name.startsWith(writer)) await remove(name)
    },
  }
}

/**
 * Names what a pid is unique in: this boot of this host, and the pid namespace, for containers share the boot and often the pids.
 * Only Linux tells the latter two.
 */
async function pidSpace(): Promise<string> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '')
  return createHash('sha256').update([hostname(), boot, namespace].join('\n')).digest('hex').slice(0, 16)
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
