import { overMembers, type Problem, type Source } from './archive.ts'
import { uint64, view } from './bytes.ts'

/** Where the central directory lies and how many members it lists. */
export interface Directory {
  readonly offset: number
  readonly size: number
  readonly count: number
}

/** The end records of the ZIP format (APPNOTE 4.3.14–4.3.16), their sizes, and the values that send a reader to the ZIP64 record. */
const end = { signature: 0x06054b50, size: 22 }
const locator = { signature: 0x07064b50, size: 20 }
const wideEnd = { signature: 0x06064b50, size: 56 }
const sentinels = { offset: 0xffffffff, size: 0xffffffff, count: 0xffff }

const rebuild = 'Build the archive again with an ordinary build tool and upload it unchanged.'

/**
 * Finds the central directory by the only end record a reader could find: the last thing in the file, without comment or
 * other disks, and right behind the directory but for its ZIP64 forms (T156, UP-83…UP-86).
 */
export async function findDirectory(source: Source): Promise<Directory | Problem> {
  const size = Math.min(source.size, wideEnd.size + locator.size + end.size)
  const tail = view(await source.read(source.size - size, size))
  const at = size - end.size
  if (at < 0 || tail.getUint32(at, true) !== end.signature) return noEnd(source)
  if (tail.getUint16(at + 20, true) !== 0) return { rule: 'zip-comment', text: `The ZIP archive has a comment. ${rebuild}` }

  const narrow = { offset: tail.getUint32(at + 16, true), size: tail.getUint32(at + 12, true), count: tail.getUint16(at + 10, true) }
  const wide = wideDirectory(tail, source.size)
  if (wide === 'malformed' || !agree(narrow, wide ?? narrow, wide !== undefined)) {
    return { rule: 'zip64', text: `The end records of the ZIP archive contradict each other or are not where they belong. ${rebuild}` }
  }
  if (tail.getUint32(at + 4, true) !== 0 || tail.getUint16(at + 8, true) !== narrow.count) {
    return { rule: 'zip-disks', text: `The ZIP archive says that it lies on several disks. ${rebuild}` }
  }
  const directory = wide ?? narrow
  const endsAt = source.size - end.size - (wide ? locator.size + wideEnd.size : 0)
  if (directory.offset + directory.size === endsAt) return overMembers(directory.count, directory.size) ?? directory
  return {
    rule: 'zip-directory-place',
    text: `The directory of the ZIP archive is not where its end record says, or other data lies around it. ${rebuild}`,
  }
}

/** What the ZIP64 records say, if there are any: they stand in their one place, on one disk, without further data. */
function wideDirectory(tail: DataView, fileSize: number): Directory | 'malformed' | undefined {
  const locatorAt = tail.byteLength - end.size - locator.size
  if (locatorAt < 0 || tail.getUint32(locatorAt, true) !== locator.signature) return undefined
  const at = locatorAt - wideEnd.size
  if (at < 0 || tail.getUint32(at, true) !== wideEnd.signature || uint64(tail, at + 4) !== wideEnd.size - 12) return 'malformed'
  const located = uint64(tail, locatorAt + 8) === fileSize - tail.byteLength + at
  const oneDisk = tail.getUint32(locatorAt + 4, true) === 0 && tail.getUint32(locatorAt + 16, true) === 1 && uint64(tail, at + 16) === 0
  const count = uint64(tail, at + 32)
  if (!located || !oneDisk || count !== uint64(tail, at + 24)) return 'malformed'
  return { offset: uint64(tail, at + 48), size: uint64(tail, at + 40), count }
}

/** Whether each number of the end record is the true one or, where there is a ZIP64 record, sends the reader there. */
const agree = (narrow: Directory, wide: Directory, isWide: boolean): boolean =>
  (['offset', 'size', 'count'] as const).every((field) => (narrow[field] === sentinels[field] ? isWide : narrow[field] === wide[field]))

/** Why there is no end record in its place, in words that help. */
async function noEnd(source: Source): Promise<Problem> {
  if (!(await mayBeZip(source))) return { rule: 'zip-unreadable', text: `The file is not a ZIP archive, or it was cut off. ${rebuild}` }
  return { rule: 'zip-trailing-data', text: `A comment or other data follows the end record of the ZIP archive. ${rebuild}` }
}

/** Whether a reader that searches for the end record from the end could take the file for a ZIP archive, as pip does whatever its name (T158, UP-66). */
export async function mayBeZip(source: Source): Promise<boolean> {
  const size = Math.min(source.size, end.size + 0xffff)
  return Buffer.from(await source.read(source.size - size, size)).includes('PK\x05\x06')
}
