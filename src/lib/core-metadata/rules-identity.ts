import { parseDescriptionType } from '../description-type.ts'
import { parseProjectName } from '../names.ts'
import { parseVersion } from '../pep440.ts'
import { quote } from '../quote.ts'
import { type Fields, fieldTable, label, metadataVersions, one } from './fields.ts'

/** UP-22: a version of the specification that we know. */
export function formatVersion(fields: Fields): string[] {
  const found = one(fields, 'metadata-version')
  if (found === undefined) return ['Metadata-Version is missing: build the file again with a current build backend.']
  if (metadataVersions.includes(found)) return []
  return [`Metadata-Version ${quote(found)} isn't known here: use one of ${metadataVersions.join(', ')}.`]
}

/** UP-21: a field with one value stands once; a description stands in its header or in the body. */
export const singleUse = (fields: Fields): string[] =>
  [...fields]
    .filter(([name, values]) => values.length > 1 && !('repeats' in fieldTable[name]))
    .map(([name, values]) => `${label(name)} is given ${values.length} times: keep one.`)

/** UP-23: no field that is newer than the declared version of the specification. */
export function newerFields(fields: Fields): string[] {
  const declared = one(fields, 'metadata-version') ?? ''
  const age = metadataVersions.indexOf(declared)
  if (age < 0) return []
  return [...fields.keys()]
    .filter((name) => metadataVersions.indexOf(fieldTable[name].since) > age)
    .map((name) => {
      const { since } = fieldTable[name]
      return `${label(name)} came with metadata version ${since}, but the file declares ${declared}: raise Metadata-Version or remove the field.`
    })
}

/** UP-14, UP-24; `UNKNOWN` is what setuptools writes for no name (UP-08). */
export function name(fields: Fields): string[] {
  const found = one(fields, 'name') ?? 'UNKNOWN'
  if (found === 'UNKNOWN') return ["Name is missing: give the project's name in its build settings."]
  if (parseProjectName(found)) return []
  return [`Name ${quote(found)} isn't valid: use at most 100 ASCII letters, digits, '.', '-' and '_', with a letter or digit at both ends.`]
}

/** UP-24, on the line of its field; whether a local version may be uploaded is for the index to say (UP-25). */
export function version(fields: Fields): string[] {
  const found = one(fields, 'version')
  if (found === undefined) return ["Version is missing: give the release's version in its build settings."]
  return parseVersion(found) && !found.includes('\n')
    ? []
    : [`Version ${quote(found)} isn't a version by PEP 440: use a form like '1.2.0', '1.2.0rc1' or '1.2.0.post1'.`]
}

/** UP-26; all that Python takes for the end of a line counts as one, and other controls have no place there either. */
export function summary(fields: Fields): string[] {
  const found = one(fields, 'summary') ?? ''
  const length = [...found].length
  return [
    ...(lineEnds.test(found) ? ['Summary is more than one line of plain text: put the rest into the description.'] : []),
    ...(length > 512 ? [`Summary has ${length} characters: shorten it to 512.`] : []),
  ]
}

/** UP-27. */
export function descriptionType(fields: Fields): string[] {
  const found = one(fields, 'description-content-type')
  if (found === undefined || parseDescriptionType(found)) return []
  return [
    `Description-Content-Type ${quote(found)} isn't accepted: use 'text/markdown', 'text/x-rst' or 'text/plain', in UTF-8, with variant GFM or CommonMark for Markdown.`,
  ]
}

const lineEnds = /[^\P{Cc}\t]|[\p{Zl}\p{Zp}]/u
