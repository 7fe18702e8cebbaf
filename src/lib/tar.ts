import { collision, isProblem, type Open, overMembers, type Pieces, type Problem, pathProblem, type Sink, type Source } from './archive.ts'
import { quote } from './quote.ts'
import {
  blockSize,
  type Extension,
  extend,
  type Header,
  isExtension,
  isZero,
  mayBeHeader,
  memberOf,
  parseHeader,
  type TarMember,
} from './tar-headers.ts'

const rebuild = 'Build the archive again with an ordinary build tool and upload it unchanged.'

/** Longer than any name, many times over. */
const longestExtension = 1024 * 1024

/**
 * Reads a tar archive once (ustar, pax, plain GNU): one top folder, files, folders and links that stay in it, no two members in
 * one place, end blocks and then zeros only (T149…T158, UP-73, UP-74). Gives each member's content to `open`'s sink, and
 * returns the first problem; then nothing read so far is worth anything.
 */
export async function readTar(pieces: Pieces, open: Open): Promise<Problem | undefined> {
  try {
    return await readMembers(reader(pieces), open)
  } finally {
    await pieces.return(undefined)
  }
}

async function readMembers(bytes: Reader, open: Open): Promise<Problem | undefined> {
  const members: TarMember[] = []
  const files = new Set<string>()
  let paths = 0
  for (;;) {
    const member = await nextMember(bytes)
    if (!member) break
    if (isProblem(member)) return member
    members.push(member)
    paths += member.path.length
    const top = members[0]?.path.split('/', 1)[0] ?? ''
    const problem =
      overMembers(members.length, paths) ??
      pathProblem(member.path) ??
      topProblem(member, top) ??
      linkProblem(member, files) ??
      (await readContent(bytes, member, open(member)))
    if (problem) return problem
    if (member.kind === 'file') files.add(member.path)
  }
  if (members.length === 0) return { rule: 'tar-empty', text: `The tar archive has no members. ${rebuild}` }
  return (await endProblem(bytes)) ?? collision(members)
}

/** The next member, or nothing where the end blocks begin. */
async function nextMember(bytes: Reader): Promise<TarMember | Problem | undefined> {
  let extension: Extension = { types: '' }
  for (;;) {
    const block = await bytes.take(blockSize)
    if (isProblem(block)) return block
    if (isZero(block)) return extension.types ? cutOff : undefined
    const header = parseHeader(block)
    if (isProblem(header)) return header
    if (!isExtension(header)) return memberOf(header, extension)
    const extended = await readExtension(bytes, header, extension)
    if (isProblem(extended)) return extended
    extension = extended
  }
}

async function readExtension(bytes: Reader, header: Header, before: Extension): Promise<Extension | Problem> {
  if (header.size > longestExtension) return { rule: 'tar-extension', text: `A header of the tar archive is longer than 1 MiB. ${rebuild}` }
  const content = await bytes.take(header.size + padding(header.size))
  return isProblem(content) ? content : extend(before, header, content.subarray(0, header.size))
}

/** Bytes up to the next block. */
const padding = (size: number): number => (blockSize - (size % blockSize)) % blockSize

async function readContent(bytes: Reader, { size }: TarMember, sink: Sink): Promise<Problem | undefined> {
  for (let left = size; left > 0; ) {
    const piece = await bytes.some(left)
    if (isProblem(piece)) return piece
    if (piece.length === 0) return cutOff
    sink.write(piece)
    left -= piece.length
  }
  sink.end()
  const rest = await bytes.take(padding(size))
  return isProblem(rest) ? rest : undefined
}

/** The second end block, and zeros to the end: readers disagree on what follows (T153). */
async function endProblem(bytes: Reader): Promise<Problem | undefined> {
  let piece = await bytes.take(blockSize)
  while (!isProblem(piece) && piece.length > 0) {
    if (!isZero(piece)) return { rule: 'tar-trailing-data', text: `Other data follows the end of the tar archive. ${rebuild}` }
    piece = await bytes.some(Number.POSITIVE_INFINITY)
  }
  return isProblem(piece) ? piece : undefined
}

function topProblem({ path, kind }: TarMember, top: string): Problem | undefined {
  if (path.startsWith(`${top}/`) || (path === top && kind === 'folder')) return undefined
  return {
    rule: 'tar-top-folder',
    text: `The member ${quote(path)} does not lie in the folder ${quote(top)} like the first one. Pack all in one top folder.`,
  }
}

/**
 * Whether a link leaves the top folder, or leads nobody knows where: a hard link names a file that came before; a symbolic
 * one goes up only at its start, since behind another link “..” may be anywhere.
 */
function linkProblem({ path, link, target }: TarMember, files: Set<string>): Problem | undefined {
  if (!link || (link === 'hard' ? files.has(target) : stays(path, target))) return undefined
  return {
    rule: 'tar-link',
    text: `The link ${quote(path)} leads to ${quote(target)}, which is or may be outside the top folder. Pack the file itself.`,
  }
}

function stays(path: string, target: string): boolean {
  if (target === '' || /^\/|^[a-z]:|\\|\p{Cc}/iu.test(target)) return false
  const names = target.split('/').filter((name) => name !== '' && name !== '.')
  const down = names.findIndex((name) => name !== '..')
  const up = down < 0 ? names.length : down
  const foldersAbove = path.split('/').length - 1
  return up < foldersAbove && !names.slice(up).includes('..')
}

type Reader = ReturnType<typeof reader>

/** Hands out a stream of pieces in the lengths asked for. */
function reader(pieces: Pieces) {
  let rest: Uint8Array = new Uint8Array()

  /** Up to `most` bytes; none at the end. */
  async function some(most: number): Promise<Uint8Array | Problem> {
    while (rest.length === 0) {
      const step = await pieces.next()
      if (step.done) break
      if (isProblem(step.value)) return step.value
      rest = step.value
    }
    const piece = rest.subarray(0, most)
    rest = rest.subarray(piece.length)
    return piece
  }

  /** Exactly `length` bytes. */
  async function take(length: number): Promise<Uint8Array | Problem> {
    const parts: Uint8Array[] = []
    for (let left = length; left > 0; ) {
      const part = await some(left)
      if (isProblem(part)) return part
      if (part.length === 0) return cutOff
      if (part.length === length) return part
      parts.push(part)
      left -= part.length
    }
    return Buffer.concat(parts)
  }
  return { some, take }
}

const cutOff: Problem = { rule: 'tar-cut-off', text: `The tar archive ends in the middle. ${rebuild}` }

/** Whether a reader could take the file for a tar archive by its first header (T158, UP-66). */
export const mayBeTar = async (source: Source): Promise<boolean> => source.size >= blockSize && mayBeHeader(await source.read(0, blockSize))
