import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isReservedName, lookalikeKey, normalize, type ProjectName, parseProjectName, wheelName } from './names.ts'

const named = (text: string): ProjectName => parseProjectName(text) ?? assert.fail(`${text} isn't a name`)

test('parseProjectName: ASCII letters, digits and -._ between letters or digits, at most 100 (UP-14)', () => {
  for (const text of ['a', '0', 'Foo.Bar', 'foo_bar', 'a--b', 'a._-b', 'zope.interface', 'a'.repeat(100)])
    assert.equal(parseProjectName(text), text)
  for (const text of ['', '-a', 'a-', '.a', 'a_', 'a b', 'a/b', '..', 'a\n', ' a', 'a'.repeat(101)])
    assert.equal(parseProjectName(text), undefined)
})

test('T146: letters of other alphabets, folding ones and invisible characters are no name', () => {
  const texts = ['numрy', 'ſix', 'К', '\u212a9', 'ｎumpy', 'num\u200bpy', 'num\u00adpy', 'ı', 'İ', '١', 'a\u0301']
  for (const text of texts) assert.equal(parseProjectName(text), undefined, text)
})

test('T146: normalize gives every spelling of a project one name (PEP 503)', () => {
  for (const text of ['Foo.Bar', 'foo-bar', 'foo_bar', 'FOO--BAR', 'foo._-bar']) assert.equal(normalize(named(text)), 'foo-bar')
  assert.equal(normalize(normalize(named('A_b'))), 'a-b')
})

test('wheelName: the normalized name with _ (PEP 427)', () => {
  assert.equal(wheelName(named('Zope.Interface--x')), 'zope_interface_x')
})

test('T146: lookalikeKey is the same for names that differ in l/i/1, o/0 and separators only (UP-44)', () => {
  for (const text of ['pillow', 'pi11ow', 'PIIL0W', 'pil-low', 'p.i_l.l-o.w']) assert.equal(lookalikeKey(named(text)), 'p1110w')
  assert.notEqual(lookalikeKey(named('pillow')), lookalikeKey(named('pilow')))
})

test('T146: names of standard library modules of any Python, and the paths of PEP 752, are reserved (UP-41)', () => {
  for (const text of ['json', 'JSON', 'namespace', 'namespaces', 'distutils', 'tomllib', 'xml.dom', 'urllib2']) {
    assert.ok(isReservedName(normalize(named(text))), text)
  }
  for (const text of ['requests', 'demo', 'json5', 'name-spaces']) assert.ok(!isReservedName(normalize(named(text))), text)
})
