import { readFileSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { availableParallelism, cpus, release, totalmem, type } from 'node:os'
import { loader } from './load.ts'

/** A table: its head, and its rows of figures already in words. */
export interface Table {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

const path = new URL('../docs/benchmarks.md', import.meta.url)

/** Prints what was measured, and writes it into its part of docs/benchmarks.md; the other parts stay. */
export async function report(name: string, title: string, text: string, table: Table): Promise<void> {
  const section = `## ${title}\n\n${text}\n\n${markdown(table)}\n\n${await circumstances()}\n`
  process.stdout.write(`${section}\n`)
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`]
  const page = await readFile(path, 'utf8')
  const [before, after] = [page.indexOf(begin), page.indexOf(end)]
  if (before < 0 || after < 0) throw new Error(`docs/benchmarks.md has no place for ${name}.`)
  writeFileSync(path, `${page.slice(0, before + begin.length)}\n${section}${page.slice(after)}`)
}

export const times = (ratio: number): string => `${ratio.toFixed(2)} ×`
export const figure = (value: number): string => Math.round(value).toLocaleString('en')

function markdown({ head, rows }: Table): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** A figure says nothing without the machine. */
async function circumstances(): Promise<string> {
  const memory = Math.round(totalmem() / 1024 ** 3)
  const kind = cpus()[0]?.model ?? 'unknown processor'
  const busy = readFileSync('/proc/loadavg', 'utf8').split(' ')[0]
  return `${new Date().toISOString().slice(0, 10)}: ${availableParallelism()} × ${kind}, ${memory} GiB, ${type()} ${release()}, Node ${process.version}, load by ${await loader()}; load average at the end ${busy}.`
}
