import assert from 'node:assert/strict'
import { test } from 'node:test'
import { remember } from './remember.ts'

test('a text is read once, `undefined` too, until there are too many', () => {
  const read: string[] = []
  const known = remember((text) => {
    read.push(text)
    return text === 'none' ? undefined : text.length
  }, 2)
  assert.deepEqual([known('a'), known('none'), known('a'), known('none')], [1, undefined, 1, undefined])
  assert.deepEqual(read, ['a', 'none'])
  assert.deepEqual([known('new'), known('a')], [3, 1])
  assert.deepEqual(read, ['a', 'none', 'new', 'a'])
})
