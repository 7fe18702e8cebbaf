import { once } from 'node:events'
import { type IncomingHttpHeaders, type IncomingMessage, type RequestOptions, request } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** An answer as it came over the wire, read to the end. */
export interface WireAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** One request over a connection of its own, byte for byte as told: no redirect is followed, nothing is unpacked. */
export async function askOverWire(base: string, path: string, options: RequestOptions = {}): Promise<WireAnswer> {
  const { hostname, port } = new URL(base)
  const sent = request({ hostname, port, path, agent: false, ...options }).end()
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await buffer(answer) }
}
