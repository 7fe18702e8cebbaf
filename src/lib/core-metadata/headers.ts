/** A file of headers, an empty line and a body. Names are in lower case; a folded value keeps its line breaks and indentation. */
export interface HeaderFile {
  readonly headers: readonly Header[]
  readonly body: string
}

export interface Header {
  readonly name: string
  value: string
}

const maxHeaders = 5000

/**
 * Reads METADATA or PKG-INFO, strictly where the readers in use (Python's email package, and others) differ: what one takes for
 * a header, another for the description. Refuses, with the sentence to show: NUL, a carriage return alone, a line that is neither
 * header nor folded, headers that change how mail programs read the body, and more than 5,000 headers (T167).
 */
export function readHeaders(text: string): HeaderFile | { readonly problem: string } {
  const headers: Header[] = []
  if (text.includes('\0')) return { problem: 'It holds a NUL character: remove it.' }
  for (let at = 0, number = 1; at < text.length; number++) {
    const end = text.indexOf('\n', at)
    const line = text.slice(at, end < 0 ? text.length : end).replace(/\r$/, '')
    at = end < 0 ? text.length : end + 1
    if (line === '') return { headers, body: text.slice(at) }
    const problem = addLine(headers, line)
    if (problem) return { problem: `Line ${number} ${problem}` }
  }
  return { headers, body: '' }
}

/** Adds one line as a new header or to the last one; what is wrong with it comes back. */
function addLine(headers: Header[], line: string): string | undefined {
  const last = headers.at(-1)
  const isFolded = line.startsWith(' ') || line.startsWith('\t')
  if (line.includes('\r')) return 'holds a carriage return without a line feed: remove it.'
  if (isFolded && last) last.value += `\n${line}`
  if (isFolded) return last ? undefined : 'is indented, but no header stands before it.'
  const name = /^[!-9;-~]+(?=:)/.exec(line)?.[0]
  if (!name) return "isn't a header: indent it if it belongs to the line before, or put an empty line before the description."
  if (mailHeaders.has(name.toLowerCase())) return `is the header ${name}, which isn't metadata: remove it.`
  if (headers.length >= maxHeaders) return `is header number ${maxHeaders + 1}: there may be ${maxHeaders}.`
  headers.push({ name: name.toLowerCase(), value: line.slice(name.length + 1).trimStart() })
  return undefined
}

const mailHeaders = new Set(['content-type', 'content-transfer-encoding', 'mime-version'])
