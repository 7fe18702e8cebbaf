import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHeaders } from './headers.ts'

const problem = (text: string): string => {
  const found = readHeaders(text)
  return 'problem' in found ? found.problem : assert.fail(`${JSON.stringify(text)} was read`)
}

test('readHeaders: names in lower case, folded values with their lines, the rest is the body', () => {
  assert.deepEqual(readHeaders('Name: a\r\nLICENSE: one\n  two\n\tthree\n \nX:\n\nbody: b\r\r\n\nend'), {
    headers: [
      { name: 'name', value: 'a' },
      { name: 'license', value: 'one\n  two\n\tthree\n ' },
      { name: 'x', value: '' },
    ],
    body: 'body: b\r\r\n\nend',
  })
  assert.deepEqual(readHeaders('A: b'), { headers: [{ name: 'a', value: 'b' }], body: '' })
})

test('readHeaders refuses what readers of metadata understand differently', () => {
  assert.match(problem('Summary: a\rRequires-Dist: evil\n'), /^Line 1 holds a carriage return/)
  assert.match(problem('Name: a\nnot a header\nVersion: 1\n'), /^Line 2 isn't a header/)
  assert.match(problem('Name : a\n'), /^Line 1 isn't a header/)
  assert.match(problem(': a\n'), /^Line 1 isn't a header/)
  assert.match(problem('\ufeffName: a\n'), /^Line 1 isn't a header/)
  assert.match(problem('From somebody\n'), /^Line 1 isn't a header/)
  assert.match(problem('Näme: a\n'), /^Line 1 isn't a header/)
  assert.match(problem(' Name: a\n'), /^Line 1 is indented/)
  assert.match(problem('Name: a\nContent-Transfer-Encoding: base64\n\nYQ=='), /^Line 2 is the header Content-Transfer-Encoding/)
  assert.match(problem('Name: a\n\nbody \0'), /NUL/)
})

test('T167: more than 5,000 headers are refused', () => {
  assert.ok(!('problem' in readHeaders('A: b\n'.repeat(5000))))
  assert.match(problem('A: b\n'.repeat(5001)), /^Line 5001 is header number 5001/)
})
