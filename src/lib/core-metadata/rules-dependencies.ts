import { parseProjectName } from '../names.ts'
import { parseRequirement } from '../pep508.ts'
import { quote } from '../quote.ts'
import { parseSpecifiers } from '../specifiers.ts'
import { all, type FieldName, type Fields, isField, label, one } from './fields.ts'

/** UP-28. */
export function requiresPython(fields: Fields): string[] {
  const found = one(fields, 'requires-python')
  if (found === undefined || parseSpecifiers(found)) return []
  return [`Requires-Python ${quote(found)} isn't a set of version specifiers: use a form like '>=3.10' or '>=3.10,<4'.`]
}

/** UP-28. Programs that decode mail headers would read `=?…?=` as something else than we do. */
export const requiresDist = (fields: Fields): string[] =>
  all(fields, 'requires-dist')
    .filter((text) => !parseRequirement(text) || text.includes('=?'))
    .map(
      (text) => `Requires-Dist ${quote(text)} isn't a dependency by PEP 508: use a form like 'name[extra]>=1.0; python_version < "3.12"'.`,
    )

/** UP-29: as dependencies, without addresses. */
export const providesDist = (fields: Fields): string[] =>
  (['provides-dist', 'obsoletes-dist'] as const).flatMap((field) =>
    all(fields, field)
      .filter((text) => parseRequirement(text)?.url !== undefined || !parseRequirement(text))
      .map((text) => `${label(field)} ${quote(text)} isn't a project with versions: use a form like 'name' or 'name>=1.0'.`),
  )

/** UP-29; since 2.3 an extra is spelled normalized (PEP 685). */
export function providesExtra(fields: Fields): string[] {
  const isStrict = (one(fields, 'metadata-version') ?? '') >= '2.3'
  return all(fields, 'provides-extra')
    .filter((text) => !parseProjectName(text) || (isStrict && !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text)))
    .map((text) => `Provides-Extra ${quote(text)} isn't a name: use lower-case letters and digits, with single '-' between them.`)
}

/** UP-30. */
export const dynamic = (fields: Fields): string[] =>
  all(fields, 'dynamic')
    .filter((text) => !isField(text.toLowerCase()) || fixed.has(text.toLowerCase()))
    .map((text) => `Dynamic ${quote(text)} isn't allowed: name a metadata field other than Name, Version and Metadata-Version.`)

/** UP-28, on a public index: what is installed from elsewhere is outside all its promises. */
export const directUrls = (fields: Fields): string[] =>
  all(fields, 'requires-dist')
    .filter((text) => parseRequirement(text)?.url !== undefined)
    .map((text) => `Requires-Dist ${quote(text)} points to an address: depend on a version of a project in the index.`)

const fixed = new Set<string>(['name', 'version', 'metadata-version'] satisfies FieldName[])
