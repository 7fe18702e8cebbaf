import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import type { Ctx, Env } from '../../http/context.ts'
import { type Download, findDownload, type Reply, replyTo } from './downloads.ts'
import { sendBytes } from './send.ts'

/** Files and their metadata, open to everybody, under the addresses that index pages tell (file-url.ts). */
export const downloadRoutes = new Hono<Env>().get('/packages/:a/:b/:rest/:filename', async (c) => {
  const { a, b, rest, filename } = c.req.param()
  const download = a.length === 2 && b.length === 2 ? await findDownload(c.var.app.db, filename, a + b + rest) : undefined
  if (!download) return c.text('404 Not Found\n', 404)
  const wish = {
    range: c.req.header('range'),
    ifRange: c.req.header('if-range'),
    ifNoneMatch: c.req.header('if-none-match'),
    ifModifiedSince: c.req.header('if-modified-since'),
  }
  return send(c, download, replyTo(wish, download, c.var.app.config))
})

/** Bytes go straight to the socket: through the framework's streams it takes twice the time and memory. */
async function send(c: Ctx, { key }: Download, { status, headers, bytes }: Reply): Promise<Response> {
  if (!bytes || c.req.method === 'HEAD') return new Response(null, { status, headers })
  const { outgoing } = c.env
  const content = await c.var.app.files.get(key)
  if (!outgoing || !content)
    throw new Error(outgoing ? `The file ${key} has a row but no bytes.` : 'Files are sent over a connection only.')
  try {
    outgoing.writeHead(status, headers)
    await sendBytes(outgoing, content, bytes)
  } catch (error) {
    outgoing.destroy()
    throw error
  } finally {
    await content.close()
  }
  return RESPONSE_ALREADY_SENT
}
