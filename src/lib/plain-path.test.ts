import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPlainPath } from './plain-path.ts'

test('isPlainPath takes relative paths with any names', () => {
  const paths = ['a', 'a/b c/d.py', '.hidden', '..a', ' a', 'setuptools/script (dev).tmpl', 'é/ü', 'a<>"|?*b', 'a'.repeat(4096)]
  const nearly = ['console.py', 'aux_.c', 'a/nul-test', 'com0', 'com10.py', 'lpt', 'xcon', '_aux.py', 'a.con', 'con-1.0/x']
  for (const path of [...paths, ...nearly]) assert.ok(isPlainPath(path), path)
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

test('T158: isPlainPath refuses what is another file, or none, on Windows', () => {
  const paths = ['a.py.', 'a.py ', 'a./b', 'a /b', 'a/...', 'aa:b.py', 'a/b.py:stream', 'con', 'CON.py', 'a/aux/b', 'nul.tar.gz']
  for (const path of [...paths, 'prn.c', 'COM1', 'lpt9.txt', 'com².txt', 'nul .txt']) assert.ok(!isPlainPath(path), path)
})
