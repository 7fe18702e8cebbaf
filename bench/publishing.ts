import { createHash } from 'node:crypto'
import { Agent, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Distribution } from '../src/testing/wheel.ts'
import { newPublisher } from '../test/e2e/publisher.ts'
import type { Place } from '../test/e2e/server.ts'
import { basic, type uploadForm } from '../test/e2e/uploads.ts'

/** A form ready to be sent, so that making it isn't measured. */
export type Form = Awaited<ReturnType<typeof uploadForm>>

/** An account with a token, made on the pages, and what uploads with it over connections that stay open. */
export async function newUploader({ site, ...place }: Place) {
  const { token } = await newPublisher({ site, ...place }, 'bench')
  const agent = new Agent({ keepAlive: true })
  const { hostname, port } = new URL(site)

  async function send({ type, body }: Form): Promise<void> {
    const headers = { authorization: basic(token), 'content-type': type, 'content-length': body.length, accept: 'text/plain' }
    const answer = Promise.withResolvers<{ status: number; text: string }>()
    const sent = request({ agent, hostname, port, path: '/legacy/', method: 'POST', headers }, (incoming) => {
      buffer(incoming).then((text) => answer.resolve({ status: incoming.statusCode ?? 0, text: text.toString() }), answer.reject)
    })
    sent.on('error', answer.reject).end(body)
    const { status, text } = await answer.promise
    if (status !== 200) throw new Error(`An upload was answered ${status}: ${text}`)
  }

  return {
    /** Sends all forms over so many connections; hands back the seconds it took. */
    sendAll: async (forms: readonly Form[], clients: number): Promise<number> => {
      const waiting = forms.values()
      const start = performance.now()
      await Promise.all(Array.from({ length: clients }, () => inTurn(waiting, send)))
      return (performance.now() - start) / 1000
    },
    close: () => agent.destroy(),
  }
}

/** What is left of the list, one after the other: several workers share one list. */
async function inTurn<Item>(items: Iterator<Item> & Iterable<Item>, work: (item: Item) => Promise<void>): Promise<void> {
  for (const item of items) await work(item)
}

/** Where a file is fetched from this server, whatever FILES_URL says. */
export function pathOf({ filename, bytes }: Distribution): string {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return `/packages/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256.slice(4)}/${filename}`
}
