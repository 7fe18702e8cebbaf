import assert from 'node:assert/strict'
import { basename, dirname, join, relative } from 'node:path'
import { type Call, fileOf, isSync, lastNumberOf, stringsOf } from './strace.ts'

/**
 * A disk that keeps its promises and no more (fsync(2)): of a file the bytes that were synced are sure, of a folder the names that
 * were synced. What has changed since may be there or not after a power cut, each change for itself.
 */
export interface Disk {
  /** Nothing is in it at first, and nobody else writes below it. */
  readonly root: string
  readonly top: FolderNode
  /** Open files of the process at hand, by their numbers, and where they are written next. */
  readonly files: Map<number, { readonly node: Node; at: number }>
  /** Since when a sync runs, by its call. */
  readonly syncs: Map<number, number>
  time: number
}

type Node = FileNode | FolderNode

interface FileNode {
  synced: Buffer
  changes: FileChange[]
}

interface FolderNode {
  synced: ReadonlyMap<string, Node>
  changes: FolderChange[]
  /** As processes see them now. */
  readonly names: Map<string, Node>
}

type FileChange = { readonly time: number } & ({ readonly at: number; readonly bytes: Buffer } | { readonly length: number })

/** Names that come (or go, without a node) together. */
type FolderChange = { readonly time: number; readonly names: readonly (readonly [string, Node | undefined])[] }

/** What lies on the disk after the power went: paths below the root, and the bytes of each file. */
export type Remains = ReadonlyMap<string, Buffer>

const newFolder = (): FolderNode => ({ synced: new Map(), changes: [], names: new Map() })

export const newDisk = (root: string): Disk => ({ root, top: newFolder(), files: new Map(), syncs: new Map(), time: 0 })

/** Another process begins; it opens its own files. */
export const restart = ({ files }: Disk): void => files.clear()

/** What a power cut leaves now, when of the changes not yet synced those stay that `stays` picks. */
export const cutPower = ({ top }: Disk, stays: () => boolean): Remains => new Map(remainsOf(top, '', stays))

/** Follows one call of the process. A sync counts for what was there when it began, from when it ended. */
export function follow(disk: Disk, call: Call): void {
  const paths = /^(AT_FDCWD|")/.test(call.words) ? stringsOf(call).map(String) : []
  const file = fileOf(call)
  const path = [...paths, ...(file ? [file.path] : [])].find((path) => path === disk.root || path.startsWith(`${disk.root}/`))
  if (path === undefined || path.endsWith('-shm')) return // SQLite makes that one anew
  disk.time++
  if (call.result === undefined) disk.syncs.set(call.id, disk.time)
  else if (call.result >= 0 && !(paths.length > 0 ? followPaths(disk, call, paths) : file && followFile(disk, call, file.fd)))
    assert.fail(`${call.name} on ${path} is beyond this model`)
}

/** What a call did that takes paths; false if it isn't one of these. */
function followPaths(disk: Disk, call: Call, [from = '', to = '']: string[]): boolean {
  const { name } = call
  if (name === 'open' || name === 'openat') openFile(disk, call, from)
  else if (name === 'mkdir' || name === 'mkdirat') setName(disk, from, newFolder())
  else if (name === 'unlink' || name === 'unlinkat' || name === 'rmdir') setName(disk, from, undefined)
  else if (name === 'link' || name === 'linkat') setName(disk, to, find(disk, from))
  else if (name.startsWith('rename')) move(disk, from, to)
  else return false
  return true
}

/** What a call did to an open file; false if it isn't one of these. */
function followFile({ files, syncs, time }: Disk, call: Call, fd: number): boolean {
  const { id, name, words, result = 0 } = call
  const file = files.get(fd) ?? assert.fail(`${name}(${words.slice(0, 200)} is about a file that was never opened`)
  const { node } = file
  if (isSync(call)) sync(node, syncs.get(id) ?? 0)
  else if (name === 'mmap') assert.doesNotMatch(words, /PROT_WRITE.*MAP_SHARED/)
  else if ('names' in node) return false
  else if (name === 'ftruncate') node.changes.push({ time, length: lastNumberOf(call) })
  else if (name === 'pwrite64' || name === 'pwritev') node.changes.push({ time, at: lastNumberOf(call), bytes: bytesOf(call) })
  else if (name === 'write' || name === 'writev') {
    node.changes.push({ time, at: file.at, bytes: bytesOf(call) })
    file.at += result
  } else return false
  return true
}

const bytesOf = (call: Call): Buffer => Buffer.concat(stringsOf(call)).subarray(0, call.result)

function find({ root, top }: Disk, path: string): Node | undefined {
  const names = relative(root, path).split('/').filter(Boolean)
  return names.reduce<Node | undefined>((node, name) => (node && 'names' in node ? node.names.get(name) : undefined), top)
}

function folderOf(disk: Disk, path: string): FolderNode {
  const folder = find(disk, dirname(path))
  assert.ok(folder && 'names' in folder, `no folder for ${path}`)
  return folder
}

function openFile(disk: Disk, { words, result = -1 }: Call, path: string): void {
  assert.doesNotMatch(words, /O_APPEND|O_TMPFILE|O_DIRECT\b|O_D?SYNC/, path)
  const known = find(disk, path)
  const node = known ?? { synced: Buffer.alloc(0), changes: [] }
  if (!known) {
    assert.match(words, /O_CREAT/, `${path} is opened, but it was never made`)
    setName(disk, path, node)
  }
  if (words.includes('O_TRUNC') && !('names' in node)) node.changes.push({ time: disk.time, length: 0 })
  disk.files.set(result, { node, at: 0 })
}

/** Within one folder, a new name stands for the old one at once; of two folders each may be on the disk without the other. */
function move(disk: Disk, from: string, to: string): void {
  const node = find(disk, from) ?? assert.fail(`${from} is moved, but it was never made`)
  const [source, target] = [folderOf(disk, from), folderOf(disk, to)]
  const [gone, here] = [[basename(from), undefined] as const, [basename(to), node] as const]
  if (source !== target) change(disk, target, [here])
  change(disk, source, source === target ? [gone, here] : [gone])
}

const setName = (disk: Disk, path: string, node: Node | undefined): void => change(disk, folderOf(disk, path), [[basename(path), node]])

function change({ time }: Disk, folder: FolderNode, names: FolderChange['names']): void {
  for (const [name, node] of names) node ? folder.names.set(name, node) : folder.names.delete(name)
  folder.changes.push({ time, names })
}

function sync(node: Node, until: number): void {
  const isOld = ({ time }: { readonly time: number }): boolean => time <= until
  if ('names' in node) {
    node.synced = namesAfter(node, isOld)
    node.changes = node.changes.filter((change) => !isOld(change))
  } else {
    node.synced = bytesAfter(node, isOld)
    node.changes = node.changes.filter((change) => !isOld(change))
  }
}

function namesAfter({ synced, changes }: FolderNode, stays: (change: FolderChange) => boolean): ReadonlyMap<string, Node> {
  const after = new Map(synced)
  for (const [name, node] of changes.filter(stays).flatMap(({ names }) => names)) node ? after.set(name, node) : after.delete(name)
  return after
}

function bytesAfter({ synced, changes }: FileNode, stays: (change: FileChange) => boolean): Buffer {
  let bytes = Buffer.from(synced)
  for (const change of changes.filter(stays)) {
    const end = 'length' in change ? change.length : Math.max(bytes.length, change.at + change.bytes.length)
    if (end !== bytes.length) bytes = Buffer.concat([bytes], end) // cut, or filled up with zeros
    if ('bytes' in change) change.bytes.copy(bytes, change.at)
  }
  return bytes
}

function* remainsOf(folder: FolderNode, path: string, stays: () => boolean): Iterable<[string, Buffer]> {
  for (const [name, node] of namesAfter(folder, stays)) {
    if ('names' in node) yield* remainsOf(node, join(path, name), stays)
    else yield [join(path, name), bytesAfter(node, stays)]
  }
}
