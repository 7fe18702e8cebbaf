import assert from 'node:assert/strict'
import { basename, dirname, join, relative } from 'node:path'
import { type Call, fileOf, lastNumberOf, stringsOf } from './strace.ts'

/** A file or folder of which nothing but what was synced is sure. `changes` came since, and may be on the disk or not. */
type Node = FileNode | FolderNode

interface FileNode {
  synced: Buffer
  changes: FileChange[]
}

interface FolderNode {
  synced: ReadonlyMap<string, Node>
  names: Map<string, Node>
  changes: FolderChange[]
}

type FileChange =
  | { readonly time: number; readonly at: number; readonly bytes: Buffer }
  | { readonly time: number; readonly length: number }
/** Names that come (or go, without a node) together. */
type FolderChange = { readonly time: number; readonly names: readonly (readonly [string, Node | undefined])[] }

/** What lies on the disk after the power went: paths below the root, and the bytes of each file. */
export type Remains = Map<string, Buffer>

/**
 * A disk that keeps its promises and no more (fsync(2)): of a file the bytes that were synced, of a folder the names that
 * were synced. It follows the calls of a process on everything below `root`, which is empty at first.
 */
export function newDisk(root: string) {
  const top: FolderNode = { synced: new Map(), names: new Map(), changes: [] }
  const files = new Map<number, { node: Node; at: number }>()
  const syncs = new Map<number, number>()
  let time = 0

  const isOurs = (path: string): boolean => path === root || path.startsWith(`${root}/`)
  const find = (path: string): Node | undefined => {
    const names = relative(root, path).split('/').filter(Boolean)
    return names.reduce<Node | undefined>((node, name) => (node && 'names' in node ? node.names.get(name) : undefined), top)
  }
  const folderOf = (path: string): FolderNode => {
    const folder = find(dirname(path))
    assert.ok(folder && 'names' in folder, `no folder for ${path}`)
    return folder
  }
  /** Changes names, all of one folder. */
  function change(folder: FolderNode, names: FolderChange['names']): void {
    for (const [name, node] of names) node ? folder.names.set(name, node) : folder.names.delete(name)
    folder.changes.push({ time, names })
  }
  const put = (path: string, node: Node | undefined): void => change(folderOf(path), [[basename(path), node]])

  function openFile({ words, result = -1 }: Call, path: string): void {
    const node = find(path) ?? { synced: Buffer.alloc(0), changes: [] }
    if (!find(path)) {
      assert.match(words, /O_CREAT/, `${path} is opened, but it was never made`)
      put(path, node)
    }
    if (words.includes('O_TRUNC') && !('names' in node)) node.changes.push({ time, length: 0 })
    assert.doesNotMatch(words, /O_APPEND|O_TMPFILE|O_DIRECT\b|O_D?SYNC/, path)
    files.set(result, { node, at: 0 })
  }

  function moveFile(from: string, to: string): void {
    const node = find(from)
    assert.ok(node, `${from} is moved, but it was never made`)
    const [source, target] = [folderOf(from), folderOf(to)]
    const gone = [basename(from), undefined] as const
    const here = [basename(to), node] as const
    if (source === target) return change(source, [gone, here])
    change(target, [here])
    change(source, [gone])
  }

  /** What a call did that takes paths. False if it is none of these. */
  function followPath(call: Call, [from = '', to = '']: string[]): boolean {
    const { name } = call
    if (name === 'open' || name === 'openat') openFile(call, from)
    else if (name === 'mkdir' || name === 'mkdirat') put(from, { synced: new Map(), names: new Map(), changes: [] })
    else if (name === 'unlink' || name === 'unlinkat' || name === 'rmdir') put(from, undefined)
    else if (name === 'link' || name === 'linkat') put(to, find(from))
    else if (name.startsWith('rename')) moveFile(from, to)
    else return false
    return true
  }

  /** What a call did to an open file. False if it is none of these. */
  function followFile(call: Call, fd: number): boolean {
    const { id, name, words, result = 0 } = call
    const file = files.get(fd)
    assert.ok(file, `${name}(${words.slice(0, 200)} is about a file that was never opened`)
    const { node } = file
    if (name === 'fsync' || name === 'fdatasync') sync(node, syncs.get(id) ?? 0)
    else if (name === 'mmap') assert.doesNotMatch(words, /PROT_WRITE.*MAP_SHARED/)
    else if ('names' in node) return false
    else if (name === 'ftruncate') node.changes.push({ time, length: lastNumberOf(call) })
    else if (name === 'write' || name === 'writev') {
      node.changes.push({ time, at: file.at, bytes: bytesOf(call) })
      file.at += result
    } else if (name === 'pwrite64' || name === 'pwritev') node.changes.push({ time, at: lastNumberOf(call), bytes: bytesOf(call) })
    else return false
    return true
  }

  return {
    /** Follows one call. A sync counts for what was there when it began, from when it ended. */
    follow(call: Call): void {
      const paths = /^(AT_FDCWD|")/.test(call.words) ? stringsOf(call).map(String) : []
      const file = fileOf(call)
      const path = paths.find(isOurs) ?? (file && isOurs(file.path) ? file.path : undefined)
      if (path === undefined || path.endsWith('-shm')) return // SQLite makes that one anew
      time += 1
      if (call.result === undefined) syncs.set(call.id, time)
      else if (call.result >= 0 && !(paths.length > 0 ? followPath(call, paths) : file && followFile(call, file.fd)))
        assert.fail(`${call.name} on ${path} is beyond this model`)
    },
    /** What a power cut leaves now, when of the changes not yet synced only those stay that `stays` picks. */
    cut: (stays: () => boolean): Remains => new Map(remainsOf(top, '', stays)),
    /** Another process opens its own files. */
    restart: () => files.clear(),
  }
}

export type Disk = ReturnType<typeof newDisk>

const bytesOf = (call: Call): Buffer => Buffer.concat(stringsOf(call)).subarray(0, call.result)

function sync(node: Node, until: number): void {
  if ('names' in node) {
    node.synced = namesAfter(node, ({ time }) => time <= until)
    node.changes = node.changes.filter(({ time }) => time > until)
  } else {
    node.synced = bytesAfter(node, ({ time }) => time <= until)
    node.changes = node.changes.filter(({ time }) => time > until)
  }
}

function namesAfter({ synced, changes }: FolderNode, stays: (change: FolderChange) => boolean): ReadonlyMap<string, Node> {
  const names = new Map(synced)
  for (const [name, node] of changes.filter(stays).flatMap(({ names }) => names)) node ? names.set(name, node) : names.delete(name)
  return names
}

function bytesAfter({ synced, changes }: FileNode, stays: (change: FileChange) => boolean): Buffer {
  let bytes = synced
  const kept = changes.filter(stays)
  if (kept.length > 0) bytes = Buffer.from(synced)
  for (const change of kept) {
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
