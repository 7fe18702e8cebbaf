import assert from 'node:assert/strict'
import { test } from 'node:test'
import { safeUrl } from './url.ts'

test('safeUrl: http, https and mailto, spelled as the URL standard does', () => {
  for (const [text, url] of [
    ['https://example.org', 'https://example.org/'],
    ['HTTP://EXAMPLE.org:80/a b?c#d', 'http://example.org/a%20b?c#d'],
    ['https://exämple.org/', 'https://xn--exmple-cua.org/'],
    ['mailto:a@example.org?subject=x', 'mailto:a@example.org?subject=x'],
    ['https:\\\\example.org\\x', 'https://example.org/x'],
  ] as const) {
    assert.equal(safeUrl(text), url)
    assert.equal(safeUrl(url), url)
  }
})

test('T98: safeUrl refuses every other scheme in every spelling, and what is relative', () => {
  for (const text of [
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' \u0001javascript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://example.org/1',
    'ftp://example.org/',
    '//example.org',
    '/x',
    'x.md',
    '#x',
    '?x',
    '',
    'https://',
    'example.org',
  ])
    assert.equal(safeUrl(text), undefined, text)
})

test('safeUrl refuses a user name, which makes one host look like another', () => {
  assert.equal(safeUrl('https://example.org@evil.example/'), undefined)
  assert.equal(safeUrl('https://:x@evil.example/'), undefined)
})

test('safeUrl refuses more than 2,048 characters, before and after it is spelled out', () => {
  const most = `https://example.org/${'a'.repeat(2028)}`
  assert.equal(safeUrl(most), most)
  assert.equal(safeUrl(`${most}a`), undefined)
  assert.equal(safeUrl(`https://example.org/${'ü'.repeat(1000)}`), undefined)
})
