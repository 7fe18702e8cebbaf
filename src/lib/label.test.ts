import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseLabel } from './label.ts'

for (const text of ['a', 'Blue one', 'x'.repeat(64), 'Schlüssel 🔑', '  spaced  ']) {
  test(`label: ${text} is one, without the space around it`, () => assert.equal(parseLabel(text), text.trim()))
}

test('label: NFC, so that two keyboards type the same name', () => assert.equal(parseLabel('cafe\u0301'), 'café'))

const refused: Record<string, string> = {
  empty: '',
  'only space': '   ',
  '65 characters': 'x'.repeat(65),
  'two lines': 'a\nb',
  'a line separator': 'a\u2028b',
  'a terminal’s escape (T201)': 'a\u001b[31m',
  'turned round': 'a\u202eb',
  NUL: 'a\0b',
  'space that nobody typed (T171: NFC takes seconds for long rows of accents)': `${' '.repeat(1024)}a`,
}
for (const [name, text] of Object.entries(refused)) {
  test(`label: refused: ${name}`, () => assert.equal(parseLabel(text), undefined))
}
