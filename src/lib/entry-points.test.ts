import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseEntryPoints } from './entry-points.ts'

const read = (text: string) => parseEntryPoints(new TextEncoder().encode(text))
const problems = (text: string): string => read(text).problems.join(' ')

test('parseEntryPoints reads groups and entries, with comments and blank lines', () => {
  const text =
    '# made by a tool\n\n[console_scripts]\r\ndemo = demo.cli:main\ndemo-é.2=demo : cli.run [extra]\n\n[pytest11]\n  demo = demo.plugin\n'
  assert.deepEqual(read(text), {
    entryPoints: [
      { group: 'console_scripts', name: 'demo', value: 'demo.cli:main' },
      { group: 'console_scripts', name: 'demo-é.2', value: 'demo : cli.run [extra]' },
      { group: 'pytest11', name: 'demo', value: 'demo.plugin' },
    ],
    problems: [],
  })
  assert.deepEqual(read(''), { entryPoints: [], problems: [] })
})

test('parseEntryPoints refuses scripts whose name or value an installer would turn into something else (UP-98)', () => {
  for (const name of ['a/b', '..', 'a b', '../a', 'a\\b', 'a:b', '"a"'])
    assert.match(problems(`[gui_scripts]\n${name} = a:b`), /names a script/, name)
  for (const value of ['a', 'a:', ':b', 'a:b()', 'a b:c', 'a-b:c', 'a:b; import os', 'a:b [x] y', '']) {
    assert.match(problems(`[console_scripts]\nx = ${value}`), /the value/, value)
  }
})

test('parseEntryPoints refuses lines that the readers in use understand differently', () => {
  const table = {
    'a = b': /before the first/,
    '[a]\nb': /use 'name = value'/,
    '[a]\n= b': /use 'name = value'/,
    '[a]\n; b = c': /'#' for a comment/,
    '[a\nb = c': /before the first/,
    '[a]\nb = c\nb = d': /second time/,
    '[a]\nb = c\n[x]\n[a]\nb = d': /second time/,
    '[DEFAULT]\na = b': /DEFAULT/,
    '[a]\nb = c\n  d = e': /Line 3 .* indented/,
    '[a]\nb = c\u2028[console_scripts]': /line separator/,
    '[a]\nb = c\rd = e': /control/,
    '[a]\nb\0 = c': /control/,
  }
  for (const [text, expected] of Object.entries(table)) assert.match(problems(text), expected, text)
  assert.match(parseEntryPoints(Uint8Array.of(0xff)).problems.join(), /UTF-8/)
})

test('T171: fifty thousand characters come to an end, with at most 20 problems', () => {
  for (const text of ['a.', '[', 'a:', ' ', 'a\n', '[a]\n']) {
    assert.ok(read(`[console_scripts]\nx = a${text.repeat(50_000 / text.length)}!`).problems.length <= 20)
  }
  assert.equal(read('a\n'.repeat(25_000)).problems.length, 20)
})
