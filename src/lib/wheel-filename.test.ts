import assert from 'node:assert/strict'
import { test } from 'node:test'
import { versionText } from './pep440.ts'
import { parseWheelFilename } from './wheel-filename.ts'

function problem(filename: string): string {
  const found = parseWheelFilename(filename)
  return 'problem' in found ? found.problem : assert.fail(`${filename} was read`)
}

function slot(filename: string): string {
  const found = parseWheelFilename(filename)
  return 'problem' in found ? assert.fail(found.problem) : found.slot
}

test('parseWheelFilename reads name, version, build and tags', () => {
  const found = parseWheelFilename('zope_interface-1!2.0+local.1-1b-cp311.cp312-abi3.none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl')
  if ('problem' in found) assert.fail(found.problem)
  const { version, slot, ...rest } = found
  assert.equal(versionText(version), '1!2.0+local.1')
  assert.deepEqual(rest, {
    name: 'zope-interface',
    build: '1b',
    python_tags: ['cp311', 'cp312'],
    abi_tags: ['abi3', 'none'],
    platform_tags: ['manylinux_2_17_x86_64', 'manylinux2014_x86_64'],
  })
  assert.ok(!('problem' in parseWheelFilename('a-1-py3-none-any.whl')))
  assert.ok(!('problem' in parseWheelFilename('a-1-202612312359599999_x1.2-py3-none-any.whl')))
})

test('names that mean the same file have one slot, others have not (standards §2.3)', () => {
  assert.equal(slot('a-1.0-py2.py3-none-any.whl'), slot('a-1.0.0-py3.py2.py3-none-any.whl'))
  assert.equal(slot('a-1.0rc1-01x-py3-none-win32.whl'), slot('a-1.0.c1-1x-PY3-None-Win32.whl'))
  const others = [
    'a-1-py3-none-any',
    'a-1-0-py3-none-any',
    'a-1-1-py3-none-any',
    'a-1-1a-py3-none-any',
    'a-2-py3-none-any',
    'b-1-py3-none-any',
    'a-1-py2.py3-none-any',
    'a-1-py3-abi3-any',
    'a-1-py3-none-win32',
    'a-1+l-py3-none-any',
  ]
  assert.equal(new Set(others.map((name) => slot(`${name}.whl`))).size, others.length)
})

test('the name part is normalized, and the message gives the whole name that is expected (UP-94)', () => {
  assert.match(problem('Zope.Interface-1.0-py3-none-any.whl'), /should be 'zope_interface-1\.0-py3-none-any\.whl'\.$/)
  assert.match(problem('a__b-1.0-py3-none-any.whl'), /should be 'a_b-1\.0-py3-none-any\.whl'\.$/)
})

test('variants of the draft PEP 825 are refused as such', () => {
  assert.match(problem('a-1.0-py3-none-any-x86_64_v3.whl'), /variant/)
  assert.match(problem('a-1.0-1-py3-none-any-null.whl'), /variant/)
})

test('other names are refused, with what is wrong', () => {
  const table = {
    'a-1.0-py3-none-any.zip': /ending in '\.whl'/,
    'a-1.0-py3-none-any.WHL': /ending in/,
    'a-1.0-py3-none.whl': /4 parts/,
    'a.whl': /1 parts/,
    'a-1.0-1-py3-none-any-x-y.whl': /8 parts/,
    '_a-1.0-py3-none-any.whl': /project's name/,
    '-1.0-py3-none-any.whl': /project's name/,
    'a-1_0-py3-none-any.whl': /'1_0', which isn't a version/,
    'a--py3-none-any.whl': /isn't a version/,
    'a-1.0-py3..py2-none-any.whl': /tag ''/,
    'a-1.0-py3-none-.whl': /tag ''/,
    'a-1.0-2.7.6-none-any.whl': /tag '2'/,
    'a-1.0-py3-none-a+b.whl': /tag 'a\+b'/,
    'a-1.0-1+x-py3-none-any.whl': /build '1\+x'/,
    'a-1.0-1..x-py3-none-any.whl': /build/,
    [`a-1.0-1${'0'.repeat(18)}-py3-none-any.whl`]: /at most 18 digits/,
    [`a-1.0-${'9'.repeat(100)}x-py3-none-any.whl`]: /at most 18 digits/,
  }
  for (const [name, expected] of Object.entries(table)) assert.match(problem(name), expected, name)
})

test('T149: names that mislead a file system, a log or a browser are refused', () => {
  const parts = ['/', '..', '%2e', '\r\n', '"', "'", '\0', ' ', '\\', '\u202e', 'é', '../']
  for (const part of parts) {
    for (const name of [
      `a${part}-1.0-py3-none-any.whl`,
      `${part}a-1.0-py3-none-any.whl`,
      `a-1.0${part}-py3-none-any.whl`,
      `a-1.0-py3-none-any${part}.whl`,
    ])
      problem(name)
  }
  for (const name of [
    'a-1.0-py3-none-any.whl.',
    'a-1.0-py3-none-any.whl ',
    'a-1.0-py3-none-any.whl\n',
    `a-1.0-${'py3.'.repeat(70)}py3-none-any.whl`,
  ])
    problem(name)
  assert.doesNotMatch(problem('a-1.0\r\nSet-Cookie: x-py3-none-any.whl'), /[\r\n]/)
})
