import { isPlainPath } from './plain-path.ts'
import { quote } from './quote.ts'

/** What is wrong with an upload: the name of the rule, and one sentence on what was found and how to correct it. */
export interface Problem {
  readonly rule: string
  readonly text: string
}

/** Bytes at rest. `read` gives exactly `length` bytes, good for ever; who asks stays within `size`. */
export interface Source {
  readonly size: number
  read(offset: number, length: number): Promise<Uint8Array>
}

/** One thing in an archive: `/` between the names of `path`, none at its end; `size` in bytes, 0 unless a file. */
export interface Member {
  readonly path: string
  readonly kind: 'file' | 'folder' | 'link'
  readonly size: number
}

/** Takes the content of one file, piece by piece; `end` says that all of it came and was right. */
export interface Sink {
  write(piece: Uint8Array): void
  end(): void
}

/** Called for each member in the order of the archive; links and folders have no content, so their sink only ends. */
export type Open = (member: Member) => Sink

/** Bytes one after the other; a problem is the last thing that comes. */
export type Pieces = AsyncGenerator<Uint8Array | Problem>

const MiB = 2 ** 20

/** What one archive may cost its reader (D16, T153, UP-68): members, bytes of all their paths, bytes inflated. */
export const budget = { members: 100_000, paths: 16 * MiB, bytes: 4096 * MiB, ratio: 50, ratioFrom: 64 * MiB }

export const isProblem = (it: object): it is Problem => 'rule' in it

/** Whether `inflated` bytes out of an archive of `size` bytes are more than anybody's files need (D16, UP-68). */
export function overBytes(inflated: number, size: number): Problem | undefined {
  if (inflated > budget.bytes)
    return { rule: 'archive-too-large', text: 'The archive unpacks to more than 4 GiB. Leave large data out of it.' }
  if (inflated <= budget.ratioFrom || inflated <= budget.ratio * size) return undefined
  const text = `The archive unpacks to more than 64 MiB and more than ${budget.ratio} times its own size. Leave generated or empty data out of it.`
  return { rule: 'archive-ratio', text }
}

/** Whether so many members, with so many bytes of paths, are too many to look at (D16). */
export function overMembers(members: number, paths: number): Problem | undefined {
  if (members <= budget.members && paths <= budget.paths) return undefined
  return {
    rule: 'archive-too-many-members',
    text: 'The archive holds more than 100,000 members or 16 MiB of their names. Pack fewer files.',
  }
}

/** What keeps a path from naming one place below the folder it is unpacked in, the same on every system (UP-82, T149). */
export function pathProblem(path: string): Problem | undefined {
  if (isPlainPath(path)) return undefined
  const text = `The member ${quote(path)} has a path that is empty, absolute or too long, or holds a control character, a colon, a backslash, “//”, or a name that ends in a dot or blank (as “..”) or is a device of Windows (as “aux”). Pack files under plain relative paths.`
  return { rule: 'archive-path', text }
}

/**
 * The first two members that would be one file on some system: equal paths, paths that differ only by case or Unicode
 * form (T155, T158, UP-78), or a file that is also somebody's folder. Sorts instead of keeping sets of folders, so that
 * deep paths cost no more than their length.
 */
export function collision(members: readonly Member[]): Problem | undefined {
  const sorted = members
    .map((member) => ({ member, key: folded(member.path) }))
    .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
  for (const [index, { member, key }] of sorted.entries()) {
    const next = sorted[index + 1]
    if (next?.key === key) return samePlace(member.path, next.member.path)
    if (member.kind !== 'folder' && next?.key.startsWith(`${key}\0`)) return fileAndFolder(member.path, next.member.path)
  }
  return undefined
}

/** Equal for paths that a system blind to case or to Unicode forms takes for the same; NUL sorts a folder's content right behind it. */
const folded = (path: string): string => path.normalize('NFC').toLowerCase().toUpperCase().normalize('NFC').replaceAll('/', '\0')

function samePlace(one: string, other: string): Problem {
  if (one === other) return { rule: 'archive-duplicate-name', text: `The member ${quote(one)} comes twice. Pack each file once.` }
  const text = `The members ${quote(one)} and ${quote(other)} differ only by case or Unicode form, which some systems cannot tell apart. Rename one.`
  return { rule: 'archive-similar-names', text }
}

function fileAndFolder(file: string, inside: string): Problem {
  return {
    rule: 'archive-file-and-folder',
    text: `The member ${quote(file)} is a file or a link, yet ${quote(inside)} lies inside it. Rename one of them.`,
  }
}
