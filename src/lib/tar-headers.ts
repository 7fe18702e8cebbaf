import { isProblem, type Member, type Problem } from './archive.ts'
import { quote } from './quote.ts'
import { decodeUtf8 } from './utf8.ts'

/** What one header block says. */
export interface Header {
  readonly type: string
  readonly path: string
  readonly target: string
  readonly size: number
}

/** What the extension headers before a member say about it; `types` are theirs, in order. */
export interface Extension {
  readonly types: string
  readonly path?: string
  readonly target?: string
  readonly size?: number
}

/** A member; `target` is where a link leads, read from the link's folder if it is symbolic, from the archive's root if hard. */
export interface TarMember extends Member {
  readonly link?: 'hard' | 'symbolic'
  readonly target: string
}

const rebuild = 'Build the archive again with an ordinary build tool and upload it unchanged.'

export const blockSize = 512
export const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0)
export const isExtension = ({ type }: Header): boolean => 'gxLK'.includes(type)

const posix = 'ustar\x0000'
const gnu = 'ustar  \x00'
/** Place and length of mode, uid, gid, mtime, devmajor, devminor. */
const otherNumbers = [
  [100, 8],
  [108, 8],
  [116, 8],
  [136, 12],
  [329, 8],
  [337, 8],
] as const

/** Reads a header block in the ustar form of POSIX, which pax keeps, or the plain GNU form: right checksum, well-formed numbers, UTF-8. */
export function parseHeader(block: Uint8Array): Header | Problem {
  if (numberOf(block, 148, 8) !== checksum(block))
    return { rule: 'tar-unreadable', text: `The archive is no tar file, or something stands where a header should. ${rebuild}` }
  const magic = latin1(block, 257, 8)
  // Python joins the prefix to any name, GNU tar keeps times there: only an empty one means the same to both.
  if (magic !== posix && !(magic === gnu && isZero(block.subarray(345, 500)))) {
    return { rule: 'tar-format', text: `The tar archive is neither in the ustar or pax format nor in the plain GNU format. ${rebuild}` }
  }
  const size = numberOf(block, 124, 12)
  if (size === undefined || size < 0 || otherNumbers.some(([at, length]) => numberOf(block, at, length) === undefined)) {
    return { rule: 'tar-format', text: `A header of the tar archive has a malformed number. ${rebuild}` }
  }
  const [name, target, prefix] = [textOf(block, 0, 100), textOf(block, 157, 100), textOf(block, 345, 155)]
  if (name === undefined || target === undefined || prefix === undefined) return notUtf8
  return { type: latin1(block, 156, 1), path: prefix ? `${prefix}/${name}` : name, target, size }
}

/**
 * Whether some reader takes a block for a tar header (T158, UP-66): Python asks for the checksum alone, reads it as one reads
 * numbers in Python, and is content with the sum of signed bytes.
 */
export function mayBeHeader(block: Uint8Array): boolean {
  const digits = latin1(block, 148, 8).replaceAll(/[^0-7]/g, '')
  const read = [numberOf(block, 148, 8), Number.parseInt(digits || '0', 8)]
  const negative = block.reduce((count, byte, at) => count + Number(byte > 127 && (at < 148 || at >= 156)), 0)
  return read.includes(checksum(block)) || read.includes(checksum(block) - 256 * negative)
}

/** The sum of all bytes, those of the checksum taken for blanks. */
const checksum = (block: Uint8Array): number => block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0)

/**
 * Adds what an extension header says: pax for all (`g`), pax for the next member (`x`), GNU long name (`L`) and link (`K`).
 * Refuses what readers take differently: a name given twice, a global name or size, sparse files, character sets.
 */
export function extend(before: Extension, { type }: Header, content: Uint8Array): Extension | Problem {
  if (type === 'g') return globalProblem(content) ?? before
  const types = before.types + type
  if (!['x', 'L', 'K', 'LK', 'KL'].includes(types))
    return { rule: 'tar-extension', text: `A member of the tar archive has contradictory long headers. ${rebuild}` }
  if (type === 'x') return paxExtension(content)
  const text = content.at(-1) === 0 ? decodeUtf8(content.subarray(0, -1)) : undefined
  if (text === undefined) return notUtf8
  return type === 'L' ? { ...before, types, path: text } : { ...before, types, target: text }
}

function globalProblem(content: Uint8Array): Problem | undefined {
  const records = parsePax(content)
  if (isProblem(records)) return records
  const changing = ['path', 'linkpath', 'size'].some((key) => records.has(key))
  return changing
    ? { rule: 'tar-extension', text: `A global header of the tar archive gives one name or size to all members. ${rebuild}` }
    : undefined
}

function paxExtension(content: Uint8Array): Extension | Problem {
  const records = parsePax(content)
  if (isProblem(records)) return records
  const [path, target, size] = ['path', 'linkpath', 'size'].map((key) => decodeUtf8(records.get(key) ?? new Uint8Array()))
  if (path === undefined || target === undefined || size === undefined) return notUtf8
  return {
    types: 'x',
    ...(records.has('path') && { path }),
    ...(records.has('linkpath') && { target }),
    ...(records.has('size') && { size: /^\d{1,15}$/.test(size) ? Number(size) : Number.NaN }),
  }
}

/** The records `LENGTH KEY=VALUE\n` of a pax header, which fill it exactly; no key comes twice. */
function parsePax(content: Uint8Array): Map<string, Uint8Array> | Problem {
  const records = new Map<string, Uint8Array>()
  for (let at = 0; at < content.length; ) {
    const digits = /^([1-9]\d{0,6}) /.exec(latin1(content, at, 8))?.[1] ?? ''
    const next = at + Number(digits)
    const equals = content.indexOf(0x3d, at)
    const key = decodeUtf8(content.subarray(at + digits.length + 1, equals))
    const whole = digits !== '' && next <= content.length && equals > 0 && equals < next && content[next - 1] === 0x0a
    if (!whole || !key || records.has(key))
      return { rule: 'tar-extension', text: `A pax header of the tar archive is malformed. ${rebuild}` }
    if (key.startsWith('GNU.sparse.') || key === 'SCHILY.realsize') return sparse
    if (key === 'hdrcharset')
      return { rule: 'tar-extension', text: `A pax header of the tar archive changes the character set. ${rebuild}` }
    records.set(key, content.subarray(equals + 1, next - 1))
    at = next
  }
  return records
}

/** The member that a header and the extensions before it describe: a file, a folder or a link (T153, T155, UP-73). */
export function memberOf(header: Header, extension: Extension): TarMember | Problem {
  const { type, size } = header
  const { path = header.path, target = header.target } = extension
  if (extension.size !== undefined && extension.size !== size) {
    return { rule: 'tar-sizes', text: `The member ${quote(path)} has one size in its header and another in its pax header. ${rebuild}` }
  }
  if (type === '0' || type === '\0') return { path, kind: 'file', size, target }
  if (size !== 0) return { rule: 'tar-sizes', text: `The member ${quote(path)} is no file, yet has content. ${rebuild}` }
  if (type === '5') return { path: path.endsWith('/') ? path.slice(0, -1) : path, kind: 'folder', size, target }
  if (type === '1') return { path, kind: 'link', size, link: 'hard', target }
  if (type === '2') return { path, kind: 'link', size, link: 'symbolic', target }
  if (type === 'S') return sparse
  return {
    rule: 'tar-special-file',
    text: `The member ${quote(path)} is a device, a pipe or of an unknown type. Pack plain files, folders and links only.`,
  }
}

/** A number in octal digits, or as GNU writes large (0x80…) and negative ones (0xff…); blank is 0. */
function numberOf(block: Uint8Array, at: number, length: number): number | undefined {
  if (block[at] === 0xff) return -1
  if (block[at] === 0x80) return block.subarray(at + 1, at + length).reduce((sum, byte) => sum * 256 + byte, 0)
  const digits = /^ *([0-7]*)[ \0]*$/.exec(latin1(block, at, length))?.[1]
  return digits === undefined ? undefined : Number.parseInt(digits || '0', 8)
}

/** The text up to the first NUL. */
function textOf(block: Uint8Array, at: number, length: number): string | undefined {
  const bytes = block.subarray(at, at + length)
  const end = bytes.indexOf(0)
  return decodeUtf8(end < 0 ? bytes : bytes.subarray(0, end))
}

const latin1 = (bytes: Uint8Array, at: number, length: number): string => String.fromCharCode(...bytes.subarray(at, at + length))

const notUtf8: Problem = {
  rule: 'archive-name',
  text: 'A member has a name that is not UTF-8, or is not ended. Rename the file and build again.',
}
const sparse: Problem = { rule: 'tar-sparse', text: `A member of the tar archive is sparse. ${rebuild}` }
