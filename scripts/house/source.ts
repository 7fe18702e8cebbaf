import { globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

/** One import or re-export, static or dynamic. */
export interface Import {
  readonly line: number
  readonly specifier: string
  /** The imported file as a path below src/, if it is one of ours. */
  readonly target: string | undefined
  /** What is imported beside types: names, `*` for all of it. */
  readonly values: readonly string[]
  readonly names: readonly string[]
}

/** A source file, its path below src/, its text with everything blank that is no code. */
export interface Source {
  readonly path: string
  readonly code: string
  readonly imports: readonly Import[]
}

/** All sources below `src`, but no tests. Throws on text that it can't read. */
export const readSources = (src: string): Source[] =>
  globSync('**/*.{ts,tsx}', { cwd: src })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !isTest(path))
    .sort()
    .map((path) => parse(path, readFileSync(join(src, path), 'utf8')))

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path)

/** Number of the line, from 1, in which `index` of `text` stands. */
export const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length

function parse(path: string, text: string): Source {
  const code = mask(text)
  if (code === undefined) throw new Error(`${path}: a template string does not end`)
  return { path, code, imports: [...code.matchAll(importStart)].map((match) => parseImport(path, text, match)) }
}

const importStart = /^(?:import|export)\s+(type\s+)?([\w$*{}\s,]*?)\s*\bfrom\s*(?=['"])|^import\s*(?=['"])|\bimport\(\s*(?=['"])/gm

function parseImport(path: string, text: string, match: RegExpExecArray): Import {
  const [all, type, list = ''] = match
  const from = match.index + all.length + 1
  const specifier = text.slice(from, text.indexOf(text[from - 1] ?? '', from))
  const names = list.split(/[{},]/).flatMap((name) => name.trim() || [])
  const values = type ? [] : names.filter((name) => !name.startsWith('type ')).map((name) => name.split(' ')[0] ?? '')
  return {
    line: lineAt(text, match.index),
    specifier,
    target: specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined,
    names: names.map((name) => name.replace(/^type /, '').split(' ')[0] ?? ''),
    values: names.length > 0 ? values : ['*'],
  }
}

const token =
  /\/\/.*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|(?<=(?:[(,=:[!&|?;+{]|=>|\breturn)\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/\w*|[`{}]/g
const templateText = /(?:\\[\s\S]|\$(?!\{)|[^\\`$])*(?:`|\$\{)/y

/** The text with comments, regular expressions and the inside of strings blanked, of the same length; `undefined` if a template does not end. */
function mask(text: string): string | undefined {
  const templates: number[] = [] // for each `${` that is open, how deep in braces its template stands
  let depth = 0
  let masked = ''
  for (let at = 0; at < text.length; ) {
    token.lastIndex = at
    const match = token.exec(text)
    if (!match) return templates.length ? undefined : masked + text.slice(at)
    masked += text.slice(at, match.index)
    at = token.lastIndex
    const found = match[0]
    const resumes = found === '}' && depth === 0 && templates.length > 0
    if (found === '`' || resumes) {
      if (resumes) depth = templates.pop() ?? 0
      templateText.lastIndex = at
      if (!templateText.test(text)) return undefined
      const end = templateText.lastIndex
      masked += blank(text.slice(match.index, end))
      at = end
      if (text[end - 1] === '{') {
        templates.push(depth)
        depth = 0
      }
    } else {
      if (found === '{') depth++
      if (found === '}') depth--
      masked += found.length === 1 ? found : found.startsWith('/') ? blank(found) : found[0] + blank(found.slice(2)) + found[0]
    }
  }
  return masked
}

const blank = (text: string): string => text.replace(/[^\n]/g, ' ')
