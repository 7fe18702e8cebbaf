import { createHash, randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildWheel } from '../src/testing/wheel.ts'
import { askOverWire, type WireAnswer } from '../src/testing/wire.ts'
import { uploadForm } from '../test/e2e/uploads.ts'
import { compare, least, most, type Sample } from './compare.ts'
import { newUploader } from './publishing.ts'
import { figure, report, times } from './report.ts'
import { newFolder, placeIn, type Server, startBare, startNginx, startWheelkeep } from './servers.ts'

// P1 and P2: a page of the index from memory, whole and unchanged, beside a server that does nothing else and beside nginx.

const pip = {
  accept: 'application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01',
  'accept-encoding': 'gzip, deflate',
  'user-agent': 'pip/26.2',
}
const page = '/simple/bench/'
const files = 640 // as JSON, packed: about 64 kB

const folder = await newFolder()
const place = await placeIn(folder)
const first = await startWheelkeep(place)
const uploader = await newUploader(place)
const wheels = Array.from({ length: files }, (_, n) =>
  buildWheel({
    name: 'bench',
    version: `1.${n % 8}`,
    tag: `cp3${n >> 3}-none-any`,
    files: { 'bench/data': randomBytes(32).toString('hex') },
  }),
)
await uploader.sendAll(await Promise.all(wheels.map(uploadForm)), 4)
uploader.close()
await first.stop() // what the uploads took is not what pages take

const wheelkeep = await startWheelkeep(place)
const asked = { ...pip, host: `localhost:${place.port}` }
const sample = await askOverWire(place.site, page, { headers: asked })
const { etag = '' } = sample.headers
const unchanged = await askOverWire(place.site, page, { headers: { ...asked, 'if-none-match': etag } })
await writeFile(join(folder, 'page.gz'), sample.body)
const servers = [
  wheelkeep,
  await startBare(folder, join(folder, 'page.gz'), { whole: ownHeaders(sample), unchanged: ownHeaders(unchanged), etag }),
  await startNginx(folder),
]
const pathOn = ({ name }: Server): string => ({ Wheelkeep: page, nginx: '/page' })[name] ?? '/'
for (const server of servers) await same(server)

const pages = await compare(servers.map((server) => ({ server, path: pathOn(server), connections: 32, headers: pip })))
const known = await Promise.all(servers.map(async (server) => ({ ...pip, 'if-none-match': await etagOf(server) })))
const others = await compare(servers.map((server, at) => ({ server, path: pathOn(server), connections: 32, headers: known[at] ?? pip })))
for (const server of servers) await server.stop()

await report(
  'index',
  'Index pages from memory (P1, P2)',
  `\`/simple/NAME/\` as JSON with ${files} files, packed ${figure(sample.body.length)} bytes, 32 connections that stay open. The bare server sends the same bytes from one buffer, looks at nothing but what the client has, and writes no log; Wheelkeep writes its access log. Goals: at least 0.9 times the bare server's rate for at most 1.25 times its processor time, and a page at least 0.5 times nginx's rate.`,
  {
    head: [
      'work',
      'server',
      'requests a second',
      'processor time a request',
      'rate of Wheelkeep beside it',
      'its processor time beside it',
    ],
    rows: [...rows('page', pages), ...rows('304', others)],
  },
)

function rows(work: string, samples: readonly Sample[][]): string[][] {
  const rates = samples.map((rounds) => most(rounds.map(({ rate }) => rate)))
  const efforts = samples.map((rounds) => least(rounds.map(({ effort }) => effort)))
  const beside = (figures: number[], at: number): string => (at === 0 ? '' : times((figures[0] ?? 0) / (figures[at] ?? 0)))
  return servers.map(({ name }, at) => {
    const figures = [figure(rates[at] ?? 0), `${(efforts[at] ?? 0).toFixed(1)} µs`]
    return [work, name, ...figures, beside(rates, at), beside(efforts, at)]
  })
}

/** The headers of an answer but those that node:http makes itself, and our number of the request. */
function ownHeaders({ headers }: WireAnswer): string[] {
  const made = new Set(['date', 'connection', 'keep-alive', 'x-request-id'])
  return Object.entries(headers).flatMap(([name, value]) => (made.has(name) ? [] : [name, String(value)]))
}

async function same(server: Server): Promise<void> {
  const { body } = await askOverWire(server.url, pathOn(server), { headers: pip })
  const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
  if (hash(body) !== hash(sample.body)) throw new Error(`${server.name} answers other bytes.`)
}

async function etagOf(server: Server): Promise<string> {
  const { headers } = await askOverWire(server.url, pathOn(server), { headers: pip })
  return headers.etag ?? ''
}
