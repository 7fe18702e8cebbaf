import { isPlainPath } from '../plain-path.ts'
import { quote } from '../quote.ts'
import { canonicalLicense } from '../spdx.ts'
import { all, type Fields, one } from './fields.ts'

/** UP-31, PEP 639. */
export function licenseExpression(fields: Fields): string[] {
  const found = one(fields, 'license-expression')
  if (found === undefined || canonicalLicense(found)) return []
  return [
    `License-Expression ${quote(found)} isn't a licence expression: use SPDX identifiers, like 'MIT' or 'Apache-2.0 OR BSD-3-Clause', or 'LicenseRef-...'.`,
  ]
}

/** UP-31. */
export const licenseTwice = (fields: Fields): string[] =>
  fields.has('license') && fields.has('license-expression') ? ['License and License-Expression exclude each other: remove License.'] : []

/** UP-31: the path of one file below the root, as PEP 639 spells it. */
export const licenseFiles = (fields: Fields): string[] =>
  all(fields, 'license-file')
    .filter((path) => !isPlainPath(path) || /\*|\.\./.test(path))
    .map((path) => `License-File ${quote(path)} isn't accepted: use a relative path with '/' between its parts and without '..' or '*'.`)
