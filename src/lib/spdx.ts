import deprecatedLicenses from 'spdx-license-ids/deprecated.json' with { type: 'json' }
import licenses from 'spdx-license-ids/index.json' with { type: 'json' }
import spdx from './data/spdx-exceptions.json' with { type: 'json' }

/**
 * The canonical spelling of a licence expression (PEP 639: SPDX, any case, plus `LicenseRef-…`), as `MIT OR (Apache-2.0 AND BSD-2-Clause)`;
 * `undefined` for an unknown identifier or a sentence that isn't one.
 */
export function canonicalLicense(text: string): string | undefined {
  const tokens = text.match(/[()]|[^\s()]+/g) ?? []
  const words: string[] = []
  let depth = 0
  let at = 0
  for (;;) {
    for (; tokens[at] === '('; at++, depth++) words.push('(')
    const license = licenseId(tokens[at++])
    if (license === undefined) return undefined
    words.push(license)
    if (tokens[at]?.toLowerCase() === 'with') {
      const exception = exceptionIds.get(tokens[at + 1]?.toLowerCase() ?? '')
      if (exception === undefined) return undefined
      words.push('WITH', exception)
      at += 2
    }
    for (; depth > 0 && tokens[at] === ')'; at++, depth--) words.push(')')
    if (at === tokens.length) return depth === 0 ? words.join(' ').replaceAll('( ', '(').replaceAll(' )', ')') : undefined
    const operator = tokens[at++]?.toUpperCase()
    if (operator !== 'AND' && operator !== 'OR') return undefined
    words.push(operator)
  }
}

/** `MIT`, `GPL-2.0+` (also of licences without a `+` of their own) or `LicenseRef-` with letters, digits, dots and dashes. */
function licenseId(token = ''): string | undefined {
  const own = /^licenseref-([a-z0-9.-]+)$/i.exec(token)?.[1]
  if (own !== undefined) return `LicenseRef-${own}`
  const known = licenseIds.get(token.toLowerCase())
  if (known !== undefined || !token.endsWith('+')) return known
  const older = licenseIds.get(token.slice(0, -1).toLowerCase())
  return older && `${older}+`
}

const byLowerCase = (ids: readonly string[]) => new Map(ids.map((id) => [id.toLowerCase(), id]))

const licenseIds = byLowerCase([...licenses, ...deprecatedLicenses])
const exceptionIds = byLowerCase(spdx.exceptions)
