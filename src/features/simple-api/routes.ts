import { Hono } from 'hono'
import type { Ctx, Env } from '../../http/context.ts'
import { acceptsGzip, negotiate, simpleTypes, typeOfFormat } from '../../lib/accept.ts'
import { normalize, parseProjectName } from '../../lib/names.ts'
import { answerFrom } from './answer.ts'

/** The Simple Repository API (PEP 503, 691), open to everybody. What is plain and in memory was answered before: short-cut.ts. */
export const simpleApiRoutes = new Hono<Env>()
  .get('/simple', (c) => moved(c, '/simple/'))
  .get('/simple/', (c) => indexPage(c, ''))
  .get('/simple/:name', (c) => projectPage(c, c.req.param('name')))
  .get('/simple/:name/', (c) => projectPage(c, c.req.param('name')))

/** A page has one address: the normalized name and a slash. */
function projectPage(c: Ctx, text: string): Response | Promise<Response> {
  const name = parseProjectName(text)
  if (!name) return missing(c)
  const path = `/simple/${normalize(name)}/`
  return c.req.path === path ? indexPage(c, normalize(name)) : moved(c, path)
}

/** Asks the database for what has changed first: whoever says `no-cache`, and every request that isn't plain, sees what was committed. */
async function indexPage(c: Ctx, name: string): Promise<Response> {
  const { app } = c.var
  const format = c.req.query('format')
  const type = format === undefined ? negotiate(c.req.header('accept') ?? '') : typeOfFormat(format)
  if (!type) return plain(c, 406, `This index has ${Object.values(simpleTypes).join(', ')}.`)
  await app.index.refresh(app.db, app.clock())
  const page = app.index.get(name, type) ?? (await app.index.load(app.db, name, type))
  if (!page) return missing(c)
  const { status, headers, body } = answerFrom(page, acceptsGzip(c.req.header('accept-encoding') ?? ''), c.req.header('if-none-match'))
  return new Response(Array.isArray(body) ? streamOf(body) : body, { status, headers })
}

/** Piece by piece: to join them would take memory and time for each answer. */
const streamOf = (pieces: Uint8Array[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })

function moved(c: Ctx, path: string): Response {
  c.header('vary', 'Accept')
  c.header('access-control-allow-origin', '*')
  return c.redirect(path + new URL(c.req.url).search, 301)
}

const missing = (c: Ctx): Response => plain(c, 404, '404 Not Found')

const plain = (c: Ctx, status: 404 | 406, text: string): Response =>
  c.text(`${text}\n`, status, { vary: 'Accept', 'access-control-allow-origin': '*' })
