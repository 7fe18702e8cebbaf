import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRange } from './byte-range.ts'

const of1000: [header: string, range: [start: number, end: number] | 'unsatisfiable' | undefined][] = [
  ['bytes=0-0', [0, 1]],
  ['bytes=0-99', [0, 100]],
  ['bytes=100-', [100, 1000]],
  ['bytes=0-', [0, 1000]],
  ['bytes=999-', [999, 1000]],
  ['bytes=990-2000', [990, 1000]],
  ['bytes=-1', [999, 1000]],
  ['bytes=-1000', [0, 1000]],
  ['bytes=-5000', [0, 1000]],
  ['Bytes= 5-6 ', [5, 7]],
  ['bytes=1000-', 'unsatisfiable'],
  ['bytes=1000-1001', 'unsatisfiable'],
  ['bytes=999999999999999-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=5-4', undefined],
  ['bytes=-', undefined],
  ['bytes=', undefined],
  ['bytes=0-1,5-6', undefined],
  ['bytes=0x1-5', undefined],
  ['bytes=--5', undefined],
  ['bytes=1-2-3', undefined],
  ['bytes=9999999999999999-', undefined],
  ['items=0-5', undefined],
  ['', undefined],
]
for (const [header, range] of of1000) {
  test(`Range: ${header} of 1000 bytes → ${range ?? 'the whole'}`, () => {
    const expected = Array.isArray(range) ? { start: range[0], end: range[1] } : range
    assert.deepEqual(parseRange(header, 1000), expected)
  })
}

test('nothing has no parts', () => {
  for (const header of ['bytes=0-', 'bytes=0-0', 'bytes=-5']) assert.equal(parseRange(header, 0), 'unsatisfiable')
})
