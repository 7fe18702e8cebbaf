import type { IncomingMessage } from 'node:http'
import { setTimeout } from 'node:timers/promises'

const mostBytes = 64 * 1024 * 1024
const mostTime = 10_000

/**
 * Reads on what a client still sends before it is refused, within bounds: upload clients don't listen until they have sent all
 * (standards.md §3.1). Says whether the body came to its end; if not, the connection has to be closed.
 */
export async function drain(request: IncomingMessage): Promise<boolean> {
  if (request.complete || request.readableDidRead) return request.complete
  const done = new AbortController()
  const late = setTimeout(mostTime, false, { signal: done.signal }).catch(() => false)
  const ended = await Promise.race([readOn(request), late])
  done.abort()
  return ended
}

async function readOn(request: IncomingMessage): Promise<boolean> {
  let bytes = 0
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > mostBytes) return false
    }
    return true
  } catch {
    return false // the client went away
  }
}
