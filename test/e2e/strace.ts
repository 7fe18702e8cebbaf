import { spawnSync } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { until } from './server.ts'

/** Every system call that can change a file, and those that could without being seen otherwise. */
const calls = [
  ...['open', 'openat', 'creat', 'mkdir', 'mkdirat', 'link', 'linkat', 'symlink', 'symlinkat', 'rename', 'renameat', 'renameat2'],
  ...['unlink', 'unlinkat', 'rmdir', 'write', 'writev', 'pwrite64', 'pwritev', 'pwritev2', 'truncate', 'ftruncate', 'fallocate'],
  ...['copy_file_range', 'sendfile', 'mmap', 'fsync', 'fdatasync', 'sync', 'syncfs', 'sync_file_range', 'sendto', 'sendmsg'],
]

/** The command that runs another one as this very process, and writes into `file` what it asks of the kernel. `slow`: each sync takes a while. */
export const tracedTo = (file: string, slow = false): string[] => [
  ...['strace', '-D', '-f', '-y', '-xx', '-s', '100000000', '--seccomp-bpf', '-o', file, '-e', `trace=${calls.join()}`],
  ...(slow ? ['-e', 'inject=fsync,fdatasync:delay_enter=150000'] : []),
]

/** Why no process can be traced here; false if it can. */
export function lacksTrace(): string | false {
  const { status, stderr, error } = spawnSync('strace', ['--seccomp-bpf', '-f', '-o', '/dev/null', 'true'], { encoding: 'utf8' })
  return status !== 0 && `strace doesn’t run here: ${error?.message ?? stderr}`
}

/** One system call, when it begins and again when it ends: only then its `result` is known. */
export interface Call {
  readonly id: number
  readonly name: string
  readonly result: number | undefined
  /** The arguments as strace writes them: paths and bytes in hex, files with their path behind their number. */
  readonly words: string
}

/** Reads the trace of a process that has ended, in the order in which calls began and ended. */
export async function* readTrace(file: string, pid: number): AsyncIterable<Call> {
  const ended = new RegExp(`^${pid} +\\+\\+\\+ `, 'm')
  await until('the end of the trace', async () => ended.test(await tailOf(file)) || undefined)
  const under_way = new Map<string, Call>()
  let id = 0
  for await (const line of createInterface({ input: createReadStream(file, 'latin1') })) {
    const [, thread = '', resumed, name = '', rest = ''] = /^([0-9]+) +(<\.\.\. )?([a-z0-9_]+)(?: resumed>|\()(.*)$/.exec(line) ?? []
    const begun = resumed ? under_way.get(thread) : { id: id++, name, words: rest, result: undefined }
    if (!name || !begun) continue
    if (!resumed) yield begun
    const [, result] = /^ = (-?[0-9a-fx]+)/.exec(rest.slice(rest.lastIndexOf(' = '))) ?? []
    if (rest.endsWith('<unfinished ...>')) under_way.set(thread, begun)
    else if (result !== undefined) yield { ...begun, result: Number(result) }
  }
}

async function tailOf(file: string): Promise<string> {
  await using handle = await open(file)
  const { size } = await handle.stat()
  const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(4096), position: Math.max(0, size - 4096) })
  return buffer.toString('latin1', 0, bytesRead)
}

/** The texts or bytes among the arguments. */
export const stringsOf = ({ words }: Call): Buffer[] => [...words.matchAll(/"([^"]*)"/g)].map(([, hex = '']) => unhex(hex))

/** The file that the call is about: its number, and the path it has at this moment. */
export function fileOf({ words }: Call): { fd: number; path: string } | undefined {
  const [, fd, hex] = /^([0-9]+)<([^>]*)>/.exec(words) ?? []
  return hex === undefined ? undefined : { fd: Number(fd), path: unhex(hex).toString() }
}

/** The last argument, a number. */
export const lastNumberOf = ({ words }: Call): number => Number(/, ([0-9]+)(?:\)| <unfinished)/.exec(words.slice(-120))?.[1])

export const isSync = ({ name, result }: Call): boolean => result === 0 && (name === 'fsync' || name === 'fdatasync')

/** The request that is answered 200 now, if any. */
export function answeredBy(call: Call): string | undefined {
  if (call.result !== undefined || !/^(write|sendto|sendmsg)/.test(call.name) || !fileOf(call)?.path.startsWith('socket:')) return undefined
  return /^HTTP\/1\.1 200 .*?^x-request-id: ([^\r]*)/ims.exec(Buffer.concat(stringsOf(call)).toString('latin1'))?.[1]
}

const unhex = (hex: string): Buffer => Buffer.from(hex.replaceAll('\\x', ''), 'hex')
