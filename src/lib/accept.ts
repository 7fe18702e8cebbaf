/** The three representations of an index page (PEP 691): JSON, HTML, and HTML under its old name. */
export type SimpleType = 'json' | 'html' | 'text'

/** Their media types, in the order the index prefers. */
export const simpleTypes = {
  json: 'application/vnd.pypi.simple.v1+json',
  html: 'application/vnd.pypi.simple.v1+html',
  text: 'text/html',
} as const satisfies Record<SimpleType, string>

/**
 * The representation that an `Accept` header asks for; `undefined`: none of ours (406). Without a header, and where only a
 * wildcard for everything decides, it is `text`: browsers and scrapers send that (PEP 691, standards.md §1.2).
 */
export function negotiate(accept: string): SimpleType | undefined {
  const items = accept.split(',').flatMap(readItem)
  if (items.length === 0) return 'text'
  const offers = preferred.map((type) => ({ type, ...weigh(items, type) })).filter(({ weight }) => weight > 0)
  const most = Math.max(...offers.map(({ weight }) => weight))
  const best = offers.filter(({ weight }) => weight === most)
  return best.length === 0 ? undefined : (best.find(({ rank }) => rank > 1)?.type ?? 'text')
}

/** What `?format=` names: one media type, where a form's encoding may have made the plus a space. `undefined`: none of ours (406). */
export function typeOfFormat(format: string): SimpleType | undefined {
  const name = format.trim().replace(' ', '+').toLowerCase()
  return preferred.find((type) => namesOf[type].includes(name))
}

/** Whether `Accept-Encoding` allows gzip (RFC 9110 §12.5.3). */
export function acceptsGzip(acceptEncoding: string): boolean {
  const items = acceptEncoding.split(',').map(readWeighed)
  const named = items.find(({ name }) => name === 'gzip') ?? items.find(({ name }) => name === '*')
  return (named?.weight ?? 0) > 0
}

const preferred = ['json', 'html', 'text'] as const

/** The latest version of each is v1. */
const namesOf: Record<SimpleType, readonly string[]> = {
  json: [simpleTypes.json, 'application/vnd.pypi.simple.latest+json'],
  html: [simpleTypes.html, 'application/vnd.pypi.simple.latest+html'],
  text: [simpleTypes.text],
}

interface Item {
  readonly name: string
  readonly weight: number
}

/** An item of the list; what is no media range, or has a weight that is none, is as if it weren't there. */
function readItem(text: string): Item[] {
  const item = readWeighed(text)
  return item.weight >= 0 && item.name.includes('/') ? [item] : []
}

/** A name and its weight (RFC 9110 §12.4.2): 1 unless said, -1 if what is said is no weight. */
function readWeighed(text: string): Item {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const said = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  if (said === undefined) return { name, weight: 1 }
  return { name, weight: /^(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$/.test(said) ? Number(said) : -1 }
}

/** The weight of the items that name a type most closely: itself (rank 3), its family (2), or everything (1). */
function weigh(items: readonly Item[], type: SimpleType): { weight: number; rank: number } {
  const family = `${simpleTypes[type].split('/')[0]}/*`
  const ranks = [namesOf[type], [family], ['*/*']]
  for (const [at, names] of ranks.entries()) {
    const weights = items.filter(({ name }) => names.includes(name)).map(({ weight }) => weight)
    if (weights.length > 0) return { weight: Math.max(...weights), rank: 3 - at }
  }
  return { weight: 0, rank: 0 }
}
