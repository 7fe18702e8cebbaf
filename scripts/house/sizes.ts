import type { Source } from './source.ts'

/** Where something begins and how many lines it has. */
export interface Size {
  readonly path: string
  readonly line: number
  readonly lines: number
}

export const fileSizes = (sources: readonly Source[]): Size[] =>
  sources.map(({ path, code }) => ({ path, line: 1, lines: code.trimEnd().split('\n').length }))

/**
 * Functions with a name or a block, told by how Biome lays code out: one lasts as long as its lines are indented more than its first,
 * closing brackets included. Arrows within a line (`rows.map((row) => row.id)`) don't count.
 */
export const functionSizes = (sources: readonly Source[]): Size[] =>
  sources.flatMap(({ path, code }) => {
    const lines = code.split('\n')
    return starts(lines).map((start) => ({ path, line: start + 1, lines: end(lines, start) - start }))
  })

/** The value that this share (0 to 1) of the sizes does not exceed. */
export function percentile(sizes: readonly Size[], share: number): number {
  const sorted = sizes.map(({ lines }) => lines).sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0
}

const declaration = /\bfunction\b\s*\*?\s*\w*\s*[(<]/
const arrow = /^\s*(?:export )?const \w+(?:: .+)? = (?:async )?(?:<[^=]*>)?(?:\(.*\)|\w+)(?:: .+)? =>|=>(?: [{(])?$/
const method = /^\s*(?:(?:async|static|get|set) )*\*?#?(?!(?:if|for|while|switch|catch|function)\b)[\w$]+(?:<.*>)?\(.*\)(?:: .+)? \{$/
const endOfParameters = /^\s*(?:\}: \{|[}\]]*\)(?:: .+)? (?:\{|=>(?: [{(])?))$/
const noFunction = /^\s*(?:(?:export )?type|(?:\} else )?if|for|while|switch)\b/

/** The lines, from 0, on which functions begin. */
function starts(lines: readonly string[]): number[] {
  const begins = (line: string, at: number) => {
    if (endOfParameters.test(line)) return lines.slice(0, at).findLastIndex((before) => indent(before) === indent(line) && !closes(before))
    return declaration.test(line) || arrow.test(line) || method.test(line) ? at : -1
  }
  return [...new Set(lines.map(begins))].filter((at) => at >= 0 && !noFunction.test(lines[at] ?? ''))
}

/** The line after the last one of the function that begins at `start`. */
function end(lines: readonly string[], start: number): number {
  const depth = indent(lines[start] ?? '')
  const after = lines.findIndex((line, at) => at > start && indent(line) <= depth && !endOfParameters.test(line))
  const next = lines[after] ?? ''
  if (closes(next) && indent(next) === depth) return after + 1
  return lines.slice(0, after < 0 ? undefined : after).findLastIndex((line) => line.trim() !== '') + 1
}

/** Blank lines belong to what stands around them. */
const indent = (line: string): number => (line.trim() === '' ? Number.POSITIVE_INFINITY : line.search(/\S/))
const closes = (line: string): boolean => /^\s*[)\]}]/.test(line)
