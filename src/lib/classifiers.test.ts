import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isClassifier, replacementsOf } from './classifiers.ts'

test('isClassifier knows the list, letter by letter', () => {
  assert.ok(isClassifier('Programming Language :: Python :: 3'))
  for (const text of ['programming language :: python :: 3', 'Programming Language::Python', 'constructor', ''])
    assert.ok(!isClassifier(text), text)
})

test('replacementsOf: what to use for a deprecated classifier, which isClassifier refuses', () => {
  assert.deepEqual(replacementsOf('Natural Language :: Ukranian'), ['Natural Language :: Ukrainian'])
  assert.deepEqual(replacementsOf('License :: OSI Approved :: Jabber Open Source License'), [])
  assert.equal(replacementsOf('Programming Language :: Python :: 3'), undefined)
  assert.ok(!isClassifier('Natural Language :: Ukranian'))
})
