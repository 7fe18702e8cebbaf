import { crc32, deflateRawSync } from 'node:zlib'

/** What both headers of a member say. */
export interface RawHeader {
  signature: number
  version: number
  flags: number
  method: number
  time: number
  crc: number
  compressedSize: number
  size: number
  name: string | Buffer
  extra: Buffer
}

/** What only the entry in the central directory says; `mode` are the bits of Unix. */
export interface RawEntry extends RawHeader {
  madeBy: number
  disk: number
  mode: number
  offset: number
  comment: string
}

/** One member: correct headers for `name` and `data` but for what `both`, `local` and `central` say otherwise. */
export interface RawMember {
  name: string | Buffer
  data?: string | Buffer
  /** Instead of what `data` compresses to. */
  compressed?: Buffer
  both?: Partial<RawHeader>
  local?: Partial<RawHeader>
  central?: Partial<RawEntry>
  /** Lies before the local header. */
  before?: Buffer
  /** `directory`: has no local header. `file`: has no entry in the directory. */
  only?: 'directory' | 'file'
}

export interface RawEnd {
  disk: number
  directoryDisk: number
  countHere: number
  count: number
  size: number
  offset: number
  commentLength: number
}

/** ZIP64 record and locator. */
export interface RawWideEnd extends Omit<RawEnd, 'commentLength'> {
  recordSize: number
  locatorDisk: number
  located: number
  disks: number
}

/** What surrounds the members; `wide` writes ZIP64 records, true ones but for what it says. */
export interface RawZip {
  prefix?: Buffer
  beforeDirectory?: Buffer
  beforeEnd?: Buffer
  comment?: string | Buffer
  trailing?: Buffer
  end?: Partial<RawEnd>
  wide?: Partial<RawWideEnd>
  /** Changes the order of the directory. */
  order?: (entries: Buffer[]) => Buffer[]
}

/** A ZIP archive, byte by byte (APPNOTE 6.3): correct but for the faults it was given. */
export function rawZip(members: RawMember[], zip: RawZip = {}): Buffer {
  const files: Buffer[] = [zip.prefix ?? Buffer.alloc(0)]
  const entries: Buffer[] = []
  let offset = files[0]?.length ?? 0
  for (const member of members) {
    const compressed = member.compressed ?? compressedData(member)
    const before = member.before ?? Buffer.alloc(0)
    const local = member.only === 'directory' ? Buffer.alloc(0) : localHeader(member, compressed)
    const file = Buffer.concat([before, local, member.only === 'directory' ? Buffer.alloc(0) : compressed])
    if (member.only !== 'file') entries.push(directoryEntry(member, compressed, offset + before.length))
    files.push(file)
    offset += file.length
  }
  const between = zip.beforeDirectory ?? Buffer.alloc(0)
  const directory = Buffer.concat(zip.order?.(entries) ?? entries)
  const numbers = {
    disk: 0,
    directoryDisk: 0,
    countHere: entries.length,
    count: entries.length,
    size: directory.length,
    offset: offset + between.length,
  }
  const wide = zip.wide ? wideEnd({ ...numbers, ...zip.wide }, offset + between.length + directory.length, zip.wide) : Buffer.alloc(0)
  const parts = [
    ...files,
    between,
    directory,
    zip.beforeEnd,
    wide,
    end({ ...numbers, ...zip.end }, zip.comment ?? '', zip.end),
    zip.trailing,
  ]
  return Buffer.concat(parts.filter((part) => part !== undefined))
}

/** An extra field. */
export const extra = (id: number, data: Buffer): Buffer => Buffer.concat([uint(2, id), uint(2, data.length), data])

/** A number of `size` bytes, little-endian. */
export function uint(size: 2 | 4 | 8, value: number): Buffer {
  const bytes = Buffer.alloc(size)
  if (size === 8) bytes.writeBigUInt64LE(BigInt(value))
  else bytes.writeUIntLE(value, 0, size)
  return bytes
}

const bytesOf = (text: string | Buffer): Buffer => (typeof text === 'string' ? Buffer.from(text) : text)

const methodOf = ({ both, central }: RawMember): number => both?.method ?? central?.method ?? 8

function compressedData(member: RawMember): Buffer {
  const data = bytesOf(member.data ?? '')
  return methodOf(member) === 8 ? deflateRawSync(data) : data
}

function header(member: RawMember, compressed: Buffer): RawHeader {
  const data = bytesOf(member.data ?? '')
  const flags = /^[ -~]*$/.test(member.name.toString('latin1')) ? 0 : 0x0800
  return {
    signature: 0x04034b50,
    version: 20,
    flags,
    method: methodOf(member),
    time: 0x5c210000,
    crc: crc32(data),
    compressedSize: compressed.length,
    size: data.length,
    name: member.name,
    extra: Buffer.alloc(0),
    ...member.both,
  }
}

/** The ten fields that both headers have in a row. */
const sharedFields = (fields: RawHeader): Buffer[] => [
  uint(2, fields.version),
  uint(2, fields.flags),
  uint(2, fields.method),
  uint(4, fields.time),
  uint(4, fields.crc),
  uint(4, fields.compressedSize),
  uint(4, fields.size),
  uint(2, bytesOf(fields.name).length),
  uint(2, fields.extra.length),
]

function localHeader(member: RawMember, compressed: Buffer): Buffer {
  const fields = { ...header(member, compressed), ...member.local }
  return Buffer.concat([uint(4, fields.signature), ...sharedFields(fields), bytesOf(fields.name), fields.extra])
}

function directoryEntry(member: RawMember, compressed: Buffer, offset: number): Buffer {
  const mode = member.name.toString('latin1').endsWith('/') ? 0o040755 : 0o100644
  const own = { signature: 0x02014b50, madeBy: 0x0314, disk: 0, mode, offset, comment: '' }
  const fields: RawEntry = { ...header(member, compressed), ...own, ...member.central }
  return Buffer.concat([
    uint(4, fields.signature),
    uint(2, fields.madeBy),
    ...sharedFields(fields),
    uint(2, bytesOf(fields.comment).length),
    uint(2, fields.disk),
    uint(2, 0),
    uint(2, 0),
    uint(2, fields.mode),
    uint(4, fields.offset),
    bytesOf(fields.name),
    fields.extra,
    bytesOf(fields.comment),
  ])
}

function end(fields: Omit<RawEnd, 'commentLength'>, comment: string | Buffer, faults: Partial<RawEnd> = {}): Buffer {
  const text = bytesOf(comment)
  return Buffer.concat([
    Buffer.from('PK\x05\x06'),
    uint(2, fields.disk),
    uint(2, fields.directoryDisk),
    uint(2, fields.countHere),
    uint(2, fields.count),
    uint(4, fields.size),
    uint(4, fields.offset),
    uint(2, faults.commentLength ?? text.length),
    text,
  ])
}

function wideEnd(fields: Omit<RawEnd, 'commentLength'>, at: number, faults: Partial<RawWideEnd>): Buffer {
  const { recordSize = 44, locatorDisk = 0, located = at, disks = 1 } = faults
  return Buffer.concat([
    Buffer.from('PK\x06\x06'),
    uint(8, recordSize),
    uint(2, 45),
    uint(2, 45),
    uint(4, fields.disk),
    uint(4, fields.directoryDisk),
    uint(8, fields.countHere),
    uint(8, fields.count),
    uint(8, fields.size),
    uint(8, fields.offset),
    Buffer.from('PK\x06\x07'),
    uint(4, locatorDisk),
    uint(8, located),
    uint(4, disks),
  ])
}
