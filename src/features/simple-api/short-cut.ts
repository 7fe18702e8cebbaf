import { Readable } from 'node:stream'
import type { App } from '../../app.ts'
import type { ShortCut } from '../../http/server.ts'
import { acceptsGzip, negotiate } from '../../lib/accept.ts'
import { remember } from '../../lib/remember.ts'
import { answerFrom } from './answer.ts'

/**
 * Answers the plain request for an index page that lies in memory without framework or database: its real address at the real
 * host, nothing said about caches, and the database asked within the last second. All else goes the way of the routes.
 */
export function shortCut({ config, index, clock }: App): ShortCut {
  const { host } = new URL(config.site_url)
  const typeOf = remember(negotiate)
  const takesGzip = remember(acceptsGzip)
  return ({ method, url = '', headers }, response) => {
    const name = nameIn(url)
    if (name === undefined || (method !== 'GET' && method !== 'HEAD')) return false
    if (headers.host !== host || headers['cache-control'] !== undefined || !index.isFresh(clock())) return false
    const type = typeOf(headers.accept ?? '')
    const page = type && index.get(name, type)
    if (!page) return false
    const answer = answerFrom(page, takesGzip(headers['accept-encoding'] ?? ''), headers['if-none-match'])
    response.writeHead(answer.status, answer.flat)
    if (Array.isArray(answer.body) && method === 'GET') Readable.from(answer.body).pipe(response)
    else response.end(method === 'GET' ? answer.body : undefined)
    return true
  }
}

/** What stands between `/simple/` and the last slash; only proper names have pages in memory. */
function nameIn(url: string): string | undefined {
  if (!url.startsWith('/simple/') || !url.endsWith('/')) return undefined
  return url === '/simple/' ? '' : url.slice('/simple/'.length, -1) || undefined
}
