import { crc32, deflateRawSync } from 'node:zlib'
import { uint } from './raw-zip.ts'

/** One header block and what follows it: correct for `name`, `data` and `type` but for what the rest says otherwise. */
export interface RawTarMember {
  name: string | Buffer
  data?: string | Buffer
  /** `0` file, `5` folder, `1` hard and `2` symbolic link, `x` and `g` pax, `L` and `K` GNU. */
  type?: string
  target?: string
  prefix?: string
  magic?: string
  /** As it stands in the header. */
  size?: string | Buffer
  mtime?: string | Buffer
  checksum?: string
}

/** A tar archive, block by block. */
export function rawTar(members: RawTarMember[], end: Buffer = Buffer.alloc(1024)): Buffer {
  return Buffer.concat([...members.map(tarMember), end])
}

export function tarMember(member: RawTarMember): Buffer {
  const data = bytesOf(member.data ?? '')
  const block = Buffer.alloc(512)
  const fields: [at: number, value: string | Buffer][] = [
    [0, member.name],
    [100, '0000644\0'],
    [108, '0000000\0'],
    [116, '0000000\0'],
    [124, member.size ?? octal(data.length, 11)],
    [136, member.mtime ?? octal(1_700_000_000, 11)],
    [148, '        '],
    [156, member.type ?? '0'],
    [157, member.target ?? ''],
    [257, member.magic ?? 'ustar\x0000'],
    [329, '0000000\0'],
    [337, '0000000\0'],
    [345, member.prefix ?? ''],
  ]
  for (const [at, value] of fields) bytesOf(value).copy(block, at)
  const sum = block.reduce((sum, byte) => sum + byte, 0)
  block.write(member.checksum ?? `${octal(sum, 6)}\0 `, 148, 8, 'latin1')
  return Buffer.concat([block, data, Buffer.alloc((512 - (data.length % 512)) % 512)])
}

/** A pax header: for the next member, or with `g` for all. */
export function pax(records: Record<string, string>, type: 'x' | 'g' = 'x'): RawTarMember {
  return {
    name: 'PaxHeader',
    type,
    data: Object.entries(records)
      .map(([key, value]) => paxRecord(key, value))
      .join(''),
  }
}

/** `LENGTH KEY=VALUE\n`, where the length counts its own digits. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  let length = Buffer.byteLength(rest) + 1
  while (Buffer.byteLength(String(length) + rest) !== length) length++
  return length + rest
}

/** A number in octal, without the NUL or blank that ends it. */
export const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0')

/** What a gzip file says about itself. */
export interface RawGzip {
  flags?: number
  /** Behind the fixed header. */
  header?: Buffer
  crc?: number
  size?: number
  trailing?: Buffer
  compressed?: Buffer
}

/** A gzip file with one member, correct but for its faults. */
export function rawGzip(content: Buffer, gzip: RawGzip = {}): Buffer {
  const { flags = 0, header = Buffer.alloc(0), crc = crc32(content), size = content.length, trailing = Buffer.alloc(0) } = gzip
  const fixed = Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 2, 0xff])
  return Buffer.concat([fixed, header, gzip.compressed ?? deflateRawSync(content), uint(4, crc), uint(4, size), trailing])
}

const bytesOf = (text: string | Buffer): Buffer => (typeof text === 'string' ? Buffer.from(text) : text)
