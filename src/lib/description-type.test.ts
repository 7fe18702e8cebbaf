import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseDescriptionType } from './description-type.ts'

test('parseDescriptionType reads the type and the variant of Markdown (UP-27)', () => {
  const gfm = { type: 'text/markdown', variant: 'GFM' }
  for (const text of [
    'text/markdown',
    'TEXT/Markdown;',
    'text/markdown; charset=UTF-8; variant=GFM',
    'text/markdown;Charset="utf-8"',
    'text/markdown; x=y',
  ]) {
    assert.deepEqual(parseDescriptionType(text), gfm, text)
  }
  assert.deepEqual(parseDescriptionType('text/markdown; variant = "CommonMark"'), { type: 'text/markdown', variant: 'CommonMark' })
  assert.equal(parseDescriptionType('text/x-rst; charset=UTF-8')?.type, 'text/x-rst')
  assert.equal(parseDescriptionType('text/plain; variant=x')?.type, 'text/plain')
})

test('parseDescriptionType refuses other types, charsets, variants, and parameters given twice or badly', () => {
  const texts = [
    '',
    'text/html',
    'markdown',
    'text/markdown, text/plain',
    'text/markdown charset=UTF-8',
    'text/markdown; variant=gfm',
    'text/markdown; charset',
    'text/x-rst; charset=latin-1',
  ]
  const parameters = ['charset=utf8', 'charset="utf-8', 'charset=utf-8; charset=utf-8', 'charset=', '=x', 'a=b c']
  for (const text of [...texts, ...parameters.map((parameter) => `text/markdown; ${parameter}`)])
    assert.equal(parseDescriptionType(text), undefined, text)
})
