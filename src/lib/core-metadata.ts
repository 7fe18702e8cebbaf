import { all, type Fields, fieldsOf, one } from './core-metadata/fields.ts'
import { readHeaders } from './core-metadata/headers.ts'
import { publicRules, rules } from './core-metadata/rules.ts'
import { splitProjectUrl } from './core-metadata/rules-links.ts'
import { type ProjectName, parseProjectName } from './names.ts'
import { parseVersion, type Version } from './pep440.ts'
import { canonicalLicense } from './spdx.ts'
import { decodeUtf8 } from './utf8.ts'

/** A distribution's core metadata (versions 1.0 to 2.6), proved by every rule; texts as in the file, lists in its order. */
export interface CoreMetadata {
  readonly metadata_version: string
  readonly name: ProjectName
  readonly version: Version
  readonly summary: string | undefined
  readonly description: string | undefined
  readonly description_content_type: string | undefined
  readonly keywords: string | undefined
  readonly home_page: string | undefined
  readonly download_url: string | undefined
  readonly author: string | undefined
  readonly author_email: string | undefined
  readonly maintainer: string | undefined
  readonly maintainer_email: string | undefined
  readonly license: string | undefined
  /** In canonical spelling. */
  readonly license_expression: string | undefined
  readonly license_files: readonly string[]
  readonly classifiers: readonly string[]
  readonly platform: readonly string[]
  readonly supported_platform: readonly string[]
  readonly project_urls: readonly { readonly label: string; readonly url: string }[]
  readonly requires_python: string | undefined
  readonly requires_dist: readonly string[]
  readonly requires_external: readonly string[]
  readonly provides_extra: readonly string[]
  readonly provides_dist: readonly string[]
  readonly obsoletes_dist: readonly string[]
  readonly requires: readonly string[]
  readonly provides: readonly string[]
  readonly obsoletes: readonly string[]
  readonly dynamic: readonly string[]
  /** Empty if the project says that it has none, `undefined` if it says nothing. */
  readonly import_names: readonly string[] | undefined
  readonly import_namespaces: readonly string[]
}

/** One rule that a file breaks, with a sentence that says what was found and how to correct it. */
export interface Problem {
  readonly rule: string
  readonly text: string
}

/** Bytes of a METADATA or PKG-INFO file, description included (T167). */
const maxSize = 4 * 1024 * 1024
const maxProblems = 100

/**
 * Reads METADATA or PKG-INFO and checks it by every rule; there is metadata exactly if there are no problems (at most 100 come back).
 * On a private index (`isPrivate`) dependencies by address and `Private ::` classifiers pass. Whether a local version may be
 * uploaded, and whether the name is free, others decide. (PEP 241 to 808; UP-21 to UP-33)
 */
export function parseCoreMetadata(
  bytes: Uint8Array,
  { isPrivate = false } = {},
): {
  readonly metadata?: CoreMetadata
  readonly problems: readonly Problem[]
} {
  if (bytes.length > maxSize) return { problems: [{ rule: 'metadata-size', text: tooLarge }] }
  const text = decodeUtf8(bytes)
  if (text === undefined) return { problems: [{ rule: 'metadata-utf8', text: notUtf8 }] }
  const file = readHeaders(text)
  if ('problem' in file) return { problems: [{ rule: 'metadata-syntax', text: `The metadata can't be read. ${file.problem}` }] }
  const fields = fieldsOf(file)
  const asked = isPrivate ? rules : [...rules, ...publicRules]
  const problems = asked.flatMap(({ rule, check }) => check(fields).map((text) => ({ rule, text })))
  const metadata = problems.length === 0 ? metadataOf(fields) : undefined
  return metadata ? { metadata, problems } : { problems: problems.slice(0, maxProblems) }
}

const tooLarge = 'The metadata has more than 4 MiB: shorten the description, or link to files instead of embedding them.'
const notUtf8 = "The metadata isn't UTF-8: save it in that encoding."

function metadataOf(fields: Fields): CoreMetadata | undefined {
  const name = parseProjectName(one(fields, 'name') ?? '')
  const version = parseVersion(one(fields, 'version') ?? '')
  if (!name || !version) return undefined
  return {
    metadata_version: one(fields, 'metadata-version') ?? '',
    name,
    version,
    summary: one(fields, 'summary'),
    description: one(fields, 'description'),
    description_content_type: one(fields, 'description-content-type'),
    keywords: one(fields, 'keywords'),
    home_page: one(fields, 'home-page'),
    download_url: one(fields, 'download-url'),
    author: one(fields, 'author'),
    author_email: one(fields, 'author-email'),
    maintainer: one(fields, 'maintainer'),
    maintainer_email: one(fields, 'maintainer-email'),
    license: one(fields, 'license'),
    license_expression: canonicalLicense(one(fields, 'license-expression') ?? ''),
    license_files: all(fields, 'license-file'),
    classifiers: all(fields, 'classifier'),
    platform: all(fields, 'platform'),
    supported_platform: all(fields, 'supported-platform'),
    project_urls: all(fields, 'project-url').map(splitProjectUrl),
    requires_python: one(fields, 'requires-python'),
    requires_dist: all(fields, 'requires-dist'),
    requires_external: all(fields, 'requires-external'),
    provides_extra: all(fields, 'provides-extra'),
    provides_dist: all(fields, 'provides-dist'),
    obsoletes_dist: all(fields, 'obsoletes-dist'),
    requires: all(fields, 'requires'),
    provides: all(fields, 'provides'),
    obsoletes: all(fields, 'obsoletes'),
    dynamic: all(fields, 'dynamic'),
    import_names: fields.get('import-name')?.filter((name) => name !== ''),
    import_namespaces: all(fields, 'import-namespace'),
  }
}
