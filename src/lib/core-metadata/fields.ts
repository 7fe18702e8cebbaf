import type { HeaderFile } from './headers.ts'

/** The versions of the core metadata specification in their order; 2.0 never became a standard (UP-22). */
export const metadataVersions: readonly string[] = ['1.0', '1.1', '1.2', '2.1', '2.2', '2.3', '2.4', '2.5', '2.6']

/** Every field: the metadata version that brought it, and whether it may stand more than once (UP-21, UP-23). */
export const fieldTable = {
  'metadata-version': { since: '1.0' },
  name: { since: '1.0' },
  version: { since: '1.0' },
  platform: { since: '1.0', repeats: true },
  summary: { since: '1.0' },
  description: { since: '1.0' },
  keywords: { since: '1.0' },
  'home-page': { since: '1.0' },
  author: { since: '1.0' },
  'author-email': { since: '1.0' },
  license: { since: '1.0' },
  'supported-platform': { since: '1.1', repeats: true },
  'download-url': { since: '1.1' },
  classifier: { since: '1.1', repeats: true },
  requires: { since: '1.1', repeats: true },
  provides: { since: '1.1', repeats: true },
  obsoletes: { since: '1.1', repeats: true },
  maintainer: { since: '1.2' },
  'maintainer-email': { since: '1.2' },
  'requires-dist': { since: '1.2', repeats: true },
  'provides-dist': { since: '1.2', repeats: true },
  'obsoletes-dist': { since: '1.2', repeats: true },
  'requires-python': { since: '1.2' },
  'requires-external': { since: '1.2', repeats: true },
  'project-url': { since: '1.2', repeats: true },
  'description-content-type': { since: '2.1' },
  'provides-extra': { since: '2.1', repeats: true },
  dynamic: { since: '2.2', repeats: true },
  'license-expression': { since: '2.4' },
  'license-file': { since: '2.4', repeats: true },
  'import-name': { since: '2.5', repeats: true },
  'import-namespace': { since: '2.5', repeats: true },
} as const satisfies Record<string, { since: string; repeats?: true }>

export type FieldName = keyof typeof fieldTable

/** The values of a file's known fields, in the order of the file; a field that says nothing isn't there. */
export type Fields = ReadonlyMap<FieldName, readonly string[]>

export const one = (fields: Fields, name: FieldName): string | undefined => fields.get(name)?.[0]

export const all = (fields: Fields, name: FieldName): readonly string[] => fields.get(name) ?? []

/** The field as people write it: `Requires-Dist`, `Project-URL`. */
export const label = (name: FieldName): string => name.replace(/^[a-z]|-[a-z]/g, (start) => start.toUpperCase()).replace(/-Url$/, '-URL')

export const isField = (name: string): name is FieldName => Object.hasOwn(fieldTable, name)

/**
 * The known fields of a file; unknown ones are tolerated. The body is the description. `License-File` under 2.1 to 2.3 was
 * setuptools' own: left out.
 */
export function fieldsOf({ headers, body }: HeaderFile): Fields {
  const given = new Map<FieldName, string[]>()
  for (const { name, value } of headers) {
    if (isField(name)) add(given, name, cleaned(name, value))
  }
  if (body.trim() !== '') add(given, 'description', body)
  if (/^2\.[123]$/.test(one(given, 'metadata-version') ?? '')) given.delete('license-file')
  const said = [...given].map(([name, values]) => [name, saidBy(name, values)] as const)
  return new Map(said.filter(([, values]) => values.length > 0))
}

function add(fields: Map<FieldName, string[]>, name: FieldName, value: string): void {
  const values = fields.get(name)
  if (values) values.push(value)
  else fields.set(name, [value])
}

/** The values but for absent ones. A single-use field given twice keeps both: readers differ on which of them counts (UP-21). */
function saidBy(name: FieldName, values: readonly string[]): readonly string[] {
  const isTwice = values.length > 1 && !('repeats' in fieldTable[name])
  return isTwice ? values : values.filter((value) => !isAbsent(name, value.trim()))
}

/**
 * Whether nothing is said: by an empty value, but for import names, where it says "none" (PEP 794), and dependencies, which installers
 * stumble over; by `UNKNOWN` where setuptools wrote it (UP-08). Installers take it at its word elsewhere, as the name of a project.
 */
const isAbsent = (name: FieldName, text: string): boolean =>
  text === '' ? !neverEmpty.has(name) : text === 'UNKNOWN' && descriptive.has(name)

/** The value without what its header added. Where it has to be one line, line ends stay for the rules to refuse: readers differ there. */
function cleaned(name: FieldName, value: string): string {
  if (freeText.has(name)) return unfold(value)
  return oneLine.has(name) && value.includes('\n') ? value : value.trim()
}

/** Text over several lines without the marks of folding: seven blanks and a bar, or up to eight blanks. */
const unfold = (value: string): string => value.replace(/\n(?: {7}\||\t| {1,8})/g, '\n').trim()

const freeText = new Set<FieldName>(['author', 'description', 'keywords', 'license', 'maintainer'])
const oneLine = new Set<FieldName>(['metadata-version', 'name', 'summary', 'version'])
const neverEmpty = new Set<FieldName>(['import-name', 'import-namespace', 'requires-dist'])
const descriptive = new Set<FieldName>([
  ...freeText,
  'author-email',
  'description-content-type',
  'download-url',
  'home-page',
  'maintainer-email',
  'platform',
  'summary',
])
