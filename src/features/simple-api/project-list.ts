import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Config } from '../../config.ts'
import type { Database } from '../../db/database.ts'
import type { SimpleType } from '../../lib/accept.ts'
import { joinParts, packPart } from '../../lib/gzip-parts.ts'
import { type Content, type IndexPage, makeIndexPage } from './answer.ts'
import { type Block, inOrder, newBlock, putProject } from './blocks.ts'
import { listDocuments } from './documents.ts'
import { listProjectsAfter } from './queries.ts'

/**
 * The list of all projects, in memory. It follows the serial: each page begins with reading what has changed since the one before,
 * the first one with everything. Only blocks that have changed are written anew, and none of this holds the event loop for long.
 */
export interface ProjectList {
  /** The page with all that was committed when it was asked for. Pages are made one after the other; all who wait for one share it. */
  load(db: Database, type: SimpleType): Promise<IndexPage>
}

export function openProjectList(config: Config): ProjectList {
  const blocks = [newBlock<Part>()]
  const waiting = new Map<SimpleType, Promise<IndexPage>>()
  let serial = 0
  let last: Promise<unknown> = Promise.resolve()

  function load(db: Database, type: SimpleType): Promise<IndexPage> {
    const joined = waiting.get(type)
    if (joined) return joined
    const page = last.then(() => make(db, type))
    waiting.set(type, page)
    last = page.catch(() => undefined)
    return page
  }

  async function make(db: Database, type: SimpleType): Promise<IndexPage> {
    waiting.delete(type)
    await catchUp(db)
    const { plain, gzip } = await contents(blocks, type === 'json' ? 'json' : 'html', serial)
    return makeIndexPage(config, type, serial, plain, gzip)
  }

  async function catchUp(db: Database): Promise<void> {
    for (;;) {
      const projects = await listProjectsAfter(db, serial, readAtOnce)
      for (const project of projects) putProject(blocks, project)
      serial = projects.at(-1)?.last_serial ?? serial
      if (projects.length < readAtOnce) return
      await setImmediate()
    }
  }

  return { load }
}

/** How many rows are read without a pause: some milliseconds. */
const readAtOnce = 1000

/** A piece of the document: its bytes, the same packed, and a hash of both. */
interface Part {
  readonly plain: Buffer<ArrayBuffer>
  readonly packed: Buffer<ArrayBuffer>
  readonly hash: Buffer
}

/** The whole document, plain and packed. */
async function contents(blocks: readonly Block<Part>[], kind: keyof typeof listDocuments, serial: number) {
  const { begin, line, between, end } = listDocuments[kind]
  const parts = [await makePart(begin(serial))]
  const comma = await makePart(between)
  for (const block of blocks) {
    if (block.projects.size === 0) continue
    const part = block.parts.get(kind) ?? (await makePart(inOrder(block).map(line).join(between)))
    block.parts.set(kind, part)
    parts.push(...(parts.length > 1 ? [comma] : []), part)
  }
  parts.push(await makePart(end))
  const marks = parts.map(({ hash }) => hash)
  const plain: Content = { body: parts.map(({ plain }) => plain), marks }
  const gzip: Content = { body: joinParts(parts), marks: ['gzip', ...marks] }
  return { plain, gzip }
}

async function makePart(text: string): Promise<Part> {
  const plain = Buffer.from(text)
  const packed = await packPart(plain)
  return { plain, packed, hash: createHash('sha256').update(plain).update(packed).digest() }
}
