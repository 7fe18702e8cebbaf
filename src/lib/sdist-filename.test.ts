import assert from 'node:assert/strict'
import { test } from 'node:test'
import { versionText } from './pep440.ts'
import { parseSdistFilename } from './sdist-filename.ts'

function problem(filename: string): string {
  const found = parseSdistFilename(filename)
  return 'problem' in found ? found.problem : assert.fail(`${filename} was read`)
}

test('parseSdistFilename reads the one spelling of PEP 625', () => {
  const found = parseSdistFilename('zope_interface-1.0.0rc1.tar.gz')
  if ('problem' in found) assert.fail(found.problem)
  assert.deepEqual([found.name, versionText(found.version)], ['zope-interface', '1.0.0rc1'])
})

test('other spellings are refused with the name that is expected (UP-88, UP-89)', () => {
  const table = {
    'fl-demo-0.1.tar.gz': 'fl_demo-0.1.tar.gz',
    'Zope.Interface-1.0.tar.gz': 'zope_interface-1.0.tar.gz',
    'a__b-1.tar.gz': 'a_b-1.tar.gz',
    'a-1.0.0.RC.1.tar.gz': 'a-1.0.0rc1.tar.gz',
    'a-v01.tar.gz': 'a-1.tar.gz',
    'a-1.0dev.tar.gz': 'a-1.0.dev0.tar.gz',
    [`${'a_'.repeat(45)}B-1.tar.gz`]: `${'a_'.repeat(45)}b-1.tar.gz`,
  }
  for (const [name, expected] of Object.entries(table)) assert.ok(problem(name).endsWith(`should be '${expected}'.`), problem(name))
})

test('what is no source distribution is refused (UP-87)', () => {
  for (const name of [
    'a-1.0.zip',
    'a-1.0.tar.bz2',
    'a-1.0.tgz',
    'a.tar.gz',
    '-1.0.tar.gz',
    'a-.tar.gz',
    'a-x.tar.gz',
    'a-1.0.TAR.GZ',
    'a-1.0.tar.gz.gz',
    '',
  ]) {
    assert.match(problem(name), /isn't a source distribution's/, name)
  }
})

test('T149: names that mislead a file system, a log or a browser are refused', () => {
  for (const part of ['/', '..', '%2e', '\r\n', '"', '\0', ' ', '\\', '\u202e', 'é']) {
    for (const name of [`a${part}-1.0.tar.gz`, `${part}a-1.0.tar.gz`, `a-1.0${part}.tar.gz`, `a-1.0.tar.gz${part}`]) problem(name)
  }
  assert.match(problem(`a-1.${'0'.repeat(300)}.tar.gz`), /characters: shorten/)
})
