import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseSpecifiers } from './specifiers.ts'

test('parseSpecifiers keeps each operator with its text', () => {
  assert.deepEqual(parseSpecifiers('>=3.9, != 3.9.* ,<4,'), [
    { operator: '>=', version: '3.9' },
    { operator: '!=', version: '3.9.*' },
    { operator: '<', version: '4' },
  ])
  assert.deepEqual(parseSpecifiers(''), [])
})

test('parseSpecifiers takes for each operator what PEP 440 allows it', () => {
  const taken = ['==1.0', '==1.0+local', '!=1!2.0.*', '~=1.0', '~=2.2.post3', '<=1.0rc1', '>1.0.dev1', '===whatever!', '=== 1.0', '>=v1']
  for (const text of taken) assert.equal(parseSpecifiers(text)?.length, 1, text)
})

test('parseSpecifiers refuses the rest', () => {
  const refused = [
    '1.0',
    '=1.0',
    '>=',
    '===',
    '>=1.*',
    '~=1',
    '~=1.0.*',
    '~=1.0+a',
    '<1.0+a',
    '==1.0rc1.*',
    '==1.0+a.*',
    '==1.*.*',
    '==1.0-1.*',
    '==1 .*',
  ]
  const sets = ['>=1,,<2', ',', ',>=1', '>=1 <2', '>=1;<2', '>=1 or <2', '==(1.0)', '===a b', '>=1.0\u0000', '> =1']
  for (const text of [...refused, ...sets]) assert.equal(parseSpecifiers(text), undefined, text)
})

test('T171: fifty thousand characters are refused, and four thousand read', () => {
  for (const text of ['>=1,', '=', '>', ' ', ',', '===', '1.', '~=1.0']) assert.equal(parseSpecifiers(text.repeat(50_000)), undefined, text)
  assert.equal(parseSpecifiers('>=1,'.repeat(1024))?.length, 1024)
})
