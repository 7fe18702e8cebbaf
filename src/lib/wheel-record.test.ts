import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { parseRecord } from './wheel-record.ts'

const digest = (algorithm: string): string => createHash(algorithm).update('x').digest('base64url')
const sha256 = digest('sha256')
const record = (...lines: string[]) => parseRecord(new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')))

test('parseRecord reads paths, digests and sizes, and RECORD without them', () => {
  const { entries, problems } = record(
    `a.py,sha256=${sha256},12`,
    `b.py,sha512=${digest('sha512')},`,
    'a-1.dist-info/RECORD,,',
    'a-1.dist-info/RECORD.jws,,',
  )
  assert.deepEqual(problems, [])
  assert.deepEqual(entries, [
    { path: 'a.py', algorithm: 'sha256', digest: sha256, size: 12 },
    { path: 'b.py', algorithm: 'sha512', digest: digest('sha512'), size: undefined },
    { path: 'a-1.dist-info/RECORD', algorithm: undefined, digest: undefined, size: undefined },
    { path: 'a-1.dist-info/RECORD.jws', algorithm: undefined, digest: undefined, size: undefined },
  ])
})

test('parseRecord reads quoted fields, either end of line, and no end of line at all', () => {
  const text = `"a,b ""c"".py",sha256=${sha256},1\r\n"d.py","sha256=${sha256}","2"\r\né.py,sha384=${digest('sha384')},3`
  const { entries, problems } = parseRecord(new TextEncoder().encode(text))
  assert.deepEqual(problems, [])
  assert.deepEqual(
    entries.map(({ path, size }) => [path, size]),
    [
      ['a,b "c".py', 1],
      ['d.py', 2],
      ['é.py', 3],
    ],
  )
})

test('T159: parseRecord refuses lines that are none, paths that leave the wheel, missing and weak digests', () => {
  const good = `sha256=${sha256}`
  const table = {
    'a.py': /isn't 'path/,
    [`a.py,${good}`]: /isn't 'path/,
    [`a.py,${good},1,`]: /isn't 'path/,
    '': /isn't 'path/,
    [`a"b,${good},1`]: /isn't 'path/,
    [`"a,${good},1`]: /isn't 'path/,
    [`../a.py,${good},1`]: /isn't a path/,
    [`/a.py,${good},1`]: /isn't a path/,
    [`a\\b,${good},1`]: /isn't a path/,
    [`a/,${good},1`]: /isn't a path/,
    [`,${good},1`]: /isn't a path/,
    [`a.py,${good},-1`]: /as a size/,
    [`a.py,${good},1e3`]: /as a size/,
    'a.py,,1': /no hash/,
    'b/a-1.dist-info/RECORD,,': /no hash/,
    [`a.py,md5=${digest('md5')},1`]: /no hash/,
    'a.py,constructor=x,1': /no hash/,
    [`a.py,SHA256=${sha256},1`]: /no hash/,
    [`a.py,${good}=,1`]: /isn't sha256/,
    [`a.py,sha512=${sha256},1`]: /isn't sha512/,
    'a.py,sha256=,1': /isn't sha256/,
    [`a.py,sha256=${'x'.repeat(42)}B,1`]: /isn't sha256/,
    [`a.py,sha256=${sha256.slice(0, -1)}+,1`]: /isn't sha256/,
  }
  for (const [line, expected] of Object.entries(table)) {
    const { entries, problems } = record(line)
    assert.deepEqual(entries, [], line)
    assert.match(problems.join(), expected, line)
  }
})

test('parseRecord refuses a path listed twice, bytes that are no UTF-8, and stops at 20 problems', () => {
  assert.match(record(`a,sha256=${sha256},1`, `a,sha256=${sha256},1`).problems.join(), /^Line 2 of RECORD lists 'a' again/)
  assert.match(parseRecord(Uint8Array.of(0xff)).problems.join(), /UTF-8/)
  assert.equal(record(...Array(100).fill('x')).problems.length, 20)
})
