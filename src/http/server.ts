import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener, RequestError } from '@hono/node-server'
import type { Hono } from 'hono'
import type { App } from '../app.ts'
import type { Config } from '../config.ts'
import { codeOf, naming } from '../lib/obstacles.ts'
import type { Env } from './context.ts'
import { standardHeaders } from './standard-headers.ts'

/** Answers a request at once and says so, or leaves it alone: the way of index pages that need neither framework nor database. */
export type ShortCut = (request: IncomingMessage, response: ServerResponse) => boolean

/** How long requests that are under way may take to end when the server stops. */
const grace = 30_000

/** Whether `serve` could: takes every address of LISTEN and leaves it at once. Throws the same sentences. */
export async function tryToServe(config: Config): Promise<void> {
  for (const server of await openServers(config, (request) => request.destroy())) drop(server)
}

/**
 * Listens on every address of LISTEN. `close` takes no new requests and waits for those under way. Throws a sentence for the operator
 * if an address or the certificate can't be used; then it listens nowhere.
 */
export async function serve(app: App, routes: Hono<Env>, shortCut: ShortCut): Promise<{ addresses: string[]; close: () => Promise<void> }> {
  const ending = new AbortController()
  const listener = listenerOf(app, routes, shortCut, ending.signal)
  const servers = await openServers(app.config, listener)
  const closeAll = async (): Promise<void> => {
    ending.abort()
    await Promise.all(servers.map(close))
  }
  return { addresses: servers.map(addressOf), close: closeAll }
}

/**
 * One access line for each answer: method, path without its query (T68), status, milliseconds, request id. The short cut has no
 * query, takes no time worth measuring, and nothing that an id would be asked for. Once the server is ending, a connection brings one
 * request more at most: a busy client would hold it until it is cut off.
 */
function listenerOf(app: App, routes: Hono<Env>, shortCut: ShortCut, ending: AbortSignal): RequestListener {
  const slowWay = getRequestListener(routes.fetch, { overrideGlobalObjects: false, errorHandler: (error) => answerUnasked(app, error) })
  const ids = requestIds()
  const inTurn = oneAtATime()
  return (request, response) => {
    if (!inTurn(request.socket, response)) return
    const { method, url: path = '', headers } = request
    // Nobody reads the body of a GET: it must not hold the connection (T168).
    if (method === 'GET' && (headers['content-length'] ?? headers['transfer-encoding'])) response.shouldKeepAlive = false
    if (ending.aborted) response.shouldKeepAlive = false
    if (shortCut(request, response)) return app.log({ level: 'info', message: 'Request', method, path, status: response.statusCode, ms: 0 })
    if (request.socket.remoteAddress === undefined) return request.destroy() // reset since: limits by address would not count it (D13)
    const start = performance.now()
    const request_id = ids()
    response.setHeader('x-request-id', request_id)
    response.once('close', () => noteSlow(app, request, response, request_id, start))
    return slowWay(request, response)
  }
}

/**
 * Says whether a request may begin. One that was sent on before the answer to another (pipelining) may not: the connection closes after
 * that answer, and the client asks again on a new one (RFC 9112 §9.3.2). Else one connection could have any number of answers wait here.
 */
function oneAtATime(): (socket: Socket, response: ServerResponse) => boolean {
  const underWay = new WeakMap<Socket, ServerResponse>()
  const ending = new WeakSet<Socket>()
  return (socket, response) => {
    if (response.socket === socket) {
      underWay.set(socket, response)
      return true
    }
    if (ending.has(socket)) return false
    ending.add(socket)
    socket.pause()
    const current = underWay.get(socket)
    if (!current || current.writableFinished) socket.destroy()
    else {
      current.shouldKeepAlive = false
      current.once('finish', () => socket.destroySoon()) // its head may have been sent before that
    }
    return false
  }
}

/** What isn't even an address (400), or broke beside the routes (500): with the headers of every answer (T94). */
function answerUnasked({ config, log }: App, error: unknown): Response {
  const isTheirs = error instanceof RequestError
  if (!isTheirs) log({ level: 'error', message: 'Something broke', error: String(error) })
  const headers = { ...standardHeaders(config), connection: 'close' }
  return isTheirs
    ? new Response('400 Bad Request\n', { status: 400, headers })
    : new Response('500 Internal Server Error\n', { status: 500, headers })
}

function noteSlow(
  app: App,
  { method, url = '' }: IncomingMessage,
  { statusCode }: ServerResponse,
  request_id: string,
  start: number,
): void {
  const [path = ''] = url.split('?')
  const ms = Math.round((performance.now() - start) * 10) / 10
  app.log({ level: 'info', message: 'Request', method, path: path.slice(0, 500), status: statusCode, ms, request_id })
}

/** Cheap and unique: a part for this process, then a count. */
function requestIds(): () => string {
  const process = crypto.randomUUID().slice(0, 8)
  let count = 0
  return () => `${process}-${(++count).toString(36)}`
}

async function openServers(config: Config, listener: RequestListener): Promise<Server[]> {
  const servers: Server[] = []
  try {
    for (const address of config.listen) {
      const server = await newServer(config, listener)
      await listen(server, address)
      servers.push(server)
    }
    return servers
  } catch (error) {
    servers.forEach(drop)
    throw error
  }
}

/**
 * D16: slow headers end after 15 s, idle connections after 5 s, and whoever neither sends nor takes a byte is left after 5 minutes.
 * Bodies have deadlines of their own in each route, so no request has one. A header that comes twice counts as both: no host is that.
 */
async function newServer({ tls_cert, tls_key }: Config, listener: RequestListener): Promise<Server> {
  const options = {
    headersTimeout: 15_000,
    requestTimeout: 0,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: 5_000,
    joinDuplicateHeaders: true,
  }
  const mostIdle = 5 * 60_000
  if (!tls_cert || !tls_key) return createServer(options, listener).setTimeout(mostIdle)
  const cert = await naming('TLS_CERT', tls_cert, () => readFile(tls_cert))
  const key = await naming('TLS_KEY', tls_key, () => readFile(tls_key))
  const open = () => createSecureServer({ ...options, cert, key }, listener).setTimeout(mostIdle)
  return naming('TLS_CERT', `${tls_cert} with TLS_KEY ${tls_key}`, open)
}

async function listen(server: Server, at: Config['listen'][number]): Promise<void> {
  const address = `${at.host.includes(':') ? `[${at.host}]` : at.host}:${at.port}`
  await naming('LISTEN', address, async () => {
    server.listen(at)
    await once(server, 'listening').catch((error: unknown) => {
      throw codeOf(error) === 'EADDRINUSE' ? new Error(taken(address), { cause: error }) : error
    })
  })
}

const taken = (address: string): string =>
  `${address} is taken. Is Wheelkeep running already? Stop it, or set LISTEN and SITE_URL to another address.`

function addressOf(server: Server): string {
  const { address, port, family } = server.address() as AddressInfo // these servers listen on ports, not on pipes
  return `${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

function drop(server: Server): void {
  server.close()
  server.closeAllConnections()
}

async function close(server: Server): Promise<void> {
  const late = setTimeout(() => server.closeAllConnections(), grace)
  await new Promise((done) => server.close(done))
  clearTimeout(late)
}
