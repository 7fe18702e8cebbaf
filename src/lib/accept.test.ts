import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acceptsGzip, negotiate, typeOfFormat } from './accept.ts'

const pip = 'application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01'
const uv = 'application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01'
const pyx = 'application/vnd.pyx.simple.v1+msgpack, application/vnd.pyx.simple.v1+json;q=0.9, application/vnd.pypi.simple.v1+json;q=0.8'

const vectors: [accept: string, type: 'json' | 'html' | 'text' | undefined][] = [
  ['', 'text'],
  ['*/*', 'text'],
  [pip, 'json'],
  [uv, 'json'],
  [`${pyx}, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01`, 'json'],
  ['text/html', 'text'],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text'],
  ['text/html;q=0.5, application/vnd.pypi.simple.v1+html', 'html'],
  ['application/*', 'json'],
  ['application/*;q=0.5, text/html;q=0.4', 'json'],
  ['text/*;q=0.1, application/json', 'text'],
  ['*/*;q=0.1, application/vnd.pypi.simple.v1+json;q=0', 'text'],
  ['application/vnd.pypi.simple.latest+json', 'json'],
  ['application/vnd.pypi.simple.v1+json; charset=utf-8', 'json'],
  ['application/json', undefined],
  ['application/vnd.pypi.simple.v2+json', undefined],
  ['image/png', undefined],
  ['text/html;q=0', undefined],
  // beyond the table of the standards page
  ['APPLICATION/VND.PYPI.SIMPLE.V1+JSON;Q=0.2, Text/HTML ; Q=0.1', 'json'],
  ['application/vnd.pypi.simple.latest+html', 'html'],
  ['application/*, application/vnd.pypi.simple.v1+json;q=0', 'html'],
  ['application/*;q=0, */*', 'text'],
  ['text/html, */*', 'text'],
  ['application/vnd.pypi.simple.v1+html, */*', 'html'],
  ['*/*, application/vnd.pypi.simple.v1+json;q=0.5', 'text'],
  ['text/html;q=0.5, application/vnd.pypi.simple.v1+json;q=0.5', 'json'],
  ['text/html;q=nonsense, application/vnd.pypi.simple.v1+html;q=0.001', 'html'],
  ['text/html;q=1.1, application/vnd.pypi.simple.v1+html;q=0.1', 'html'],
  ['text/html;q=0.0001, application/vnd.pypi.simple.v1+html;q=0.1', 'html'],
  ['text/html;q=-1, application/vnd.pypi.simple.v1+html;q=0.1', 'html'],
  ['application/vnd.pypi.simple.v1+json;q=0.3;level=1, text/html;level=2;q=0.4', 'text'],
  [', ,', 'text'],
  ['nonsense', 'text'],
  ['__proto__, constructor/x', undefined],
]
for (const [accept, type] of vectors) {
  test(`Accept: ${accept || '(nothing)'} → ${type ?? '406'} (A.3)`, () => assert.equal(negotiate(accept), type))
}

test('?format= takes one media type, with its plus or the space that a form makes of it', () => {
  assert.equal(typeOfFormat('application/vnd.pypi.simple.v1+json'), 'json')
  assert.equal(typeOfFormat('application/vnd.pypi.simple.latest json'), 'json')
  assert.equal(typeOfFormat('application/vnd.pypi.simple.v1 html'), 'html')
  assert.equal(typeOfFormat('text/html'), 'text')
  for (const other of ['', 'json', '*/*', 'text/*', 'application/json', 'text/html, text/plain', 'text/html;q=1'])
    assert.equal(typeOfFormat(other), undefined, other)
})

test('gzip is taken when it is named, or all is, unless weighed as nothing', () => {
  for (const yes of ['gzip', 'gzip, deflate', 'gzip, deflate, zstd', 'br;q=1.0, GZIP;q=0.8', '*', 'deflate, *;q=0.1'])
    assert.equal(acceptsGzip(yes), true, yes)
  for (const no of ['', 'identity', 'br, deflate', 'gzip;q=0', 'gzip; q=0.000, *', 'xgzip', 'gzip;q=x'])
    assert.equal(acceptsGzip(no), false, no)
})

test('headers of 50 kB are read to the end (T171)', () => {
  assert.equal(negotiate('*/*,'.repeat(12_500)), 'text')
  assert.equal(negotiate('a/b;'.repeat(12_500)), undefined)
  assert.equal(negotiate(`text/html${';q=0'.repeat(12_500)}`), undefined)
  assert.equal(acceptsGzip(`${'\t'.repeat(50_000)}gzip`), true)
})
