import { type Fault, faults } from './rules.ts'
import { fileSizes, functionSizes, percentile, type Size } from './sizes.ts'
import { readSources } from './source.ts'

/** What is wrong in the sources below `root`, and two lines about their sizes. Testing's own helpers may be as long as they like. */
export function checkHouse(root: string): { faults: Fault[]; sizes: string[] } {
  const sources = readSources(root)
  const sized = sources.filter(({ path }) => !path.startsWith('testing/'))
  const files = fileSizes(sized)
  const functions = functionSizes(sized)
  return {
    faults: [...faults(sources), ...tooLong('file', files, 300), ...tooLong('function', functions, 60)],
    sizes: [summary('files', files), summary('functions', functions)],
  }
}

const tooLong = (what: string, sizes: readonly Size[], maximum: number): Fault[] =>
  sizes
    .filter(({ lines }) => lines > maximum)
    .map(({ path, line, lines }) => ({ path, line, says: `a ${what} of ${lines} lines; ${maximum} are the most` }))

function summary(what: string, sizes: readonly Size[]): string {
  const longest = sizes.toSorted((a, b) => b.lines - a.lines)[0]
  const where = longest ? `${longest.lines} (${longest.path}:${longest.line})` : 0
  return `${sizes.length} ${what}: lines p50 ${percentile(sizes, 0.5)}, p90 ${percentile(sizes, 0.9)}, max ${where}`
}
