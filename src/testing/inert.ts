import assert from 'node:assert/strict'
import { type DefaultTreeAdapterTypes, parse, html as standard } from 'parse5'

/**
 * Fails unless HTML is harmless in a page whichever way it is parsed: only the elements, attributes, classes and addresses that a
 * description may have. Written apart from the sanitiser's lists on purpose.
 */
export function assertInert(html: string): void {
  for (const scriptingEnabled of [true, false]) {
    const page = parse(`<!doctype html><body>${html}`, { scriptingEnabled })
    for (const element of elementsOf(page)) assertHarmless(element, html)
  }
}

/** All text of a piece of HTML, in order. */
export const textOf = (html: string): string =>
  nodesOf(parse(`<!doctype html><body>${html}`))
    .map((node) => ('value' in node ? node.value : ''))
    .join('')

/** The elements of a piece of HTML, each as its tag and attributes: `a href=https://example.org/`. */
export const outline = (html: string): string[] =>
  elementsOf(parse(`<!doctype html><body>${html}`))
    .filter((element) => !frame.has(element.nodeName))
    .map((element) => [element.tagName, ...element.attrs.map(({ name, value }) => `${name}=${value}`)].join(' '))

const frame = new Set(['html', 'head', 'body'])
const elements = new Set(
  (
    'a abbr b blockquote br caption code dd del details dfn div dl dt em h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q s samp small ' +
    'span strong sub summary sup table tbody td tfoot th thead tr u ul var wbr'
  ).split(' '),
)
const attributes: Record<string, RegExp> = {
  id: /^user-content-\S+$/,
  class: /^(?:(?:hljs-[a-z_-]+|align-left|align-center|align-right|image|task|scroll|plain)(?: |$))+$/,
  href: /^(?:https?:\/\/|mailto:|#user-content-)/,
  rel: /^nofollow noopener$/,
  title: /^/,
  lang: /^[a-zA-Z0-9-]+$/,
  dir: /^(?:ltr|rtl|auto)$/,
  start: /^\d+$/,
  value: /^\d+$/,
  colspan: /^\d\d?$/,
  rowspan: /^\d\d?$/,
  open: /^$/,
  tabindex: /^0$/,
  role: /^region$/,
  'aria-label': /^Table \d+$/,
}

function assertHarmless(element: DefaultTreeAdapterTypes.Element, html: string): void {
  const isFrame = frame.has(element.tagName) && element.attrs.length === 0
  assert.equal(element.namespaceURI, standard.NS.HTML, html)
  assert.ok(isFrame || elements.has(element.tagName), `<${element.tagName}> in ${html}`)
  for (const { name, value } of element.attrs)
    assert.match(value, attributes[name] ?? /nothing fits/, `${name} of <${element.tagName}> in ${html}`)
}

const elementsOf = (root: DefaultTreeAdapterTypes.Node) => nodesOf(root).filter((node) => 'tagName' in node)

function nodesOf(root: DefaultTreeAdapterTypes.Node): DefaultTreeAdapterTypes.Node[] {
  const found: DefaultTreeAdapterTypes.Node[] = []
  const todo = [root]
  for (let node = todo.pop(); node; node = todo.pop()) {
    found.push(node)
    if ('childNodes' in node) for (const child of node.childNodes.toReversed()) todo.push(child)
  }
  return found
}
