import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CoreMetadata, parseCoreMetadata } from './core-metadata.ts'
import { versionText } from './pep440.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A file of the given metadata version with more lines in its head. */
const file = (since: string, ...lines: string[]): Uint8Array =>
  bytes([`Metadata-Version: ${since}`, 'Name: demo', 'Version: 1.0', ...lines, '', 'body', ''].join('\n'))

const rulesOf = (content: Uint8Array): string[] => parseCoreMetadata(content).problems.map(({ rule }) => rule)

function read(content: Uint8Array): CoreMetadata {
  const { metadata, problems } = parseCoreMetadata(content)
  return metadata ?? assert.fail(JSON.stringify(problems))
}

test('parseCoreMetadata reads what the build tools of today write', () => {
  const { version, ...metadata } = read(
    bytes(`Metadata-Version: 2.5
Name: Demo.Pkg
Version: 1.0-RC1
Summary: A demo — of things
Keywords: a,b c
Home-page: https://example.org/
Download-URL: http://example.org/x
Author: Ada Lovelace,
        Grace Hopper
Author-email: "Lovelace, Ada" <ada@example.org>, Grace <grace@example.org>
Maintainer: UNKNOWN
Maintainer-email: ada@example.org
License-Expression: mit or apache-2.0
License-File: LICENSE
License-File: licenses/Apache 2.0.txt
Project-URL: Source, https://example.org/a,b
Project-URL: Docs,https://example.org/?q=1#x
Classifier: Programming Language :: Python :: 3
Platform: UNKNOWN
Platform: any
Supported-Platform: RedHat 7.2
Requires-Python: >=3.9, <4
Requires-Dist: requests[socks]>=2 ; extra == "net"
Requires-External: libpng (>=1.5)
Provides-Extra: net
Provides-Dist: other
Obsoletes-Dist: older<2
Dynamic: License-File
Import-Name: demo.pkg
Import-Name: _demo ; private
Import-Namespace: demo
Description-Content-Type: text/markdown; charset=UTF-8
X-Unknown: tolerated

# Demo

text
`),
  )
  assert.equal(versionText(version), '1.0rc1')
  assert.deepEqual(metadata, {
    metadata_version: '2.5',
    name: 'Demo.Pkg',
    summary: 'A demo — of things',
    description: '# Demo\n\ntext\n',
    description_content_type: 'text/markdown; charset=UTF-8',
    keywords: 'a,b c',
    home_page: 'https://example.org/',
    download_url: 'http://example.org/x',
    author: 'Ada Lovelace,\nGrace Hopper',
    author_email: '"Lovelace, Ada" <ada@example.org>, Grace <grace@example.org>',
    maintainer: undefined,
    maintainer_email: 'ada@example.org',
    license: undefined,
    license_expression: 'MIT OR Apache-2.0',
    license_files: ['LICENSE', 'licenses/Apache 2.0.txt'],
    classifiers: ['Programming Language :: Python :: 3'],
    platform: ['any'],
    supported_platform: ['RedHat 7.2'],
    project_urls: [
      { label: 'Source', url: 'https://example.org/a,b' },
      { label: 'Docs', url: 'https://example.org/?q=1#x' },
    ],
    requires_python: '>=3.9, <4',
    requires_dist: ['requests[socks]>=2 ; extra == "net"'],
    requires_external: ['libpng (>=1.5)'],
    provides_extra: ['net'],
    provides_dist: ['other'],
    obsoletes_dist: ['older<2'],
    requires: [],
    provides: [],
    obsoletes: [],
    dynamic: ['License-File'],
    import_names: ['demo.pkg', '_demo ; private'],
    import_namespaces: ['demo'],
  })
})

test('parseCoreMetadata reads old files: header names in any case, the description folded in its header, no body', () => {
  const folded = read(
    bytes(
      'METADATA-VERSION: 1.2\nname: demo\nVERSION: 1\nDescription: one\n        two\n       |  three\n        \n\tfour\nLicense: UNKNOWN\n\n\n',
    ),
  )
  assert.equal(folded.description, 'one\ntwo\n  three\n\nfour')
  assert.equal(folded.license, undefined)
  assert.equal(read(bytes('Metadata-Version: 2.1\nName: demo\nVersion: 1\n\nUNKNOWN\n')).description, undefined)
})

test('UNKNOWN is no value where setuptools wrote it for none (UP-08), and means what it says elsewhere', () => {
  const descriptive =
    'Summary Keywords Home-page Download-URL Author Author-email Maintainer Maintainer-email License Platform Description Description-Content-Type'
  const empty = read(bytes('Metadata-Version: 2.6\nName: demo\nVersion: 1.0\n'))
  assert.deepEqual(read(bytes(`Metadata-Version: 2.6\nName: demo\nVersion: 1.0\n${descriptive.replace(/ |$/g, ': UNKNOWN\n')}`)), empty)
  assert.deepEqual(read(bytes(`Metadata-Version: 2.6\nName: demo\nVersion: 1.0\n${descriptive.replace(/ |$/g, ':\n')}`)), empty)
  assert.deepEqual(read(file('2.1', 'Requires-Dist: UNKNOWN')).requires_dist, ['UNKNOWN'])
  assert.equal(read(file('2.1', 'Requires-Python:')).requires_python, undefined)
})

test("setuptools' License-File under 2.1 to 2.3 is left out; Import-Name without a value says that there is none", () => {
  assert.deepEqual(read(file('2.1', 'License-File: ../LICENSE', 'License: MIT')).license_files, [])
  assert.deepEqual(read(file('2.5', 'Import-Name:')).import_names, [])
  assert.equal(read(file('2.5')).import_names, undefined)
})

test('name and version stand once, also beside one that says nothing (UP-21)', () => {
  for (const twice of [
    'Name:\nName: demo\nVersion: 1',
    'Name: UNKNOWN\nName: demo\nVersion: 1',
    'Name: demo\nVersion: UNKNOWN\nVersion: 1',
  ]) {
    assert.equal(rulesOf(bytes(`Metadata-Version: 2.1\n${twice}\n`))[0], 'metadata-single-use', twice)
  }
})

test('what identifies a file, and its summary, stand on the line of their field', () => {
  const lines = ['Metadata-Version: 2.1', 'Name: demo', 'Version: 1.0', 'Summary: a']
  const rules = ['metadata-format-version', 'metadata-name', 'metadata-version', 'metadata-summary']
  assert.deepEqual(rulesOf(bytes(lines.join('\n'))), [])
  for (const [at, rule] of rules.entries()) {
    for (const fold of [':\n ', ':\r\n\t']) {
      assert.deepEqual(rulesOf(bytes(lines.map((line, n) => (n === at ? line.replace(': ', fold) : line)).join('\n'))), [rule], rule)
    }
    assert.deepEqual(rulesOf(bytes(lines.map((line, n) => (n === at ? `${line}\n ` : line)).join('\n'))), [rule], rule)
  }
})

test('every metadata version of the specification is read, and no other (UP-22)', () => {
  for (const since of ['1.0', '1.1', '1.2', '2.1', '2.2', '2.3', '2.4', '2.5', '2.6']) assert.deepEqual(rulesOf(file(since)), [], since)
  for (const since of ['2.0', '2.7', '3.0', '1', '2.10', 'x', ''])
    assert.deepEqual(rulesOf(file(since)), ['metadata-format-version'], since)
})

test('a field newer than its file is refused (UP-23), as is one without name or version (UP-24)', () => {
  const table = {
    '1.0': ['Classifier: Programming Language :: Python', 'Download-URL: https://example.org/', 'Requires: a', 'Supported-Platform: x'],
    '1.1': ['Requires-Dist: a', 'Requires-Python: >=3', 'Project-URL: a, https://example.org/', 'Maintainer: a', 'License-File: a'],
    '1.2': ['Description-Content-Type: text/plain', 'Provides-Extra: a'],
    '2.1': ['Dynamic: Platform', 'License-Expression: MIT'],
    '2.3': ['License-Expression: MIT', 'Import-Name: a'],
    '2.4': ['Import-Name: a', 'Import-Namespace: a'],
  }
  for (const [since, lines] of Object.entries(table)) {
    for (const line of lines) assert.deepEqual(rulesOf(file(since, line)), ['metadata-newer-field'], `${since} ${line}`)
    assert.ok(!rulesOf(file('2.6', ...lines)).includes('metadata-newer-field'), since)
  }
  assert.deepEqual(rulesOf(bytes('Metadata-Version: 2.1\nName: UNKNOWN\nVersion:\n')), ['metadata-name', 'metadata-version'])
})

/** Lines of metadata 2.6 and the one rule each of them breaks. */
const broken: Record<string, string[]> = {
  'metadata-single-use': [
    'Name: demo',
    'Version: 1.0',
    'Summary: a\nsummary: b',
    'Description: beside the body',
    'Requires-Python: >3\nRequires-Python: >3',
    'Keywords: a\nKeywords: b',
    'Summary:\nSummary: a',
    'Requires-Python:\nRequires-Python: >=3.99',
    'License: UNKNOWN\nLicense: MIT',
    'Description:',
  ],
  'metadata-summary': ['Summary: a\n  b', `Summary: ${'é'.repeat(513)}`, 'Summary: a\u2028b', 'Summary: a\u001bb'],
  'metadata-description-content-type': ['Description-Content-Type: text/html', 'Description-Content-Type: text/markdown; variant=x'],
  'metadata-requires-python': ['Requires-Python: 3', 'Requires-Python: >=3.*', 'Requires-Python: >=3,\n  <4', 'Requires-Python: UNKNOWN'],
  'metadata-requires-dist': [
    'Requires-Dist: a b',
    'Requires-Dist: a>=1\n  ,<2',
    'Requires-Dist: a; os_name == "=?utf-8?q?x?="',
    'Requires-Dist: a (1.0)',
    'Requires-Dist:',
  ],
  'metadata-direct-url': ['Requires-Dist: a @ https://example.org/a.whl'],
  'metadata-provides-dist': ['Provides-Dist: a b', 'Obsoletes-Dist: a @ https://example.org/', 'Obsoletes-Dist: -a'],
  'metadata-provides-extra': ['Provides-Extra: a b', 'Provides-Extra: A', 'Provides-Extra: a_b', 'Provides-Extra: a--b'],
  'metadata-dynamic': ['Dynamic: Name', 'Dynamic: version', 'Dynamic: Metadata-Version', 'Dynamic: Nothing', 'Dynamic: constructor'],
  'metadata-license-expression': ['License-Expression: Apache License 2.0', 'License-Expression: MIT OR'],
  'metadata-license-twice': ['License: MIT\nLicense-Expression: MIT'],
  'metadata-license-file': [
    'License-File: ../LICENSE',
    'License-File: /LICENSE',
    'License-File: a\\b',
    'License-File: LICEN*',
    'License-File: a//b',
    'License-File: C:/a',
    'License-File: a..b',
  ],
  'metadata-email': [
    'Author-email: Ada',
    'Author-email: Ada <ada>',
    'Maintainer-email: a@b',
    'Maintainer-email: a b@example.org',
    'Author-email: "a@example.org',
  ],
  'metadata-url': [
    'Home-page: example.org',
    'Home-page: javascript:alert(1)',
    'Download-URL: ftp://example.org/',
    'Home-page: https://',
    'Home-page: https://exa mple.org',
    'Home-page: https://a"b',
    'Home-page: https://[x',
  ],
  'metadata-project-url': [
    'Project-URL: https://example.org/',
    'Project-URL: , https://example.org/',
    `Project-URL: ${'a'.repeat(33)}, https://example.org/`,
    'Project-URL: a, javascript:x',
    'Project-URL: a, https://b.c\nProject-URL: a, https://d.e',
  ],
  'metadata-classifier': ['Classifier: Nope', 'Classifier: Natural Language :: Ukranian', 'Classifier: private :: x'],
  'metadata-private-classifier': ['Classifier: Private :: Do Not Upload'],
  'metadata-import-name': [
    'Import-Name: a-b',
    'Import-Name: 1a',
    'Import-Name: a.class',
    'Import-Name: a; public',
    'Import-Name: a; private; private',
    'Import-Name: a..b',
    'Import-Name: a\nImport-Name:',
  ],
  'metadata-import-namespace': ['Import-Namespace:', 'Import-Namespace: a b', 'Import-Name: a.b; private\nImport-Namespace: a.b'],
}

test('each rule refuses what breaks it, once, and nothing else does (UP-21 to UP-33)', () => {
  for (const [rule, cases] of Object.entries(broken)) {
    for (const lines of cases) assert.deepEqual(rulesOf(file('2.6', lines)), [rule], lines)
  }
})

test('what the rules ask for passes', () => {
  const lines = [
    'Provides-Extra: a-b1',
    'Dynamic: requires-dist',
    'License-File: LICENSE.MIT',
    'Author-email: Ada Lovelace (math) <ada@mail.example.org>',
    'Maintainer-email: Łukasz <łukasz@example.org>, nonsense',
    'Home-page: HTTP://user@example.org:80/é?(x)',
    `Project-URL: ${'é'.repeat(32)}, https://example.org`,
    'Import-Name: naïve.match',
    'Import-Name: _x;private',
    'Import-Namespace: naïve',
    `Summary: ${'é'.repeat(512)}`,
    'Requires-Python: >=3.9,!=3.9.*,',
  ]
  assert.deepEqual(rulesOf(file('2.6', ...lines)), [])
  assert.deepEqual(rulesOf(file('2.2', 'Provides-Extra: A_b.c')), [], 'extras are only normalized since 2.3')
})

test('a comma in the name of a person needs no quotes, as uv_build writes it (UP-32)', () => {
  for (const people of ['Acme, Inc. <dev@acme.example>', 'Lovelace, Ada, ada@example.org', 'a@b, ada@example.org', '(nobody)']) {
    assert.deepEqual(rulesOf(file('2.4', `Author-email: ${people}`)), [], people)
  }
})

test('a problem says what was found and how to correct it, and all are told at once', () => {
  const { metadata, problems } = parseCoreMetadata(
    file('2.4', 'License-Expression: Apache', 'Classifier: Natural Language :: Ukranian', 'Import-Name: x'),
  )
  assert.equal(metadata, undefined)
  assert.deepEqual(problems, [
    {
      rule: 'metadata-newer-field',
      text: 'Import-Name came with metadata version 2.5, but the file declares 2.4: raise Metadata-Version or remove the field.',
    },
    {
      rule: 'metadata-license-expression',
      text: "License-Expression 'Apache' isn't a licence expression: use SPDX identifiers, like 'MIT' or 'Apache-2.0 OR BSD-3-Clause', or 'LicenseRef-...'.",
    },
    { rule: 'metadata-classifier', text: "Classifier 'Natural Language :: Ukranian' is deprecated: use 'Natural Language :: Ukrainian'." },
  ])
})

test('on a private index dependencies by address and private classifiers pass', () => {
  const content = file('2.6', 'Requires-Dist: a @ https://example.org/a.whl', 'Classifier: Private :: Do Not Upload')
  assert.ok(parseCoreMetadata(content, { isPrivate: true }).metadata)
})

test('a file that is no UTF-8, no list of headers, or larger than 4 MiB is refused as such (T167)', () => {
  assert.deepEqual(rulesOf(Uint8Array.of(0x4e, 0xff)), ['metadata-utf8'])
  assert.deepEqual(rulesOf(bytes('nonsense')), ['metadata-syntax'])
  assert.deepEqual(rulesOf(new Uint8Array(4 * 1024 * 1024 + 1)), ['metadata-size'])
  assert.equal(parseCoreMetadata(file('2.4', ...Array(4000).fill('Classifier: Nope'))).problems.length, 100)
})

test('T171: fifty thousand characters in any field come to an end', () => {
  const names =
    'Summary Requires-Python Requires-Dist Provides-Extra License-Expression License-File Author-email Home-page Project-URL Classifier Import-Name'
  const texts = ['a ', '(', '"', ' ;', '<', 'a.', 'a@', '>=1,', 'https://a', ',', "a; os_name == '"]
  for (const name of names.split(' ')) {
    for (const text of texts)
      assert.equal(parseCoreMetadata(file('2.6', `${name}: a${text.repeat(50_000 / text.length)}!`)).metadata, undefined, `${name} ${text}`)
  }
})
