import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, type Place } from '../test/e2e/server.ts'
import { answering, type Running, start } from './processes.ts'

/** Something that answers at `url`. */
export interface Server extends Running {
  readonly name: string
  readonly url: string
}

const root = fileURLToPath(new URL('..', import.meta.url))

/** An empty folder on the disk of this checkout, which goes when we end. */
export async function newFolder(): Promise<string> {
  await mkdir(join(root, '.test'), { recursive: true })
  const folder = await mkdtemp(join(root, '.test/bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A place for an index in `folder`. Its limits let a benchmark pass. */
export async function placeIn(folder: string): Promise<Place> {
  const port = await freePort()
  const site = `http://localhost:${port}`
  const env = {
    WHEELKEEP_DATA_DIR: join(folder, 'data'),
    WHEELKEEP_LISTEN: `127.0.0.1:${port}`,
    WHEELKEEP_SITE_URL: site,
    WHEELKEEP_LIMITS: JSON.stringify({ upload: '1000000/60', upload_ip: '1000000/60' }),
  }
  return { site, port, folder, env, remove: async () => undefined }
}

/** Starts the compiled index, as operators run it. */
export async function startWheelkeep(place: Place): Promise<Server> {
  const running = start(process.execPath, [join(root, 'dist/main.js'), 'serve'], { ...place.env }, join(place.folder, 'wheelkeep.log'))
  await answering(`${place.site}/_health/`)
  return { name: 'Wheelkeep', url: place.site, ...running }
}

/** The headers of two answers, as names and values in turn. */
export interface BareHeaders {
  readonly whole: readonly string[]
  readonly unchanged: readonly string[]
  readonly etag: string
}

/** A server that answers with the file `body` and these headers, and does nothing else. */
export async function startBare(folder: string, body: string, headers: BareHeaders): Promise<Server> {
  const port = await freePort()
  const words = [fileURLToPath(new URL('bare-server.ts', import.meta.url)), String(port), body, JSON.stringify(headers)]
  const running = start(process.execPath, words, {}, join(folder, 'bare.log'))
  await answering(`http://127.0.0.1:${port}/`)
  return { name: 'bare node:http', url: `http://127.0.0.1:${port}`, ...running }
}

/** nginx with one process and no log, which serves `folder`; `/page` is answered with `page.gz` as it is. */
export async function startNginx(folder: string): Promise<Server> {
  const port = await freePort()
  const config = join(folder, 'nginx.conf')
  await writeFile(config, nginxConfig(folder, port))
  const running = start(
    process.env.WHEELKEEP_TEST_NGINX ?? 'nginx',
    ['-c', config, '-e', join(folder, 'nginx.log')],
    {},
    join(folder, 'nginx.log'),
  )
  await answering(`http://127.0.0.1:${port}/ready`)
  return { name: 'nginx', url: `http://127.0.0.1:${port}`, ...running }
}

const nginxConfig = (folder: string, port: number): string => `
daemon off; master_process off; pid ${folder}/nginx.pid;
events { worker_connections 512; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/nginx-${name};`).join(' ')}
  server {
    listen 127.0.0.1:${port}; root ${folder};
    location = /ready { return 200; }
    location = /page { gzip_static always; default_type application/vnd.pypi.simple.v1+json; }
  }
}
`
