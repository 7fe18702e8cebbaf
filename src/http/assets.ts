import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

/** Styles, fonts, the mark and the browser's scripts: read once, served from memory. */
export interface Assets {
  /** `/assets/HASH`, the hash of all of them: a page names the ones it was made with. */
  readonly base: string
  /** The file at `path` (`/assets/HASH/site.css`, `/favicon.ico`, `/robots.txt`), packed as `acceptEncoding` allows. */
  find(path: string, acceptEncoding?: string): Asset | undefined
}

export interface Asset {
  readonly body: Uint8Array<ArrayBuffer>
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Reads `assets/` and the compiled scripts in `dist/browser/`, as they lie beside this file's `src/` or `dist/`.
 * Throws when the scripts were not compiled.
 */
export async function loadAssets(): Promise<Assets> {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const files = new Map([...(await readFolder(join(root, 'assets'))), ...(await readFolder(join(root, 'dist/browser')))])
  if (!files.has('webauthn.js')) throw new Error('The scripts for browsers are not compiled: run `npm run build`.')
  return assetsOf(files)
}

type Encoding = 'br' | 'gzip' | 'identity'
type Packed = { readonly type: string; readonly etag: string; readonly bodies: ReadonlyMap<Encoding, Uint8Array<ArrayBuffer>> }

/** The files by name (`fonts/sans.woff2`). One whose ending has no type here is not served. */
export function assetsOf(files: ReadonlyMap<string, Uint8Array>): Assets {
  const base = `/assets/${hashOf([...files].sort(([a], [b]) => (a < b ? -1 : 1)).flat())}`
  const packed = new Map([...files].flatMap(([name, bytes]) => pack(name, bytes)))
  return {
    base,
    find(path, acceptEncoding = '') {
      const [, hash, name] = /^\/assets\/([0-9a-f]{16})\/(.{1,100})$/.exec(path) ?? []
      if (hash && name) return answer(packed.get(name), acceptEncoding, base.endsWith(hash) ? kept : checked)
      return atRoot.has(path) ? answer(packed.get(path.slice(1)), acceptEncoding, daily) : undefined
    },
  }
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

const atRoot: ReadonlySet<string> = new Set(['/favicon.ico', '/robots.txt'])

const kept = 'public, max-age=31536000, immutable'
const daily = 'public, max-age=86400'
/** A page of another version still gets its styles while servers are replaced, but nobody keeps them under its hash. */
const checked = 'no-cache'

function answer(file: Packed | undefined, acceptEncoding: string, cacheControl: string): Asset | undefined {
  const encoding = file && encodings.find((encoding) => file.bodies.has(encoding) && accepts(acceptEncoding, encoding))
  const body = encoding && file.bodies.get(encoding)
  if (!body) return undefined
  const headers = {
    'content-type': file.type,
    'content-length': String(body.length),
    'cache-control': cacheControl,
    etag: `"${file.etag}-${encoding}"`,
    'x-content-type-options': 'nosniff',
    ...(file.bodies.size > 1 && { vary: 'Accept-Encoding' }),
    ...(encoding !== 'identity' && { 'content-encoding': encoding }),
  }
  return { body, headers }
}

const encodings: readonly Encoding[] = ['br', 'gzip', 'identity']

/** RFC 9110 §12.5.3 as far as clients use it: a name in the list, not weighed as nothing. */
const accepts = (header: string, encoding: Encoding): boolean =>
  encoding === 'identity' ||
  header.split(',').some((item) => {
    const [name, weight = ''] = item.toLowerCase().split(';')
    return name?.trim() === encoding && !/^\s*q=0(\.0*)?\s*$/.test(weight)
  })

function pack(name: string, bytes: Uint8Array): [name: string, file: Packed][] {
  const type = types[extname(name)]
  if (!type) return []
  const bodies = new Map<Encoding, Uint8Array<ArrayBuffer>>([['identity', Uint8Array.from(bytes)]])
  const br = brotliCompressSync(bytes)
  if (br.length < bytes.length * 0.95) {
    bodies.set('br', Uint8Array.from(br))
    bodies.set('gzip', Uint8Array.from(gzipSync(bytes, { level: 9 })))
  }
  return [[name, { type, etag: hashOf([bytes]), bodies }]]
}

/** Lengths go in too, so that bytes can't wander from one part to the next unseen. */
function hashOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part)
  return hash.digest('hex').slice(0, 16)
}

async function readFolder(folder: string): Promise<[name: string, bytes: Uint8Array][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(paths.map(async (path) => [relative(folder, path).replaceAll(sep, '/'), await readFile(path)]))
}
