import { quote } from '../quote.ts'
import { all, type FieldName, type Fields } from './fields.ts'

/** PEP 794: dotted names, perhaps `; private`; one empty value says that there is nothing to import. */
export function importNames(fields: Fields): string[] {
  const values = all(fields, 'import-name')
  return values.length === 1 && values[0] === '' ? [] : invalid('Import-Name', values)
}

/** PEP 794: as import names, never empty, and none that is an import name too. */
export function importNamespaces(fields: Fields): string[] {
  const names = new Set(namesOf(fields, 'import-name'))
  const both = namesOf(fields, 'import-namespace').filter((name) => names.has(name))
  return [
    ...invalid('Import-Namespace', all(fields, 'import-namespace')),
    ...both.map((name) => `${quote(name)} is both an Import-Name and an Import-Namespace: keep one.`),
  ]
}

const namesOf = (fields: Fields, field: FieldName): string[] => all(fields, field).flatMap((text) => nameOf(text) ?? [])

const invalid = (field: string, values: readonly string[]): string[] =>
  values
    .filter((text) => nameOf(text) === undefined)
    .map((text) => `${field} ${quote(text)} can't be imported: use dotted Python identifiers, perhaps followed by '; private'.`)

function nameOf(text: string): string | undefined {
  const [first = '', option, ...more] = text.split(';', 3)
  const name = first.trimEnd()
  if (more.length > 0 || (option ?? 'private').trim() !== 'private') return undefined
  return name.split('.').every((part) => isIdentifier.test(part) && !keywords.has(part)) ? name : undefined
}

const isIdentifier = /^[\p{XIDS}_]\p{XIDC}*$/u

/** Python 3's; the soft ones (`match`, `type`, …) are names as well. */
const keywords = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from
  global if import in is lambda nonlocal not or pass raise return try while with yield`.split(/\s+/),
)
