import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parseFragment, html as standard } from 'parse5'
import { type AllowedAttribute, allowedAttributes, allowedClass, outputTags, requiredParents } from './allowed-html.ts'
import { escapeHtml } from './html.ts'
import { safeUrl } from './url.ts'

/**
 * A stranger's HTML made inert (T98, D15): what isn't in `allowed-html.ts` doesn't come out. It is parsed as a browser does and
 * written anew. No element that a parser reads in a mode of its own (script, style, svg, textarea …) is ever written, so no
 * parser can find more in the result than was put there. Ids get a prefix and links to them follow; images become links;
 * the topmost heading becomes h2, for the page has its h1. Sanitising twice changes nothing.
 * `undefined`: nested deeper than 200 elements, which browsers don't show as written.
 */
export function sanitize(html: string): string | undefined {
  const page: Page = { parts: [], open: [], headings: [], ids: new Set(), tables: 0 }
  const todo: Step[] = []
  later(todo, parseFragment(defaultTreeAdapter.createElement('div', standard.NS.HTML, []), html, {}).childNodes)
  for (let step = todo.pop(); step; step = todo.pop()) {
    if (page.open.length > maxDepth) return undefined
    if ('close' in step) close(page, step.close)
    else if ('value' in step) page.parts.push(escapeHtml(step.value))
    else if ('tagName' in step) later(todo, enter(page, step))
  }
  shiftHeadings(page)
  return page.parts.join('')
}

type Element = DefaultTreeAdapterTypes.Element
type Step = DefaultTreeAdapterTypes.ChildNode | { close: string }
type Given = Map<string, string>
type Page = {
  parts: string[]
  /** The tags written and not closed yet. */
  open: string[]
  /** Which parts are tags of headings. */
  headings: number[]
  ids: Set<string>
  tables: number
}

const maxDepth = 200
const prefix = 'user-content-'
const single = new Set(['br', 'hr', 'wbr'])
const alignment = /^(?:text-align: ?)?(left|center|right);?$/i
const heading = /^(<?\/?h)([1-6])/

/** From the end, where `pop` takes them. */
function later(todo: Step[], steps: Step[]): void {
  for (const step of steps.toReversed()) todo.push(step)
}

/** Writes what stands before an element's content, and says what follows. */
function enter(page: Page, element: Element): Step[] {
  const given: Given = new Map(element.attrs.map(({ name, value }) => [name, value]))
  const tag = element.namespaceURI === standard.NS.HTML ? outputTags.get(element.tagName) : ''
  if (tag === '') return []
  if (tag === 'img') return writeImage(page, given)
  if (tag === 'table') return writeTable(page, given, element.childNodes)
  const placed = tag && place(page, tag, given)
  return placed ? write(page, placed, given, element.childNodes) : element.childNodes
}

/** The tag to write here. A parser would close the outer of two links or headings; of ours, tables have their `scroll` already. */
function place(page: Page, tag: string, given: Given): string | undefined {
  if (tag === 'a' && (page.open.includes('a') || !(linkOf(given) || idOf(page, tag, given)))) return undefined
  if (heading.test(tag) && page.open.some((open) => heading.test(open))) return undefined
  if (tag === 'div' && given.get('class') === 'scroll') return undefined
  const parent = requiredParents.get(tag)
  return !parent || parent.has(page.open.at(-1) ?? '') ? tag : 'div'
}

function write(page: Page, tag: string, given: Given, content: Step[]): Step[] {
  if (heading.test(tag)) page.headings.push(page.parts.length)
  page.parts.push(`<${tag}${attributesOf(page, tag, given)}>${tag === 'pre' ? '\n' : ''}`) // a parser skips a line feed here
  if (single.has(tag)) return []
  page.open.push(tag)
  return [...content, { close: tag }]
}

function close(page: Page, tag: string): void {
  if (heading.test(tag)) page.headings.push(page.parts.length)
  page.parts.push(`</${tag}>`)
  page.open.pop()
}

/** Images of others stay off (D15): a link says what is there. In a link, the words only. */
function writeImage(page: Page, given: Given): Step[] {
  const url = safeUrl(given.get('src') ?? '')
  const linked = page.open.includes('a')
  const words = escapeHtml(given.get('alt')?.trim() || (url || linked ? 'image' : ''))
  const link = `<a class="image" href="${escapeHtml(url ?? '')}" rel="nofollow noopener">${words}</a>`
  if (words) page.parts.push(url && !linked ? link : `<span class="image">${words}</span>`)
  return []
}

/** A wide table scrolls in a region of its own, which the keyboard reaches and whose name is its number. */
function writeTable(page: Page, given: Given, content: Step[]): Step[] {
  page.tables += 1
  page.parts.push(`<div class="scroll" tabindex="0" role="region" aria-label="Table ${page.tables}">`)
  page.open.push('div')
  return [...write(page, 'table', given, content), { close: 'div' }]
}

function attributesOf(page: Page, tag: string, given: Given): string {
  const href = tag === 'a' ? linkOf(given) : undefined
  const id = idOf(page, tag, given)
  const found = [
    ['id', id],
    ['class', classOf(given)],
    ...allowedAttributes.map((rule) => [rule.name, keptValue(rule, tag, given)]),
    ['href', href],
    ['rel', href && !href.startsWith('#') ? 'nofollow noopener' : undefined],
    ['tabindex', tag === 'pre' ? '0' : undefined],
  ]
  if (id) page.ids.add(id)
  return found.flatMap(([name, value]) => (value === undefined ? [] : ` ${name}="${escapeHtml(value)}"`)).join('')
}

function keptValue({ name, on, fits }: AllowedAttribute, tag: string, given: Given): string | undefined {
  const value = given.get(name)
  return value !== undefined && (!on || on.has(tag)) && fits.test(value) ? value : undefined
}

/** Of two alike, the first. */
function idOf(page: Page, tag: string, given: Given): string | undefined {
  const id = prefixed(given.get('id') || (tag === 'a' ? given.get('name') : undefined))
  return id && !page.ids.has(id) ? id : undefined
}

function linkOf(given: Given): string | undefined {
  const href = given.get('href')?.trim() ?? ''
  if (!href.startsWith('#')) return safeUrl(href)
  const id = prefixed(href.slice(1))
  return id && `#${id}`
}

/** No id of a stranger's takes one of the page's own, or a name that a script looks for (DOM clobbering). */
function prefixed(id = ''): string | undefined {
  const bare = id.startsWith(prefix) ? id.slice(prefix.length) : id
  return /^[^\s\p{Cc}]{1,300}$/u.test(bare) ? prefix + bare : undefined
}

/** Alignment is a class, for the policy has no inline styles (P10). */
function classOf(given: Given): string | undefined {
  const own = given.get('class')?.split(/\s+/) ?? []
  const side = alignment.exec((given.get('align') ?? given.get('style') ?? '').trim())?.[1]?.toLowerCase()
  const all = new Set([...own.filter((name) => allowedClass.test(name)), ...(side ? [`align-${side}`] : [])])
  return all.size ? [...all].join(' ') : undefined
}

/** All by as much as brings the topmost to h2. */
function shiftHeadings({ parts, headings }: Page): void {
  const levelOf = (i: number) => Number(heading.exec(parts[i] ?? '')?.[2])
  const top = headings.reduce((least, i) => Math.min(least, levelOf(i)), 6)
  for (const i of headings) parts[i] = (parts[i] ?? '').replace(heading, (_, start) => `${start}${Math.min(6, levelOf(i) + 2 - top)}`)
}
