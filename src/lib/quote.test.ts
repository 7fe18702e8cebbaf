import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quote } from './quote.ts'

test('quote shortens, and spells out what would be invisible or turn the line', () => {
  assert.equal(quote('é and ✓'), "'é and ✓'")
  assert.equal(quote('a\r\nb\0\u202ec\u200bd\u2028\ud800'), "'a\\u{d}\\u{a}b\\u{0}\\u{202e}c\\u{200b}d\\u{2028}\\u{d800}'")
  assert.equal(quote('x'.repeat(61)), `'${'x'.repeat(57)}...'`)
  assert.equal(quote('x'.repeat(61), 100), `'${'x'.repeat(61)}'`)
})
