import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isKnown, isSame, isUnmodified } from './conditional.ts'

test('If-None-Match: one of the list, weak or strong, or anything', () => {
  for (const known of ['"a"', 'W/"a"', '*', '"b", "a"', '"b",W/"a" , "c"', '"x,y", "a"']) assert.equal(isKnown(known, '"a"'), true, known)
  for (const other of ['', 'a', '"b"', '"a', 'a"', '"A"', '"b", "c"', '"a-gzip"', '"*"', '"b"a"c"'])
    assert.equal(isKnown(other, '"a"'), false, other)
  assert.equal(isKnown('"'.repeat(50_000), '"a"'), false)
})

test('If-Modified-Since: the second of the change or later; no date says nothing', () => {
  const changed_at = Date.UTC(2026, 10, 22, 9, 0, 0, 500)
  assert.equal(isUnmodified('Sun, 22 Nov 2026 09:00:00 GMT', changed_at), true)
  assert.equal(isUnmodified('Sun, 22 Nov 2026 08:59:59 GMT', changed_at), false)
  assert.equal(isUnmodified('yesterday', changed_at), false)
})

test('If-Range: the strong ETag or the very date', () => {
  const date = 'Sun, 22 Nov 2026 09:00:00 GMT'
  for (const same of ['"a"', date]) assert.equal(isSame(same, '"a"', date), true, same)
  for (const other of ['W/"a"', '"b"', '"a", "b"', '*', '', 'Sun, 22 Nov 2026 09:00:01 GMT'])
    assert.equal(isSame(other, '"a"', date), false, other)
})
