import { createHash, randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildWheel } from '../src/testing/wheel.ts'
import { askOverWire } from '../src/testing/wire.ts'
import { uploadForm } from '../test/e2e/uploads.ts'
import { beside, compare, middle, type Sample } from './compare.ts'
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

const rate = (sample: Sample): number => sample.rate
const effort = (sample: Sample): number => sample.effort

const folder = await newFolder()
const place = await placeIn(folder)
const wheelkeep = await startWheelkeep(place)
const uploader = await newUploader(place)
const wheels = Array.from({ length: files }, (_, n) =>
  buildWheel({ name: 'bench', version: `1.${n}`, files: { 'bench/data': randomBytes(32).toString('hex') } }),
)
await uploader.sendAll(await Promise.all(wheels.map(uploadForm)), 4)
uploader.close()

const sample = await askOverWire(place.site, page, { headers: { ...pip, host: `localhost:${place.port}` } })
await writeFile(join(folder, 'page.gz'), sample.body)
const servers = [
  wheelkeep,
  await startBare(folder, 'bare node:http', join(folder, 'page.gz'), []),
  await startBare(folder, 'bare, our headers', join(folder, 'page.gz'), securityHeaders(sample.headers)),
  await startNginx(folder),
]
const pathOn = ({ name }: Server): string => ({ Wheelkeep: page, nginx: '/page' })[name] ?? '/'
for (const server of servers) await same(server)

const whole = await compare(servers.map((server) => ({ server, path: pathOn(server), connections: 32, headers: pip })))
const unchanged = await compare(
  await Promise.all(
    servers.map(async (server) => ({
      server,
      path: pathOn(server),
      connections: 32,
      headers: { ...pip, 'if-none-match': await etagOf(server) },
    })),
  ),
)
for (const server of servers) await server.stop()

await report(
  'index',
  'Index pages from memory (P1, P2)',
  `\`/simple/NAME/\` as JSON with ${files} files, packed ${figure(sample.body.length)} bytes, 32 connections that stay open. The bare server answers every request with one buffer and writes no log; Wheelkeep writes its access log. Goals: a page at least 0.9 times the bare server's rate and 0.5 times nginx's, for at most 1.25 times the bare server's processor time; a 304 at least 0.9 times the bare server's rate.`,
  {
    head: [
      'work',
      'server',
      'requests a second',
      'processor time a request',
      'rate of Wheelkeep beside it',
      'its processor time beside it',
    ],
    rows: [...rows('page', whole), ...rows('304', unchanged)],
  },
)

function rows(work: string, samples: readonly Sample[][]): string[][] {
  const [ours = []] = samples
  return samples.map((theirs, at) => {
    const figures = [figure(middle(theirs, rate)), `${middle(theirs, effort).toFixed(1)} µs`]
    const ratios = at === 0 ? ['', ''] : [times(beside(ours, theirs, rate)), times(beside(ours, theirs, effort))]
    return [work, servers[at]?.name ?? '', ...figures, ...ratios]
  })
}

/** The headers of our answer beside those that every server has. */
function securityHeaders(headers: Record<string, string | string[] | undefined>): string[] {
  const usual = new Set(['date', 'connection', 'keep-alive', 'x-request-id', 'etag', 'content-type', 'content-encoding', 'content-length'])
  return Object.entries(headers).flatMap(([name, value]) => (usual.has(name) ? [] : [name, String(value)]))
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
