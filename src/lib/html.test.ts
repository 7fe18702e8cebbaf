import assert from 'node:assert/strict'
import { test } from 'node:test'
import { escapeHtml, plainText } from './html.ts'

test('escapeHtml: what is special in content and attributes is spelled out', () => {
  assert.equal(escapeHtml(`<a b="c">'&amp;`), `&lt;a b=&quot;c&quot;&gt;'&amp;amp;`)
})

test('escapeHtml: line ends are one line feed; controls and half characters, which a parser would change, go', () => {
  assert.equal(escapeHtml('a\r\nb\rc\td\0\u0001\u007f\u0085e\ud800'), 'a\nb\nc\tde\ufffd')
})

test('plainText: one block that starts where the text starts', () => {
  assert.equal(plainText('\n<b>'), '<pre class="plain">\n\n&lt;b&gt;</pre>')
})
