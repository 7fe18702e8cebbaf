import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import fc, { type Arbitrary } from 'fast-check'
import { parseCoreMetadata } from './core-metadata.ts'
import { normalize, parseProjectName } from './names.ts'
import { compareVersions, isLocal, isPrerelease, parseVersion, type Version, versionKey, versionOrder, versionText } from './pep440.ts'
import { parseRequirement } from './pep508.ts'
import { parseSdistFilename } from './sdist-filename.ts'
import { canonicalLicense } from './spdx.ts'
import { parseSpecifiers } from './specifiers.ts'
import { parseWheelFilename, type WheelFilename } from './wheel-filename.ts'

/*
 * Our readers beside Python's `packaging`, which installers and upload tools use: the same answers for thousands of texts, most of
 * them nearly right. Where we are stricter on purpose, the text is left out here and the reader's docstring says why.
 */

/** The oracle's answer to each text, `null` where it refuses one. */
function ask(oracle: string, texts: readonly unknown[]): unknown[] {
  const python = process.env.WHEELKEEP_TEST_PYTHON
  assert.ok(python, 'WHEELKEEP_TEST_PYTHON names no Python with the package `packaging`: `make test` makes one and sets it.')
  const script = join(import.meta.dirname, 'packaging-oracle.py')
  const { stdout, stderr, status } = spawnSync(python, [script, oracle], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  })
  assert.equal(status, 0, stderr)
  const answers: unknown = JSON.parse(stdout)
  assert.ok(Array.isArray(answers) && answers.length === texts.length)
  return answers
}

/** Asserts that `ours` and the oracle answer alike for every text, and that neither simply refuses or accepts all. */
function agree(oracle: string, texts: readonly string[], ours: (text: string) => unknown): void {
  const answers = ask(oracle, texts)
  const different = texts.flatMap((text, at) => {
    const [we, they] = [JSON.stringify(ours(text) ?? null), JSON.stringify(answers[at])]
    return we === they ? [] : [`${JSON.stringify(text)}: we ${we}, packaging ${they}`]
  })
  assert.deepEqual(different.slice(0, 10), [])
  const refused = answers.filter((found) => found === null).length
  assert.ok(refused > texts.length / 20 && refused < (texts.length * 19) / 20, `${refused} of ${texts.length} refused`)
}

const sample = (texts: Arbitrary<string>, numRuns: number): string[] => fc.sample(texts, { seed: 440, numRuns })

const maybe = (texts: Arbitrary<string>): Arbitrary<string> => fc.oneof({ weight: 2, arbitrary: fc.constant('') }, texts)
const oneOf = (...texts: string[]): Arbitrary<string> => fc.constantFrom(...texts)
const joined = (...parts: Arbitrary<string>[]): Arbitrary<string> => fc.tuple(...parts).map((found) => found.join(''))
const listed = (part: Arbitrary<string>, separator: Arbitrary<string>): Arbitrary<string> =>
  fc
    .array(joined(part, separator), { maxLength: 3 })
    .map((found) => found.join(''))
    .chain((head) => part.map((last) => head + last))

/** Now and then a text with one character gone, doubled or replaced. */
const nearly = (texts: Arbitrary<string>, characters: string): Arbitrary<string> =>
  fc.tuple(texts, fc.nat(2), fc.nat(), fc.constantFrom(...characters, '')).map(([text, coin, place, character]) => {
    const at = place % (text.length + 1)
    return coin === 0 ? text.slice(0, at) + character + text.slice(at + 1) : text
  })

const number = oneOf('0', '1', '2', '10', '007', '2026', '99999999999999999999')
const separator = oneOf('', '', '.', '-', '_')
const release = listed(number, oneOf('.'))
const pre = joined(separator, oneOf('a', 'b', 'c', 'rc', 'alpha', 'Beta', 'pre', 'PREVIEW'), separator, maybe(number))
const post = fc.oneof(joined(oneOf('-'), number), joined(separator, oneOf('post', 'rev', 'R'), separator, maybe(number)))
const dev = joined(separator, oneOf('dev', 'DEV'), separator, maybe(number))
const local = joined(oneOf('+'), listed(oneOf('ubuntu', 'A1', '0', '01', '10', 'x0y'), oneOf('.', '-', '_')))
const versions = joined(
  maybe(oneOf('v', 'V')),
  maybe(joined(number, oneOf('!'))),
  release,
  maybe(pre),
  maybe(post),
  maybe(dev),
  maybe(local),
)
const wildcards = joined(release, oneOf('.*'))

const operator = oneOf('==', '!=', '<=', '>=', '<', '>', '~=', '===', '=')
const specifier = joined(operator, oneOf('', ' '), fc.oneof({ weight: 3, arbitrary: versions }, wildcards))
const specifiers = listed(specifier, oneOf(',', ' , ', ','))

const names = listed(oneOf('a', 'Foo', 'b2', '0'), oneOf('-', '_', '.', '--', '._'))
const blank = oneOf('', '', ' ', '\t', '  ')
const spaced = (...parts: Arbitrary<string>[]): Arbitrary<string> => joined(...parts.flatMap((part) => [blank, part]), blank)
const variable = oneOf('python_version', 'os.name', 'sys_platform', 'platform.python_implementation', 'extra', 'implementation_name')
const operand = fc.oneof(variable, oneOf("'3.9'", '"x y"', "'(;)'", "''", '"it\'s"', '3'))
const comparison = spaced(operand, oneOf('==', '>=', ' in ', ' not in ', ' not  in ', '~=', '=', '==='), operand)
const grouped = (part: Arbitrary<string>): Arbitrary<string> => fc.oneof(part, joined(oneOf('(', '(('), part, oneOf(')', '))', ')')))
const markers = listed(grouped(listed(comparison, oneOf(' and ', ' or '))), oneOf(' and ', 'or ', ' or'))
const extras = joined(oneOf('['), maybe(listed(spaced(names), oneOf(','))), oneOf(']'))
const sources = fc.oneof(maybe(specifiers), joined(oneOf('('), specifiers, oneOf(')')), oneOf('@ https://example.org/a;b ', '@x '))
const requirements = joined(spaced(names, maybe(extras), sources), maybe(joined(oneOf(';'), markers)))

const licence = oneOf('MIT', 'apache-2.0', 'gpl-2.0+', 'BSD-3-clause+', 'licenseref-Own.1', 'LicenseRef-', 'nope')
const exception = maybe(oneOf(' WITH GCC-exception-3.1', ' with llvm-exception', ' WITH nope'))
const licences = listed(grouped(listed(joined(licence, exception), oneOf(' AND ', ' or '))), oneOf(' AND ', ' Or ', ' '))

const tags = (members: Arbitrary<string>): Arbitrary<string> => listed(members, oneOf('.'))
const wheels = joined(
  listed(oneOf('foo', 'b2'), oneOf('_')),
  oneOf('-', '-', '--'),
  versions.map((text) => text.replaceAll('-', '.')),
  maybe(oneOf('-1', '-01b', '-x')),
  oneOf('-'),
  tags(oneOf('py3', 'cp312', '2', '')),
  oneOf('-'),
  tags(oneOf('none', 'abi3')),
  oneOf('-'),
  tags(oneOf('any', 'win32', 'linux_x86_64')),
  oneOf('.whl', '.whl', '.zip'),
)

const header = oneOf(
  'Summary: text',
  'Summary: a\n  b',
  'Keywords: a,b',
  'Classifier: Topic :: Utilities',
  'Requires-Dist: a>=1',
  'Requires-Dist: a b',
  'Requires-Python: >=3.9',
  'Requires-Python: 3',
  'Project-URL: a, https://example.org',
  'Description-Content-Type: text/markdown; variant=GFM',
  'Description-Content-Type: text/html',
  'Provides-Extra: a',
  'Provides-Extra: -',
  'Dynamic: Keywords',
  'Dynamic: Name',
  'License: MIT',
  'License-Expression: mit',
  'License-Expression: x',
  'License-File: a/b',
  'License-File: ../a',
  'Import-Name: a.b',
  'Import-Name: a.if',
  'Import-Namespace: c',
  'Import-Namespace: 1',
  'Name: again',
  'Description: text',
  'Home-page: https://example.org',
)
const metadata = fc
  .tuple(
    oneOf('1.2', '2.0', '2.1', '2.4', '2.4', '2.5', '2.6', '2.6'),
    names,
    versions,
    fc.uniqueArray(header, { maxLength: 4 }),
    maybe(oneOf('body\n')),
  )
  .map(([since, name, version, lines, body]) =>
    [`Metadata-Version: ${since}`, `Name: ${name}`, `Version: ${version}`, ...lines, '', body].join('\n'),
  )

test('names are valid and normalized as by packaging', () => {
  agree('names', sample(nearly(names, '-_. é\n'), 2000), (text) => {
    const name = parseProjectName(text)
    return name && normalize(name)
  })
})

test('versions are read, spelled and keyed as by packaging', () => {
  agree('versions', sample(nearly(joined(blank, versions, oneOf('', '', '\n')), '.-_+!0aRc v٠ſ'), 5000), (text) => {
    const version = parseVersion(text)
    return version && [versionText(version), versionKey(version), isPrerelease(version), isLocal(version)]
  })
})

test('versions are ordered as by packaging', () => {
  const readable = sample(versions, 4000).filter((text) => parseVersion(text))
  const pairs = readable.slice(1).map((text, at): [string, string] => [readable[at] ?? text, text])
  const read = (text: string): Version => parseVersion(text) ?? assert.fail(text)
  const order = ask('order', pairs)
  assert.deepEqual(
    pairs.map(([a, b]) => Math.sign(compareVersions(read(a), read(b)))),
    order,
  )
  const texts = pairs.map((pair) => pair.map((text) => versionOrder(read(text))))
  assert.deepEqual(
    texts.map(([a = '', b = '']) => (a < b ? -1 : Number(a > b))),
    order,
  )
})

test('specifiers are valid as by packaging', () => {
  const texts = sample(nearly(specifiers, '.-_+!0a*=<>~, '), 5000).filter((text) => !/===\s*(?:,|$)|^\s*,|,\s*,/.test(text))
  agree('specifiers', texts, (text) => (parseSpecifiers(text) ? true : undefined))
})

test('requirements are read as by packaging', () => {
  // It takes a comma after `===` for a part of the text that follows, and the end of `name_` for a name.
  const texts = sample(nearly(requirements, '[](),;@\'"=<> a0'), 6000).filter(
    (text) => !/===\s*(?:\)|;|$)|===.*,|_(?![a-z0-9])/i.test(text),
  )
  agree('requirements', texts, (text) => {
    const found = parseRequirement(text)
    const written = new Set(found?.specifiers.map(({ operator, version }) => operator + version))
    return found && [found.name, [...new Set(found.extras)].sort(), [...written].sort(), found.url ?? null, found.marker !== undefined]
  })
})

test('licence expressions are spelled as by packaging', () => {
  agree(
    'licences',
    sample(nearly(licences, '()+- '), 3000).filter((text) => !text.includes('++')),
    canonicalLicense,
  )
})

test('file names of wheels are read as by packaging, where the name is normalized', () => {
  const texts = sample(nearly(wheels, '._1a'), 4000).filter((text) => /^[a-z0-9]+(?:_[a-z0-9]+)*-(?!.*-[0-9]+[a-z]*[._]+-)/.test(text))
  agree('wheels', texts, (text) => {
    const found = parseWheelFilename(text)
    if ('problem' in found) return undefined
    const [, number, rest] = /^([0-9]+)(.*)$/.exec(found.build ?? '') ?? []
    const build = number === undefined ? '()' : `(${BigInt(number)}, '${rest}')`
    return [found.name, versionText(found.version), build, tagsOf(found)]
  })
})

function tagsOf({ python_tags, abi_tags, platform_tags }: WheelFilename): string[] {
  const starts = python_tags.flatMap((python) => abi_tags.map((abi) => `${python}-${abi}`))
  const tags = starts.flatMap((start) => platform_tags.map((platform) => `${start}-${platform}`))
  return [...new Set(tags.map((tag) => tag.toLowerCase()))].sort()
}

test('file names of source distributions are read as by packaging, where they have the one spelling of PEP 625', () => {
  const texts = sample(nearly(joined(names, oneOf('-'), versions, oneOf('.tar.gz')), '-._1a'), 3000)
  const answers = ask('sdists', texts)
  for (const [at, text] of texts.entries()) {
    const found = parseSdistFilename(text)
    if (!('problem' in found)) assert.deepEqual([found.name, versionText(found.version)], answers[at], text)
  }
})

test('metadata is accepted and refused as by packaging', () => {
  // It doesn't know that setuptools wrote License-File under 2.1, nor that the two fields for licences exclude each other.
  const isOurs = (text: string): boolean =>
    (text.includes(': 2.1\n') && text.includes('License-File')) || (text.includes('License:') && text.includes('License-Expression:'))
  const texts = sample(metadata, 5000).filter((text) => !isOurs(text))
  agree('metadata', texts, (text) => (parseCoreMetadata(new TextEncoder().encode(text)).metadata ? true : undefined))
})

test('the metadata of real distributions is accepted, but for what packaging refuses too', () => {
  const [files] = ask('installed', [null])
  assert.ok(Array.isArray(files) && files.length > 1)
  const texts = files.map((file) => Buffer.from(String(file), 'base64').toString())
  const answers = ask('metadata', texts)
  for (const [at, text] of texts.entries()) if (answers[at]) assert.deepEqual(parseCoreMetadata(Buffer.from(text)).problems, [])
  assert.ok(answers.filter(Boolean).length > files.length / 2)
})
