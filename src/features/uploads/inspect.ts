import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { Open, Problem, Source } from '../../lib/archive.ts'
import { gunzip } from '../../lib/gzip.ts'
import { quote } from '../../lib/quote.ts'
import { mayBeTar, readTar } from '../../lib/tar.ts'
import { decodeUtf8 } from '../../lib/utf8.ts'
import { readZip } from '../../lib/zip.ts'
import { mayBeZip } from '../../lib/zip-end.ts'

/** A file or a link in a distribution: path, size in bytes, SHA-256 in base64url without padding (empty for a link). */
export type Entry = [path: string, size: number, sha256: string]

/**
 * What is in one distribution. With problems, the rest is what was seen before them, and decides nothing. `entries` has no
 * folders and keeps the order of the archive. `undefined` is what the archive doesn't hold.
 */
export interface Inspection {
  readonly problems: Problem[]
  readonly entries: Entry[]
  /** A wheel's one folder `….dist-info`, or an sdist's top folder. */
  readonly folder: string | undefined
  /** The very bytes of METADATA or PKG-INFO. */
  readonly metadata: Uint8Array | undefined
  readonly record: string | undefined
  readonly wheel: string | undefined
  readonly entryPoints: string | undefined
}

const MiB = 2 ** 20

/** The files that describe a distribution, and how long each may be. */
const longest: Record<string, number> = { METADATA: 8 * MiB, 'PKG-INFO': 8 * MiB, RECORD: 24 * MiB, WHEEL: MiB, 'entry_points.txt': MiB }

/**
 * Reads the distribution at `path` once: as a wheel or an sdist by the end of `filename`, and only if it cannot be taken for
 * the other kind (UP-66, UP-67, T158). It blocks while it reads, so it belongs in a worker.
 */
export async function inspect(path: string, filename: string): Promise<Inspection> {
  const file = openSync(path, 'r')
  try {
    const source = sourceOf(file)
    if (/\.whl$/i.test(filename)) return await inspectWheel(source)
    if (/\.tar\.gz$/i.test(filename)) return await inspectSdist(source)
    return failed({
      rule: 'file-ending',
      text: 'The file name ends neither in “.whl” nor in “.tar.gz”. Upload a wheel or a source distribution.',
    })
  } finally {
    closeSync(file)
  }
}

/**
 * Hashes files of the wheel at `path` by the algorithms given, in base64url without padding. Reads it a second time: what RECORD asks
 * for isn't known before all is read, and hashing each file by everything that it could ask for costs every upload.
 */
export async function rehash(path: string, algorithms: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>()
  if (algorithms.size === 0) return digests
  const file = openSync(path, 'r')
  try {
    await readZip(sourceOf(file), ({ path }) => {
      const algorithm = algorithms.get(path)
      const hash = algorithm === undefined ? undefined : createHash(algorithm)
      return { write: (piece) => hash?.update(piece), end: () => hash && digests.set(path, hash.digest('base64url')) }
    })
  } finally {
    closeSync(file)
  }
  return digests
}

/** An inspection that found nothing but a problem. */
const failed = (problem: Problem): Inspection => inspectionOf([problem], [], undefined, new Map())

async function inspectWheel(source: Source): Promise<Inspection> {
  const found = collector(/^([^/]+\.dist-info)\/(METADATA|RECORD|WHEEL|entry_points\.txt)$/)
  const folders = (): string[] => [...new Set(found.entries.map(topOf).filter((top) => /\.dist-info$/i.test(top)))]
  const problem = (await mayBeTar(source)) ? twoFormats : ((await readZip(source, found.open)) ?? distInfoProblem(folders()))
  return inspectionOf([...found.problems, ...(problem ? [problem] : [])], found.entries, folders()[0], found.texts)
}

async function inspectSdist(source: Source): Promise<Inspection> {
  const found = collector(/^([^/]+)\/(PKG-INFO)$/)
  const problem = (await mayBeZip(source)) ? twoFormats : await readTar(gunzip(source), found.open)
  return inspectionOf([...found.problems, ...(problem ? [problem] : [])], found.entries, found.entries.map(topOf)[0], found.texts)
}

const twoFormats: Problem = {
  rule: 'archive-two-formats',
  text: 'Installers could take the file for a ZIP archive as well as for a tar archive. Build it again, and leave archives out of it.',
}

/** The top folder in which an entry lies, or itself. */
export const topOf = ([path]: Entry): string => path.split('/', 1)[0] ?? ''

/** A wheel has one folder of metadata at the top, also on systems blind to case (T150, UP-71). */
function distInfoProblem(folders: string[]): Problem | undefined {
  if (folders.length === 1 && folders[0]?.endsWith('.dist-info')) return undefined
  const found = folders.length === 0 ? 'has none' : `has ${folders.slice(0, 3).map(quote).join(', ')}`
  return {
    rule: 'wheel-dist-info',
    text: `A wheel has exactly one top folder whose name ends in “.dist-info”, but this one ${found}. Build it again.`,
  }
}

/** Hashes every file, and keeps the texts that `wanted` names out of the first folder that has one: many folders must not add up. */
function collector(wanted: RegExp) {
  const entries: Entry[] = []
  const texts = new Map<string, Uint8Array>()
  const problems: Problem[] = []
  let first: string | undefined

  const open: Open = ({ path, kind, size }) => {
    if (kind === 'folder') return { write: () => {}, end: () => {} }
    const [, folder, name = ''] = wanted.exec(path) ?? []
    first ??= folder
    const keep = folder !== undefined && folder === first
    const tooLong = keep && size > (longest[name] ?? 0)
    if (tooLong) problems.push({ rule: 'text-too-long', text: `${quote(path)} is longer than ${longest[name]} bytes. Shorten it.` })
    const hash = createHash('sha256')
    const pieces: Uint8Array[] = []
    return {
      write(piece) {
        hash.update(piece)
        if (keep && !tooLong) pieces.push(piece)
      },
      end() {
        entries.push([path, size, kind === 'file' ? hash.digest('base64url') : ''])
        if (keep && !tooLong && kind === 'file') texts.set(name, new Uint8Array(Buffer.concat(pieces)))
      },
    }
  }
  return { open, entries, texts, problems }
}

function inspectionOf(problems: Problem[], entries: Entry[], folder: string | undefined, texts: Map<string, Uint8Array>): Inspection {
  const [record, wheel, entryPoints] = ['RECORD', 'WHEEL', 'entry_points.txt'].map((name) => {
    const bytes = texts.get(name)
    const text = bytes && decodeUtf8(bytes)
    if (bytes && text === undefined) problems.push({ rule: 'text-encoding', text: `${name} is not UTF-8. Build the wheel again.` })
    return text
  })
  return { problems, entries, folder, metadata: texts.get('METADATA') ?? texts.get('PKG-INFO'), record, wheel, entryPoints }
}

/** Files up to here are read at once, larger ones in windows of a quarter of it. */
const smallFile = MiB

/** The bytes of an open file, read where nobody waits: in a worker, this is the fastest way. */
function sourceOf(file: number): Source {
  const { size } = fstatSync(file)
  let window = new Uint8Array()
  let from = 0
  return {
    size,
    async read(offset, length) {
      if (offset < from || offset + length > from + window.length) {
        from = size <= smallFile ? 0 : offset
        window = readExactly(file, from, Math.min(size - from, Math.max(length, smallFile / 4, size <= smallFile ? size : 0)))
      }
      return window.subarray(offset - from, offset - from + length)
    },
  }
}

function readExactly(file: number, from: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; ) {
    const read = readSync(file, bytes, at, length - at, from + at)
    if (read === 0) throw new Error('An uploaded file became shorter while it was read')
    at += read
  }
  return bytes
}
