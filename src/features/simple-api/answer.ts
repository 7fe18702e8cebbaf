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

/** What goes onto the wire. `flat` is `headers` as node:http takes them without further work: names and values in turn. */
export interface Answer {
  readonly status: 200 | 304
  readonly headers: Readonly<Record<string, string>>
  readonly flat: string[]
  readonly body: Buffer<ArrayBuffer> | null
}

/** Packs a rendered page, off the event loop. */
export async function makeIndexPage(config: Config, type: SimpleType, serial: number, text: string): Promise<IndexPage> {
  const body = Buffer.from(text)
  const packed = await promisify(gzip)(body)
  const lasting = lastingHeaders(config, serial)
  const whole = { ...standardHeaders(config), 'content-security-policy': sandboxPolicy, ...lasting, 'content-type': contentTypes[type] }
  return {
    plain: makeVariant(lasting, whole, body),
    gzip: makeVariant(lasting, { ...whole, 'content-encoding': 'gzip' }, packed),
    bytes: body.length + packed.length + 8192,
  }
}

/** The answer to a client that takes gzip or not, and may have a copy. Makes nothing: all answers are ready. */
export function answerFrom(page: IndexPage, takesGzip: boolean, ifNoneMatch: string | undefined): Answer {
  const variant = takesGzip ? page.gzip : page.plain
  return ifNoneMatch !== undefined && isKnown(ifNoneMatch, variant.etag) ? variant.unchanged : variant.whole
}

function makeVariant(lasting: Record<string, string>, whole: Record<string, string>, body: Buffer<ArrayBuffer>): Variant {
  const hash = createHash('sha256').update(`${whole['content-type']}\n`).update(body).digest('base64url')
  const etag = `"${hash.slice(0, 22)}"`
  return {
    etag,
    whole: makeAnswer(200, { ...whole, etag, 'content-length': String(body.length) }, body),
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
