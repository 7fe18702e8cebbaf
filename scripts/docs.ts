/*
 * Writes the parts of the documents that are made from the code: `npm run docs`. With `--check` it writes nothing, names the
 * documents that are out of date, and fails.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { documents } from './docs/parts.ts'

const root = new URL('../', import.meta.url)
const isCheck = process.argv.includes('--check')

for (const { path, parts } of documents()) {
  const before = readFileSync(new URL(path, root), 'utf8')
  const after = parts.reduce(withPart, before)
  if (after === before) continue
  if (isCheck) process.exitCode = 1
  else writeFileSync(new URL(path, root), after)
  process.stdout.write(`${path} ${isCheck ? 'is out of date: run `npm run docs`' : 'is written'}\n`)
}

/** The document with the part between its two marks. */
function withPart(text: string, { name, lines }: { name: string; lines: readonly string[] }): string {
  const [begin, end] = [`<!-- ${name}: made from the code by scripts/docs.ts -->\n`, `<!-- end of ${name} -->\n`]
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`a document has no place for ${name}`)
  return `${text.slice(0, from)}${begin}\n${lines.join('\n')}\n\n${text.slice(to)}`
}
