import { crc32 } from 'node:zlib'
import { collision, isProblem, type Open, overBytes, type Problem, type Sink, type Source } from './archive.ts'
import { inflate, piecesOf, type Range } from './inflate.ts'
import { quote } from './quote.ts'
import { findDirectory } from './zip-end.ts'
import { type Header, localRest, localSize, parseDirectory, parseLocal, type ZipMember } from './zip-headers.ts'

const rebuild = 'Build the archive again with an ordinary build tool and upload it unchanged.'

/**
 * Reads a ZIP archive once, as every reader must: headers and central directory agree in each field, members lie one behind
 * the other up to the directory, and each has the size and checksum it declares (P9, T149…T158, UP-66…UP-86). Gives each
 * member's content to `open`'s sink, and returns the first problem; then nothing read so far is worth anything.
 */
export async function readZip(source: Source, open: Open): Promise<Problem | undefined> {
  const directory = await findDirectory(source)
  if (isProblem(directory)) return directory
  const members = parseDirectory(await source.read(directory.offset, directory.size), directory.count)
  if (isProblem(members)) return members
  const problem = overBytes(totalSize(members), source.size) ?? collision(members)
  if (problem) return problem

  let at = 0
  for (const member of members.sort((a, b) => a.offset - b.offset)) {
    if (member.offset !== at) return misplaced(member, at)
    const content = await locate(source, member, directory.offset)
    if (isProblem(content)) return content
    const problem = await readContent(source, content, member, open(member))
    if (problem) return problem
    at = content.to
  }
  return at === directory.offset ? undefined : gap
}

const totalSize = (members: ZipMember[]): number => members.reduce((sum, { size }) => sum + size, 0)

/** Where the content lies, behind a local header that says what the directory says; all of it before `end`. */
async function locate(source: Source, member: ZipMember, end: number): Promise<Range | Problem> {
  if (member.offset + localSize > end) return cutOff(member)
  const fixed = await source.read(member.offset, localSize)
  const from = member.offset + localSize + localRest(fixed)
  if (from + member.compressedSize > end) return cutOff(member)
  const header = parseLocal(await source.read(member.offset, from - member.offset))
  if (isProblem(header)) return header
  return disagreement(header, member) ?? { from, to: from + member.compressedSize, size: member.size }
}

const compared = ['name', 'version', 'flags', 'method', 'time', 'crc', 'compressedSize', 'size'] as const

/** The first field in which the two headers of a member differ (T155, UP-79, UP-80). */
function disagreement(header: Header, member: ZipMember): Problem | undefined {
  const field = compared.find((field) => header[field] !== member[field])
  if (!field) return undefined
  const text = `The member ${quote(member.name)} has another ${field} in its own header than in the directory of the ZIP archive. ${rebuild}`
  return { rule: 'zip-headers-disagree', text }
}

/** Streams the content into the sink, never more than the declared size (T153, T155). */
async function readContent(source: Source, range: Range, member: ZipMember, sink: Sink): Promise<Problem | undefined> {
  const pieces = member.method === 0 ? piecesOf(source, range) : inflate(source, range, `the member ${quote(member.name)}`)
  let [size, crc] = [0, 0]
  for await (const piece of pieces) {
    if (isProblem(piece)) return piece
    size += piece.length
    if (size > member.size) break
    crc = crc32(piece, crc)
    sink.write(piece)
  }
  if (size !== member.size || crc !== member.crc) {
    return {
      rule: 'zip-content',
      text: `The member ${quote(member.name)} does not unpack to the size and checksum that its header declares. ${rebuild}`,
    }
  }
  sink.end()
  return undefined
}

const gap: Problem = {
  rule: 'zip-gap',
  text: `The ZIP archive has data between its members or before its directory that belongs to none. ${rebuild}`,
}

function misplaced({ name, offset }: ZipMember, expected: number): Problem {
  if (offset > expected)
    return expected === 0 ? { rule: 'zip-prefix', text: `Other data lies before the first member of the ZIP archive. ${rebuild}` } : gap
  return { rule: 'zip-overlap', text: `The member ${quote(name)} overlaps another one in the ZIP archive. ${rebuild}` }
}

const cutOff = ({ name }: ZipMember): Problem => ({
  rule: 'zip-overlap',
  text: `The member ${quote(name)} reaches into the directory of the ZIP archive. ${rebuild}`,
})
