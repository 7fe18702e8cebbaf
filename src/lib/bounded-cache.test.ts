import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boundedCache } from './bounded-cache.ts'

test('what was not used goes first, in the order it came', () => {
  const cache = boundedCache<string>(30)
  for (const key of ['a', 'b', 'c']) cache.set(key, key.toUpperCase(), 10)
  assert.equal(cache.get('a'), 'A')
  cache.set('d', 'D', 10)
  assert.deepEqual([...cache.keys()], ['c', 'd', 'a'])
  cache.set('e', 'E', 20)
  assert.deepEqual([...cache.keys()], ['a', 'e'])
})

test('what is used all the time goes too when there is no other room', () => {
  const cache = boundedCache<string>(30)
  cache.set('a', 'A', 20)
  assert.equal(cache.get('a'), 'A')
  cache.set('b', 'B', 20)
  assert.deepEqual([...cache.keys()], ['a'])
  cache.set('c', 'C', 31)
  assert.deepEqual([...cache.keys()], [])
})

test('replaced and deleted values give their room back', () => {
  const cache = boundedCache<string>(30)
  for (let n = 0; n < 10; n++) cache.set('a', String(n), 10)
  cache.set('b', 'B', 10)
  cache.delete('b')
  cache.delete('b')
  cache.set('c', 'C', 20)
  assert.deepEqual([cache.get('a'), cache.get('b'), cache.get('c')], ['9', undefined, 'C'])
})
