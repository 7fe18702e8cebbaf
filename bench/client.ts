import { connect } from 'node:net'
import type { Load } from './load.ts'

// A client for machines without wrk: one request after the other on each connection, until the time is up; prints what came back.
// It reads as little of an answer as it must, so that it is not what is measured.

const asked: Load = JSON.parse(process.argv[2] ?? '')
const { hostname, port, pathname, host } = new URL(asked.url)
const lines = Object.entries({ Host: host, ...asked.headers }).map(([name, value]) => `${name}: ${value}\r\n`)
const request = `GET ${pathname} HTTP/1.1\r\n${lines.join('')}\r\n`
let requests = 0
let bytes = 0

function open(): void {
  const socket = connect(Number(port), hostname, () => socket.write(request))
  let missing = -1
  socket.on('data', (chunk) => {
    bytes += chunk.length
    missing = missing < 0 ? bodyLength(chunk) : missing - chunk.length
    if (missing > 0) return
    missing = -1
    requests++
    socket.write(request)
  })
}

/** What is still to come after the first piece of an answer, whose head is always in one piece. */
function bodyLength(chunk: Buffer): number {
  const head = chunk.subarray(0, chunk.indexOf('\r\n\r\n') + 4)
  const length = / 304 /.test(head.toString('latin1', 0, 16)) ? 0 : Number(/content-length: ([0-9]+)/i.exec(head.toString('latin1'))?.[1])
  return length - (chunk.length - head.length)
}

const start = performance.now()
for (let n = 0; n < asked.connections; n++) open()
setTimeout(() => {
  process.stdout.write(JSON.stringify({ requests, bytes, seconds: (performance.now() - start) / 1000 }), () => process.exit())
}, asked.seconds * 1000)
