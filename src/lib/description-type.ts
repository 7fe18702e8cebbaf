/** What a project's description is written in, and which Markdown. */
export interface DescriptionType {
  readonly type: 'text/plain' | 'text/x-rst' | 'text/markdown'
  readonly variant: 'GFM' | 'CommonMark'
}

/**
 * Reads a Description-Content-Type (UP-27), as `text/markdown; charset=UTF-8; variant=GFM`: one of three types, no charset but
 * UTF-8, no other variant of Markdown, nothing twice. Parameters it doesn't know are ignored. Anything else is `undefined`.
 */
export function parseDescriptionType(text: string): DescriptionType | undefined {
  const [first = '', ...parameters] = text.split(';').map((part) => part.trim())
  const type = types.find((type) => type === first.toLowerCase())
  const pairs = parameters.filter((part) => part !== '').map(parseParameter)
  const values = new Map(pairs.filter((pair) => pair !== undefined))
  if (!type || values.size < pairs.length) return undefined
  const variant = type === 'text/markdown' ? (values.get('variant') ?? 'GFM') : 'GFM'
  if (variant !== 'GFM' && variant !== 'CommonMark') return undefined
  return /^utf-8$/i.test(values.get('charset') ?? 'utf-8') ? { type, variant } : undefined
}

const types = ['text/plain', 'text/x-rst', 'text/markdown'] as const

function parseParameter(text: string): [string, string] | undefined {
  const [, name, quoted, plain] = /^([a-z0-9_-]+)[ \t]*=[ \t]*(?:"([^"]*)"|([^\s"]+))$/i.exec(text) ?? []
  const value = quoted ?? plain
  return name && value !== undefined ? [name.toLowerCase(), value] : undefined
}
