import assert from 'node:assert/strict'
import { test } from 'node:test'
import { oneLine } from './one-line.ts'

test('oneLine: line ends, controls, direction marks and what is invisible become one space', () => {
  const table: [text: string, line: string][] = [
    ['Subject\r\nBcc: x@evil.example', 'Subject Bcc: x@evil.example'],
    ['a\nb\rc\u2028d\u2029e\u0085f\vg', 'a b c d e f g'],
    ['\0\t a \u202eb\u2066 \u200b\ufeff\u00adc ', 'a b c'],
    ['unpaired \ud800 half', 'unpaired half'],
    ['Grüße an Žofie, 东京', 'Grüße an Žofie, 东京'],
  ]
  for (const [text, line] of table) assert.equal(oneLine(text), line)
})
