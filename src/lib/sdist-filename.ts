import { type NormalizedName, normalize, type ProjectName, parseProjectName, wheelName } from './names.ts'
import { parseVersion, type Version, versionText } from './pep440.ts'
import { quote } from './quote.ts'

/** What a source distribution's file name says (PEP 625). */
export interface SdistFilename {
  readonly name: NormalizedName
  readonly version: Version
}

/** The one name that the project's source distribution of that version may have (UP-89). */
export const sdistFilename = (name: ProjectName | NormalizedName, version: Version): string =>
  `${wheelName(name)}-${versionText(version)}.tar.gz`

/**
 * Reads `name-version.tar.gz` in its one spelling, normalized name with `_` and canonical version, or says what is wrong and, where
 * it can be told, which name is expected (UP-87 to UP-89). At most 255 characters; `.zip` is refused.
 */
export function parseSdistFilename(filename: string): SdistFilename | { readonly problem: string } {
  const file = `File name ${quote(filename, 255)}`
  if (filename.length > 255) return { problem: `${file} has ${filename.length} characters: shorten it to 255.` }
  const [, namePart = '', versionPart = ''] = /^(.+)-([^-]+)\.tar\.gz$/.exec(filename) ?? []
  const name = parseProjectName(namePart)
  const version = parseVersion(versionPart)
  if (!name || !version) return { problem: `${file} isn't a source distribution's: use 'name-version.tar.gz' with a version by PEP 440.` }
  const expected = sdistFilename(name, version)
  if (filename !== expected) return { problem: `${file} should be '${expected}'.` }
  return { name: normalize(name), version }
}
