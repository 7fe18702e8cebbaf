import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileSize } from './file-size.ts'

test('sizes in words: two digits, units of 1000', () => {
  const words = [0, 999, 1000, 1234, 81_200, 999_900, 3_400_000, 5_000_000_000, 7e13].map(fileSize)
  assert.deepEqual(words, ['0 bytes', '999 bytes', '1.0 kB', '1.2 kB', '81 kB', '1000 kB', '3.4 MB', '5.0 GB', '70000 GB'])
})
