import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalLicense } from './spdx.ts'

test('canonicalLicense spells identifiers and operators as SPDX does (PEP 639)', () => {
  const table = {
    mit: 'MIT',
    'mit or apache-2.0': 'MIT OR Apache-2.0',
    'MIT  and ( Apache-2.0 Or bsd-2-clause )': 'MIT AND (Apache-2.0 OR BSD-2-Clause)',
    '((mit))': '((MIT))',
    'gpl-3.0-or-later with gcc-exception-3.1': 'GPL-3.0-or-later WITH GCC-exception-3.1',
    'gpl-2.0+': 'GPL-2.0+',
    'apache-2.0+': 'Apache-2.0+',
    'licenseref-My.Own-1 OR MIT': 'LicenseRef-My.Own-1 OR MIT',
    'LGPL-2.1-only WITH CGAL-linking-exception': 'LGPL-2.1-only WITH CGAL-linking-exception',
    'agpl-3.0': 'AGPL-3.0',
  }
  for (const [text, canonical] of Object.entries(table)) assert.equal(canonicalLicense(text), canonical, text)
})

test('canonicalLicense refuses unknown identifiers and sentences that are none', () => {
  const unknown = [
    '',
    ' ',
    'Apache License 2.0',
    'BSD',
    'GPL',
    'Proprietary',
    'DocumentRef-x:LicenseRef-y',
    'LicenseRef-',
    'LicenseRef-a_b',
    'LicenseRef-a+',
  ]
  const broken = [
    'MIT MIT',
    'MIT OR',
    'OR MIT',
    'MIT AND OR MIT',
    '(MIT',
    'MIT)',
    '()',
    'MIT ()',
    'MIT (MIT)',
    'MIT/ISC',
    'MIT, ISC',
    'NOT MIT',
    'MIT WITH',
    '+',
  ]
  const exceptions = [
    'MIT WITH MIT',
    'MIT WITH nope',
    'WITH GCC-exception-3.1',
    '(MIT) WITH GCC-exception-3.1',
    'GCC-exception-3.1',
    'MIT WITH GCC-exception-3.1 WITH GCC-exception-3.1',
  ]
  for (const text of [...unknown, ...broken, ...exceptions]) assert.equal(canonicalLicense(text), undefined, text)
})

test('T171: fifty thousand characters come to an end', () => {
  for (const text of ['(', 'MIT OR ', ' ', 'x', 'MIT WITH ']) assert.equal(canonicalLicense(text.repeat(50_000 / text.length)), undefined)
})
