import { isLocal, isPrerelease, parseVersion, type Version } from './pep440.ts'

/** One condition on a version, as `>=1.0`; `version` is the text after the operator, which `===` doesn't read as a version. */
export interface Specifier {
  readonly operator: string
  readonly version: string
}

/**
 * Reads a set of version specifiers (PEP 440: `>=3.9, !=3.9.1, <4`), as in Requires-Python; empty text is the set that takes all.
 * One comma too many is accepted at the end only. A set with anything wrong in it, with a line
 * break, beyond ASCII or 4,096 characters is `undefined` (T171).
 */
export function parseSpecifiers(text: string): readonly Specifier[] | undefined {
  if (text.length > 4096 || /[^\t -~]/.test(text)) return undefined
  const items = text.split(',').map((item) => item.trim())
  if (items.at(-1) === '') items.pop()
  const found = items.map(parseSpecifier)
  return found.every((item) => item !== undefined) ? found : undefined
}

function parseSpecifier(text: string): Specifier | undefined {
  const operator = /^(?:===|[=!<>~]=|[<>])/.exec(text)?.[0]
  if (!operator) return undefined
  const version = text.slice(operator.length).trimStart()
  return takes(operator, version) ? { operator, version } : undefined
}

/** Which versions each operator takes: `===` any text, `==` and `!=` also local ones and prefixes, `~=` at least two numbers. */
function takes(operator: string, text: string): boolean {
  if (operator === '===') return /^[^\s;)]{1,128}$/.test(text)
  const isEquality = operator === '==' || operator === '!='
  if (isEquality && /[0-9]\.\*$/.test(text)) return isPrefix(parseVersion(text.slice(0, -2)))
  const version = parseVersion(text)
  if (!version || (operator === '~=' && version.release.length < 2)) return false
  return isEquality || !isLocal(version)
}

const isPrefix = (version: Version | undefined): boolean =>
  version !== undefined && !isPrerelease(version) && version.post === undefined && !isLocal(version)
