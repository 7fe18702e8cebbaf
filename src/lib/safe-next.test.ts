import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { safeNext } from './safe-next.ts'

const origin = 'https://index.example'
const fallback = '/manage/account/'

const local: Record<string, string> = {
  '/': '/',
  '/manage/projects/': '/manage/projects/',
  '/search/?q=a%20b&page=2#top': '/search/?q=a%20b&page=2#top',
  '/a/../b/./c': '/b/c',
  '/%2f%2fe': '/%2f%2fe',
  '/%0d%0aSet-Cookie:x': '/%0d%0aSet-Cookie:x',
  '/%5ce': '/%5ce',
  '/é ü': '/%C3%A9%20%C3%BC',
  '/x?next=//evil.example': '/x?next=//evil.example',
  '/@evil.example': '/@evil.example',
  '/https://evil.example': '/https://evil.example',
}
for (const [text, expected] of Object.entries(local)) {
  test(`next: ${text} stays`, () => assert.equal(safeNext(text, origin, fallback), expected))
}

const elsewhere = [
  '',
  '//evil.example',
  '///evil.example',
  '////evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '\\/evil.example',
  '/\\/evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r\n/evil.example',
  '\t//evil.example',
  ' //evil.example',
  ' /manage/',
  '/\0/evil.example',
  'https:evil.example',
  'https:/evil.example',
  'https://evil.example',
  'https://index.example/',
  'https://index.example.evil.example/',
  'https://index.example@evil.example/',
  'http://index.example/',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  '\x01javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'evil.example',
  '%2f%2fevil.example',
  '%5cevil.example',
  './/evil.example',
  '/..//evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/%2e%2e//evil.example',
  '/%2e//evil.example',
  '/manage/\r\nSet-Cookie: x=y',
  '/manage/\x85',
  '/manage/\x7f',
  '?q',
  '#x',
  '/\u2028/..//evil.example',
  '//',
  '/\\',
  `/${'x'.repeat(50_000)}`,
  '/'.repeat(50_000),
]
for (const text of elsewhere) {
  test(`next: ${JSON.stringify(text.slice(0, 50))} leads home (T96)`, () => assert.equal(safeNext(text, origin, fallback), fallback))
}

test('next: none at all leads home', () => assert.equal(safeNext(undefined, origin, fallback), fallback))

test('next: whatever is typed, a browser on our page stays on our site, and no header is split (T96)', () => {
  const piece = fc.constantFrom(
    '/',
    '//',
    '\\',
    '.',
    '..',
    '%2f',
    '%5c',
    '%2e',
    '\t',
    '\n',
    '\r',
    '\0',
    ' ',
    '@',
    ':',
    '?',
    '#',
    'https:',
    'javascript:',
    'evil.example',
    'é',
    '\ud800',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
        fc.webUrl(),
        fc.string(),
      ),
      (text) => {
        const next = safeNext(text, origin, fallback)
        assert.match(next, /^\/(?![/\\])[!-~]*$/)
        assert.equal(new URL(next, origin).origin, origin)
      },
    ),
    { numRuns: 1000 },
  )
})
