import { type ProjectName, parseProjectName } from './names.ts'
import { parseSpecifiers, type Specifier } from './specifiers.ts'

/** One dependency, as `name[extra] >=1.0 ; python_version < '3.12'`, or `name @ url ; marker`. */
export interface Requirement {
  readonly name: ProjectName
  readonly extras: readonly ProjectName[]
  readonly specifiers: readonly Specifier[]
  readonly url: string | undefined
  /** The condition as it was written, proved to follow the grammar. */
  readonly marker: string | undefined
}

/**
 * Reads a dependency specifier (PEP 508). Anything else is `undefined`; so are line breaks, more than 8,192 characters (T171), and the
 * markers `extras` and `dependency_groups`, which belong to lock files only: installers stumble over them in metadata.
 */
export function parseRequirement(text: string): Requirement | undefined {
  if (text.length > 8192) return undefined
  const reader: Reader = { text, at: 0 }
  take(reader, /[ \t]*/y)
  const name = parseProjectName(take(reader, /[a-z0-9][a-z0-9._-]*/iy) ?? '')
  const extras = parseExtras(take(reader, /\[[ \ta-z0-9._,-]*\]/iy) ?? '[]')
  const source = take(reader, /@/y) ? parseUrl(take(reader, /[^ \t]+/y)) : parseVersions(takeVersions(reader))
  if (!name || !extras || !source) return undefined
  const hasMarker = take(reader, /;/y) !== undefined
  const start = reader.at
  if (hasMarker && !takeMarker(reader)) return undefined
  if (reader.at < text.length || /[\n\r]/.test(text)) return undefined
  return { name, extras, ...source, marker: hasMarker ? text.slice(start).trim() : undefined }
}

interface Reader {
  readonly text: string
  at: number
}

/** The token that stands here, if it is one of `pattern` (which is sticky), and the blanks after it. */
function take(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at
  const token = pattern.exec(reader.text)?.[0]
  if (token === undefined) return undefined
  blanks.lastIndex = reader.at + token.length
  reader.at += token.length + (blanks.exec(reader.text)?.[0].length ?? 0)
  return token
}

function parseExtras(brackets: string): ProjectName[] | undefined {
  const inside = brackets.slice(1, -1).trim()
  const extras = inside === '' ? [] : inside.split(',').map((extra) => parseProjectName(extra.trim()))
  return extras.every((extra) => extra !== undefined) ? extras : undefined
}

const parseUrl = (url: string | undefined) => (url ? { url, specifiers: [] } : undefined)

const takeVersions = (reader: Reader): string => take(reader, /\([^);]*\)/y)?.slice(1, -1) ?? take(reader, /[^(;][^;]*/y) ?? ''

function parseVersions(text: string) {
  const specifiers = parseSpecifiers(text)
  return specifiers && { url: undefined, specifiers }
}

/** `marker = operand comparison operand`, joined by `and` and `or`, in parentheses: counted, as a stranger's may be thousands deep. */
function takeMarker(reader: Reader): boolean {
  let depth = 0
  do {
    while (take(reader, /\(/y)) depth++
    if (!take(reader, operand) || !take(reader, comparison) || !take(reader, operand)) return false
    while (depth > 0 && take(reader, /\)/y)) depth--
  } while (take(reader, /(?:and|or)\b/y))
  return depth === 0
}

const blanks = /[ \t]*/y
const comparison = /===|[=!<>~]=|[<>]|in\b|not[ \t]+in\b/y

/** A variable in today's or its old spelling, or a string: no backslash, which one reader in two takes for an escape. */
const operand = new RegExp(
  [
    /'[^'\\\p{Cc}]*'|"[^"\\\p{Cc}]*"/u,
    /python_(?:full_)?version\b|platform_(?:release|system)\b|platform[._](?:version|machine|python_implementation)\b/,
    /python_implementation\b|implementation_(?:name|version)\b|os[._]name\b|sys[._]platform\b|extra\b/,
  ]
    .map((part) => part.source)
    .join('|'),
  'uy',
)
