import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPlainPath } from './plain-path.ts'

test('isPlainPath takes relative paths with any names', () => {
  for (const path of ['a', 'a/b c/d.py', '.hidden', 'a/...', 'setuptools/script (dev).tmpl', 'é/ü', 'aa:b', 'a'.repeat(4096)]) {
    assert.ok(isPlainPath(path), path)
  }
})

test('T149: isPlainPath refuses what leaves the folder, is spelled twice, or breaks lines', () => {
  const paths = [
    '',
    '/',
    '/a',
    'a/',
    'a//b',
    '.',
    '..',
    '../a',
    'a/../b',
    './a',
    'a/.',
    'a\\b',
    'C:/a',
    'c:a',
    'a\0',
    'a\nb',
    'a\u007f',
    'a\u0085b',
    'a\u2028b',
    'a'.repeat(4097),
  ]
  for (const path of paths) assert.ok(!isPlainPath(path), JSON.stringify(path))
})
