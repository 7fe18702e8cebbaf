import { isPlainPath } from './plain-path.ts'
import { quote } from './quote.ts'
import { decodeUtf8 } from './utf8.ts'

/** One file of a wheel as its RECORD lists it; `digest` is base64url without padding. RECORD itself has neither digest nor size. */
export interface RecordEntry {
  readonly path: string
  readonly algorithm: HashAlgorithm | undefined
  readonly digest: string | undefined
  readonly size: number | undefined
}

type HashAlgorithm = keyof typeof digestLengths

/** Bytes: an archive holds at most 100,000 files (D16). */
const maxSize = 32 * 1024 * 1024
const maxProblems = 20

const digestLengths = { sha256: 32, sha384: 48, sha512: 64 }

/**
 * Reads a wheel's RECORD (PEP 376, PEP 427; UP-97): lines `path,algorithm=digest,size` in CSV. Each path stands once and names a
 * file below the wheel's root; each file but RECORD and its old signatures has a digest, sha256 or stronger. At most 20 problems
 * come back. Whether the archive holds what it says, the archive's reader checks.
 */
export function parseRecord(bytes: Uint8Array): { readonly entries: readonly RecordEntry[]; readonly problems: readonly string[] } {
  const text = bytes.length > maxSize ? undefined : decodeUtf8(bytes)
  if (text === undefined) return { entries: [], problems: ["RECORD isn't UTF-8 text of at most 32 MiB: build the wheel again."] }
  const lines = text.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  const entries = new Map<string, RecordEntry>()
  const problems: string[] = []
  for (const [index, line] of lines.entries()) {
    if (problems.length === maxProblems) break
    const found = readLine(line)
    const problem = typeof found === 'string' ? found : entries.has(found.path) ? `lists ${quote(found.path)} again` : undefined
    if (problem) problems.push(`Line ${index + 1} of RECORD ${problem}: build the wheel again.`)
    else if (typeof found !== 'string') entries.set(found.path, found)
  }
  return { entries: [...entries.values()], problems }
}

/** The entry on one line, or what is wrong with it. */
function readLine(line: string): RecordEntry | string {
  const [path, hash, size] = fieldsOf(line) ?? []
  if (path === undefined || hash === undefined || size === undefined) return "isn't 'path,algorithm=digest,size'"
  if (!isPlainPath(path)) return `holds ${quote(path)}, which isn't a path in the wheel`
  if (!/^[0-9]{0,15}$/.test(size)) return `gives ${quote(size)} as a size`
  const bytes = size === '' ? undefined : Number(size)
  if (hash === '' && isUnhashed(path)) return { path, algorithm: undefined, digest: undefined, size: bytes }
  const [, algorithm = '', digest = ''] = /^([^=]*)=(.*)$/.exec(hash) ?? []
  if (!isStrong(algorithm)) return `gives ${quote(path)} no hash that is sha256, sha384 or sha512`
  if (!isDigest(algorithm, digest)) return `gives ${quote(path)} a digest that isn't ${algorithm} in base64url without padding`
  return { path, algorithm, digest, size: bytes }
}

/** The three fields of a line, as Python's csv module writes them; longer lines than any path needs are none. */
function fieldsOf(line: string): readonly string[] | undefined {
  const found = line.length > 4096 ? null : row.exec(line)
  return found?.slice(1).flatMap((field) => (field === undefined ? [] : [field.replace(/^"(.*)"$/, '$1').replaceAll('""', '"')]))
}

const row = /^("(?:[^"]|"")*"|[^",]*),("[^"]*"|[^",]*),("[^"]*"|[^",]*)$/

const isUnhashed = (path: string): boolean => /^[^/]+\.dist-info\/RECORD(?:\.jws|\.p7s)?$/.test(path)

const isStrong = (algorithm: string): algorithm is HashAlgorithm => Object.hasOwn(digestLengths, algorithm)

function isDigest(algorithm: HashAlgorithm, digest: string): boolean {
  const bytes = Buffer.from(digest, 'base64url')
  return bytes.length === digestLengths[algorithm] && bytes.toString('base64url') === digest
}
