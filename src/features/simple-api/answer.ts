import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Config } from '../../config.ts'
import { sandboxPolicy, standardHeaders } from '../../http/standard-headers.ts'
import { type SimpleType, simpleTypes } from '../../lib/accept.ts'
import { isKnown } from '../../lib/conditional.ts'

/** An index page, ready to be sent: packed and not, each with a strong ETag of its own. */
export interface IndexPage {
  readonly plain: Variant
  readonly gzip: Variant
  /** What it takes in memory, about. */
  readonly bytes: number
}

interface Variant {
  readonly etag: string
  readonly whole: Answer
  readonly unchanged: Answer
}

/** A body, whole or in pieces, and what its ETag is made of: itself, or what stands for it. */
export interface Content {
  readonly body: Buffer<ArrayBuffer> | Buffer<ArrayBuffer>[]
  readonly marks: readonly (Uint8Array | string)[]
}

/** What goes onto the wire. `flat` is `headers` as node:http takes them without further work: names and values in turn. */
export interface Answer {
  readonly status: 200 | 304
  readonly headers: Readonly<Record<string, string>>
  readonly flat: string[]
  readonly body: Content['body'] | null
}

/** A page from its two contents. Pieces are held by others, and take no memory here. */
export function makeIndexPage(config: Config, type: SimpleType, serial: number, plain: Content, gzip: Content): IndexPage {
  const lasting = lastingHeaders(config, serial)
  const whole = { ...standardHeaders(config), 'content-security-policy': sandboxPolicy, ...lasting, 'content-type': contentTypes[type] }
  return {
    plain: makeVariant(lasting, whole, plain),
    gzip: makeVariant(lasting, { ...whole, 'content-encoding': 'gzip' }, gzip),
    bytes: [plain.body, gzip.body].reduce((sum, body) => sum + (body instanceof Buffer ? body.length : 0), 8192),
  }
}

/** A page in one piece, packed off the event loop. */
export async function packIndexPage(config: Config, type: SimpleType, serial: number, text: string): Promise<IndexPage> {
  const body = Buffer.from(text)
  const packed = await promisify(gzip)(body)
  return makeIndexPage(config, type, serial, { body, marks: [body] }, { body: packed, marks: [packed] })
}

/** The answer to a client that takes gzip or not, and may have a copy. Makes nothing: all answers are ready. */
export function answerFrom(page: IndexPage, takesGzip: boolean, ifNoneMatch: string | undefined): Answer {
  const variant = takesGzip ? page.gzip : page.plain
  return ifNoneMatch !== undefined && isKnown(ifNoneMatch, variant.etag) ? variant.unchanged : variant.whole
}

function makeVariant(lasting: Record<string, string>, whole: Record<string, string>, { body, marks }: Content): Variant {
  const hash = createHash('sha256').update(`${whole['content-type']}\n`)
  for (const mark of marks) hash.update(mark)
  const etag = `"${hash.digest('base64url').slice(0, 22)}"`
  const length = [body].flat().reduce((sum, piece) => sum + piece.length, 0)
  return {
    etag,
    whole: makeAnswer(200, { ...whole, etag, 'content-length': String(length) }, body),
    unchanged: makeAnswer(304, { ...lasting, etag }, null),
  }
}

const makeAnswer = (status: 200 | 304, headers: Record<string, string>, body: Answer['body']): Answer => ({
  status,
  headers,
  flat: Object.entries(headers).flat(),
  body,
})

/** HTML under its old name says its characters too. */
const contentTypes = { ...simpleTypes, text: `${simpleTypes.text}; charset=utf-8` }

/** What the word that a page hasn't changed says too. */
const lastingHeaders = (config: Config, serial: number): Record<string, string> => ({
  'cache-control': config.index_max_age > 0 ? `public, max-age=${config.index_max_age}` : 'public, max-age=0, must-revalidate',
  vary: 'Accept, Accept-Encoding',
  'access-control-allow-origin': '*',
  'x-pypi-last-serial': String(serial),
})
