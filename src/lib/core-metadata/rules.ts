import type { Fields } from './fields.ts'
import { classifiers, privateClassifiers } from './rules-classifiers.ts'
import { directUrls, dynamic, providesDist, providesExtra, requiresDist, requiresPython } from './rules-dependencies.ts'
import { descriptionType, formatVersion, name, newerFields, singleUse, summary, version } from './rules-identity.ts'
import { importNames, importNamespaces } from './rules-imports.ts'
import { licenseExpression, licenseFiles, licenseTwice } from './rules-licences.ts'
import { emails, projectUrls, urls } from './rules-links.ts'

/** What is wrong in a file's metadata by one rule: sentences that say what was found and how to correct it. */
export interface Rule {
  readonly rule: string
  readonly check: (fields: Fields) => readonly string[]
}

/** What every index asks of metadata (UP-21 to UP-33, standards of the Python Packaging Authority). */
export const rules: readonly Rule[] = [
  { rule: 'metadata-format-version', check: formatVersion },
  { rule: 'metadata-single-use', check: singleUse },
  { rule: 'metadata-newer-field', check: newerFields },
  { rule: 'metadata-name', check: name },
  { rule: 'metadata-version', check: version },
  { rule: 'metadata-summary', check: summary },
  { rule: 'metadata-description-content-type', check: descriptionType },
  { rule: 'metadata-requires-python', check: requiresPython },
  { rule: 'metadata-requires-dist', check: requiresDist },
  { rule: 'metadata-provides-dist', check: providesDist },
  { rule: 'metadata-provides-extra', check: providesExtra },
  { rule: 'metadata-dynamic', check: dynamic },
  { rule: 'metadata-license-expression', check: licenseExpression },
  { rule: 'metadata-license-twice', check: licenseTwice },
  { rule: 'metadata-license-file', check: licenseFiles },
  { rule: 'metadata-email', check: emails },
  { rule: 'metadata-url', check: urls },
  { rule: 'metadata-project-url', check: projectUrls },
  { rule: 'metadata-classifier', check: classifiers },
  { rule: 'metadata-import-name', check: importNames },
  { rule: 'metadata-import-namespace', check: importNamespaces },
]

/** What a public index asks besides: nothing from other addresses, nothing that its owner marked as private. */
export const publicRules: readonly Rule[] = [
  { rule: 'metadata-direct-url', check: directUrls },
  { rule: 'metadata-private-classifier', check: privateClassifiers },
]
