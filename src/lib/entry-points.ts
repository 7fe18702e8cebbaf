import { quote } from './quote.ts'
import { decodeUtf8 } from './utf8.ts'

/** One entry point, as `console_scripts`: `wheelkeep = wheelkeep.cli:main`. */
export interface EntryPoint {
  readonly group: string
  readonly name: string
  readonly value: string
}

/**
 * Reads a wheel's entry_points.txt (UP-98), strictly where the readers in use differ: UTF-8, `[group]` lines, `name = value` lines, `#`
 * before comments, nothing folded over two lines, no name twice. Installers make a file and a line of Python of each script, so its
 * name is letters, digits and `_.-` only, its value `module:object`, perhaps with extras. At most 20 problems come back.
 */
export function parseEntryPoints(bytes: Uint8Array): { readonly entryPoints: readonly EntryPoint[]; readonly problems: readonly string[] } {
  const text = bytes.length > maxSize ? undefined : decodeUtf8(bytes)
  if (text === undefined) return { entryPoints: [], problems: ["entry_points.txt isn't UTF-8 text of at most 1 MiB."] }
  const reader: Reader = { group: undefined, indent: undefined, entryPoints: new Map() }
  const problems = text.split(/\r?\n/).flatMap((line, index) => {
    const problem = readLine(reader, line)
    return problem ? [`Line ${index + 1} of entry_points.txt ${problem}.`] : []
  })
  return { entryPoints: [...reader.entryPoints.values()], problems: problems.slice(0, 20) }
}

const maxSize = 1024 * 1024

interface Reader {
  group: string | undefined
  /** How far the group's first entry is indented: what stands further right, Python's configparser adds to the line before. */
  indent: number | undefined
  readonly entryPoints: Map<string, EntryPoint>
}

function readLine(reader: Reader, line: string): string | undefined {
  const content = line.trim()
  if (/[^\P{Cc}\t]|[\p{Zl}\p{Zp}]/u.test(line)) return 'holds a control character or line separator: remove it'
  if (content === '' || content.startsWith('#')) return undefined
  const indent = line.length - line.trimStart().length
  if (reader.indent !== undefined && indent > reader.indent)
    return 'is indented deeper than the line before: give each entry one line of its own'
  const group = /^\[([^[\]]+)\]$/.exec(content)?.[1]
  reader.indent = group === undefined ? indent : undefined
  if (group === 'DEFAULT') return 'begins the group DEFAULT, whose entries some readers add to all others: name a group'
  if (group !== undefined) reader.group = group
  return group === undefined ? readEntry(reader, content) : undefined
}

function readEntry({ group, entryPoints }: Reader, content: string): string | undefined {
  if (group === undefined) return 'stands before the first [group]'
  const equals = content.indexOf('=')
  if (equals < 1 || content.startsWith(';')) return `holds ${quote(content)}: use 'name = value', or '#' for a comment`
  const [name, value] = [content.slice(0, equals).trim(), content.slice(equals + 1).trim()]
  const key = `${group}]${name}`
  if (entryPoints.has(key)) return `gives ${quote(name)} a second time in its group`
  entryPoints.set(key, { group, name, value })
  return group === 'console_scripts' || group === 'gui_scripts' ? scriptProblem(name, value) : undefined
}

function scriptProblem(name: string, value: string): string | undefined {
  if (!/^[\p{L}\p{N}_.-]+$/u.test(name) || /^\.+$/.test(name)) return `names a script ${quote(name)}: use letters, digits, '.', '-' and '_'`
  return objectReference.test(value) ? undefined : `gives the script ${quote(name)} the value ${quote(value)}: use 'module:function'`
}

const dotted = '[\\p{XIDS}_]\\p{XIDC}*(?:\\.[\\p{XIDS}_]\\p{XIDC}*)*'
const objectReference = new RegExp(`^${dotted}\\s*:\\s*${dotted}\\s*(?:\\[[^\\[\\]]*\\])?$`, 'u')
