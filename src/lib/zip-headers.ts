import { isProblem, type Member, type Problem, pathProblem } from './archive.ts'
import { uint64, view } from './bytes.ts'
import { quote } from './quote.ts'
import { decodeUtf8 } from './utf8.ts'

/** What a local header and its entry in the central directory both say; `time` is date and time in the DOS form. */
export interface Header {
  readonly name: string
  readonly version: number
  readonly flags: number
  readonly method: number
  readonly time: number
  readonly crc: number
  readonly compressedSize: number
  readonly size: number
}

/** A member as the central directory has it; `offset` is the place of its local header. */
export interface ZipMember extends Header, Member {
  readonly offset: number
}

/** The fixed parts of both headers: where the fields they share begin, where the name follows (APPNOTE 4.3.7, 4.3.12). */
const local = { signature: 0x04034b50, fields: 4, size: 30 }
const central = { signature: 0x02014b50, fields: 6, size: 46 }
export const localSize = local.size

const sentinel = 0xffffffff
const flag = { encrypted: 0x2041, descriptor: 0x0008, utf8: 0x0800, harmless: 0x0806 }
const extraId = { zip64: 0x0001, unicodePath: 0x7075 }
const type = { mask: 0o170000, file: 0o100000, folder: 0o040000 }

const rebuild = 'Build the archive again with an ordinary build tool and upload it unchanged.'

/** Reads all entries of the central directory, which fill it exactly; each is one that may be unpacked safely (T149…T158, UP-69…UP-83). */
export function parseDirectory(bytes: Uint8Array, count: number): ZipMember[] | Problem {
  const members: ZipMember[] = []
  for (let at = 0; at < bytes.length && members.length <= count; ) {
    const entry = parseEntry(bytes.subarray(at))
    if (isProblem(entry)) return entry
    members.push(entry.member)
    at += entry.length
  }
  if (members.length === count) return members
  return { rule: 'zip-directory-count', text: `The ZIP archive lists more or fewer members than the ${count} it counts. ${rebuild}` }
}

/** Reads the entry that `bytes` begin with. */
function parseEntry(bytes: Uint8Array): { member: ZipMember; length: number } | Problem {
  const entry = view(bytes)
  if (bytes.length < central.size || entry.getUint32(0, true) !== central.signature) return unknownRecord
  if (entry.getUint16(32, true) !== 0) return { rule: 'zip-member-comment', text: `A member of the ZIP archive has a comment. ${rebuild}` }
  if (entry.getUint16(34, true) !== 0) return { rule: 'zip-disks', text: `The ZIP archive says that it lies on several disks. ${rebuild}` }
  const fields = parseFields(bytes, central)
  if (isProblem(fields)) return fields
  const { length, extra, ...header } = fields
  const numbers = widened([header.size, header.compressedSize, entry.getUint32(42, true)], extra.get(extraId.zip64))
  if (!numbers) return badZip64(header.name)
  const [size = 0, compressedSize = 0, offset = 0] = numbers
  const folder = header.name.endsWith('/')
  const path = folder ? header.name.slice(0, -1) : header.name
  const member: ZipMember = { ...header, size, compressedSize, offset, path, kind: folder ? 'folder' : 'file' }
  return memberProblem(member, entry.getUint16(40, true)) ?? { member, length }
}

/** Reads a local header with the name and extra fields behind it. */
export function parseLocal(bytes: Uint8Array): Header | Problem {
  if (bytes.length < local.size || view(bytes).getUint32(0, true) !== local.signature) return unknownRecord
  const fields = parseFields(bytes, local)
  if (isProblem(fields)) return fields
  const { length: _, extra, ...header } = fields
  const numbers = widened([header.size, header.compressedSize], extra.get(extraId.zip64))
  if (!numbers) return badZip64(header.name)
  const [size = 0, compressedSize = 0] = numbers
  return { ...header, size, compressedSize }
}

/** How many bytes of name and extra fields follow the fixed part of a local header. */
export const localRest = (fixed: Uint8Array): number => restLength(view(fixed), local)

const restLength = (from: DataView, { fields }: typeof local): number =>
  from.getUint16(fields + 22, true) + from.getUint16(fields + 24, true)

/** The shared fields, with what the ZIP64 field may replace as it stands, the extra fields, and the length of it all. */
function parseFields(bytes: Uint8Array, layout: typeof local): (Header & { extra: Map<number, Uint8Array>; length: number }) | Problem {
  const from = view(bytes)
  const length = layout.size + restLength(from, layout)
  if (length > bytes.length) return unknownRecord
  const at = layout.fields
  const extraAt = layout.size + from.getUint16(at + 22, true)
  const name = decodeUtf8(bytes.subarray(layout.size, extraAt))
  if (name === undefined) return { rule: 'archive-name', text: 'A member has a name that is not UTF-8. Rename the file and build again.' }
  const extra = parseExtra(bytes.subarray(extraAt, length), name)
  if (isProblem(extra)) return extra
  return {
    name,
    extra,
    length,
    version: from.getUint16(at, true),
    flags: from.getUint16(at + 2, true),
    method: from.getUint16(at + 4, true),
    time: from.getUint32(at + 6, true),
    crc: from.getUint32(at + 10, true),
    compressedSize: from.getUint32(at + 14, true),
    size: from.getUint32(at + 18, true),
  }
}

/** The extra fields by id: they fill their place exactly, none comes twice (UP-81), none gives a second name (T156). */
function parseExtra(bytes: Uint8Array, name: string): Map<number, Uint8Array> | Problem {
  const malformed = { rule: 'zip-extra', text: `The extra fields of the member ${quote(name)} are malformed or come twice. ${rebuild}` }
  const fields = new Map<number, Uint8Array>()
  const from = view(bytes)
  for (let at = 0; at < bytes.length; ) {
    if (at + 4 > bytes.length) return malformed
    const [id, next] = [from.getUint16(at, true), at + 4 + from.getUint16(at + 2, true)]
    if (id === extraId.unicodePath) {
      return {
        rule: 'zip-unicode-path',
        text: `The member ${quote(name)} has a second name in an extra field, which some readers prefer. ${rebuild}`,
      }
    }
    if (next > bytes.length || fields.has(id)) return malformed
    fields.set(id, bytes.subarray(at + 4, next))
    at = next
  }
  return fields
}

/**
 * The numbers with those in the ZIP64 field that send a reader there: it holds these and no others (UP-81, UP-83). Bazel
 * repeats both sizes though they fit, which is fine while they are the same.
 */
function widened(numbers: number[], zip64: Uint8Array = new Uint8Array()): number[] | undefined {
  if (zip64.length % 8 !== 0) return undefined
  const held = Array.from({ length: zip64.length / 8 }, (_, index) => uint64(view(zip64), 8 * index))
  const missing = numbers.filter((number) => number === sentinel)
  if (missing.length === 0 && held.length === 2) return held.every((value, index) => value === numbers[index]) ? numbers : undefined
  if (held.length !== missing.length) return undefined
  return numbers.map((number) => (number === sentinel ? (held.shift() ?? 0) : number))
}

/** What else must not be in a wheel: other flags and methods, links and devices, folders with content, bad paths (T152, T155, UP-69, UP-76). */
function memberProblem(member: ZipMember, mode: number): Problem | undefined {
  const { flags, method, name, path, kind, size } = member
  const which = `The member ${quote(name)}`
  if (flags & flag.encrypted) return { rule: 'zip-encrypted', text: `${which} is encrypted. Build the archive again without a password.` }
  if (flags & flag.descriptor) return { rule: 'zip-data-descriptor', text: `${which} has its sizes behind its content. ${rebuild}` }
  if (flags & ~flag.harmless) return { rule: 'zip-flags', text: `${which} needs a feature of ZIP that installers do not have. ${rebuild}` }
  if (method !== 0 && method !== 8)
    return { rule: 'zip-method', text: `${which} is compressed by method ${method}. Only STORED and DEFLATE are allowed.` }
  if (method === 0 && size !== member.compressedSize) return badSizes(name)
  if (/[^\0-\x7f]/.test(name) && !(flags & flag.utf8))
    return { rule: 'archive-name', text: `${which} has a name that is not marked as UTF-8. ${rebuild}` }
  const fileType = mode & type.mask
  if (fileType !== 0 && fileType !== (kind === 'folder' ? type.folder : type.file)) {
    return { rule: 'zip-special-file', text: `${which} is a link or a special file. Pack plain files and folders only.` }
  }
  if (kind === 'folder' && size > 0) return { rule: 'zip-folder-content', text: `${which} is a folder, yet has content. ${rebuild}` }
  return pathProblem(path)
}

const unknownRecord: Problem = {
  rule: 'zip-unreadable',
  text: `The ZIP archive holds something that is no header, or was cut off. ${rebuild}`,
}

const badZip64 = (name: string): Problem => ({
  rule: 'zip64',
  text: `The member ${quote(name)} has ZIP64 sizes that are malformed or contradict it. ${rebuild}`,
})

const badSizes = (name: string): Problem => ({
  rule: 'zip-sizes',
  text: `The sizes of the member ${quote(name)} contradict each other. ${rebuild}`,
})
