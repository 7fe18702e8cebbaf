import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { type Asset, assetsOf, loadAssets } from './assets.ts'

const css = Buffer.from('a { color: red }\n'.repeat(100))
const sample = new Map([
  ['site.css', css],
  ['fonts/sans.woff2', Buffer.from('wOF2')],
  ['robots.txt', Buffer.from('User-agent: *\n')],
  ['notes.md', Buffer.from('# Notes')],
])
const assets = assetsOf(sample)

function found(path: string, acceptEncoding?: string): Asset {
  return assets.find(path, acceptEncoding) ?? assert.fail(`${path} is not there`)
}

test('a file comes under the hash of the set, to be kept for ever', () => {
  assert.match(assets.base, /^\/assets\/[0-9a-f]{16}$/)
  const { body, headers } = found(`${assets.base}/site.css`)
  assert.deepEqual(Buffer.from(body), css)
  assert.equal(headers['content-type'], 'text/css; charset=utf-8')
  assert.equal(headers['content-length'], String(css.length))
  assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable')
  assert.equal(headers['x-content-type-options'], 'nosniff')
  assert.equal(headers['content-encoding'], undefined)
  assert.equal(headers.vary, 'Accept-Encoding')
})

test('a file is packed as the client allows, each packing with its own strong ETag', () => {
  const table: [accept: string, encoding: string | undefined, unpack: (body: Uint8Array) => Buffer][] = [
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip, deflate', 'gzip', gunzipSync],
    ['br;q=0, GZIP;q=0.5', 'gzip', gunzipSync],
    ['br; q=0.000', undefined, Buffer.from],
    ['brotli, xgzip', undefined, Buffer.from],
    ['', undefined, Buffer.from],
  ]
  for (const [accept, encoding, unpack] of table) {
    const { body, headers } = found(`${assets.base}/site.css`, accept)
    assert.equal(headers['content-encoding'], encoding, accept)
    assert.equal(headers.etag?.replace(/^"[0-9a-f]{16}-/, ''), `${encoding ?? 'identity'}"`)
    assert.deepEqual(unpack(body), css)
  }
})

test('what packing does not make smaller is sent as it is, and does not vary', () => {
  const { headers } = found(`${assets.base}/fonts/sans.woff2`, 'br, gzip')
  assert.equal(headers['content-type'], 'font/woff2')
  assert.equal(headers['content-encoding'], undefined)
  assert.equal(headers.vary, undefined)
})

test('under the hash of another version a file is there, but not kept', () => {
  assert.equal(found('/assets/0123456789abcdef/site.css').headers['cache-control'], 'no-cache')
})

test('robots.txt lies at the root, and nothing else does', () => {
  assert.equal(found('/robots.txt').headers['cache-control'], 'public, max-age=86400')
  assert.equal(assets.find('/site.css'), undefined)
})

test('unknown names, other types and ways out of the folder are not there', () => {
  const paths = [
    'nope.css',
    'notes.md',
    '../package.json',
    '..%2fpackage.json',
    'fonts',
    'fonts/',
    '__proto__',
    '',
    `${'a/'.repeat(25_000)}site.css`,
  ]
  for (const path of paths) assert.equal(assets.find(`${assets.base}/${path}`), undefined, path.slice(0, 40))
  assert.equal(assets.find('/assets/site.css'), undefined)
  assert.equal(assets.find(`${assets.base}/site.css`, 'gzip,'.repeat(10_000))?.headers['content-encoding'], 'gzip')
})

test('the hash of the set follows every name and every byte, not the order of reading', () => {
  const changed = new Map(sample).set('site.css', Buffer.concat([css, Buffer.from(' ')]))
  const renamed = new Map([...sample].map(([name, bytes]) => [name.replace('site', 'sites'), bytes]))
  const shifted = new Map(sample).set('robots.txt', Buffer.from('User-agent: *\n8:')).set('site.css', css)
  const bases = [sample, changed, renamed, shifted].map((files) => assetsOf(files).base)
  assert.equal(new Set(bases).size, 4)
  assert.equal(assetsOf(new Map([...sample].reverse())).base, assets.base)
})

test('everything that pages name is loaded, and every address in the styles leads to a file', async () => {
  const { base, find } = await loadAssets()
  for (const name of ['tokens.css', 'site.css', 'mark.svg', 'buttons.js', 'webauthn.js']) assert.ok(find(`${base}/${name}`), name)
  assert.equal(find('/favicon.ico')?.headers['content-type'], 'image/x-icon')
  const styles = ['tokens.css', 'site.css'].map((name) => Buffer.from(find(`${base}/${name}`)?.body ?? []).toString()).join('')
  const addresses = [...styles.matchAll(/url\("([^"]+)"\)/g)].map(([, address]) => address)
  assert.ok(addresses.length >= 2)
  for (const address of addresses) assert.ok(find(`${base}/${address}`), address)
})
