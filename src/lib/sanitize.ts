import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parseFragment, html as standard } from 'parse5'
import { escapeHtml } from './html.ts'
import { safeUrl } from './url.ts'

type Node = DefaultTreeAdapterTypes.ChildNode
type Element = DefaultTreeAdapterTypes.Element

/**
 * A stranger's HTML made inert (T98, D15): what is not on the lists below doesn't come out. It is parsed as a browser does and
 * written anew; no element that a parser reads in a mode of its own (script, style, svg, textarea …) is ever written, so no
 * reading of the result can find more in it than was put there. Ids are prefixed and links to them follow; images become links;
 * the topmost heading becomes h2, for the page has its h1. Sanitising twice changes nothing.
 * `undefined`: nested deeper than 200 elements, which browsers don't show as written.
 */
export function sanitize(html: string): string | undefined {
  const page: Page = { parts: [], open: [], levels: [], ids: new Set(), tables: 0 }
  const todo: Step[] = []
  later(todo, parseFragment(defaultTreeAdapter.createElement('div', standard.NS.HTML, []), html).childNodes)
  for (let step = todo.pop(); step; step = todo.pop()) {
    if (page.open.length > maxDepth) return undefined
    if ('close' in step) close(page, step.close)
    else if ('value' in step) writeText(page, step.value)
    else if ('tagName' in step) later(todo, enter(page, step))
  }
  return shiftHeadings(page).join('')
}

const maxDepth = 200
const prefix = 'user-content-'

const words = (text: string): Set<string> => new Set(text.split(' '))

const kept = words(
  'a abbr b blockquote br caption code dd del details dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q s samp ' +
    'small span strong sub summary sup table tbody td tfoot th thead tr u ul var wbr',
)
const empty = words('br hr wbr')
/** Gone with all that is in them. The other elements that are not kept leave their content. */
const dropped = words(
  'applet audio base button canvas embed frame frameset head iframe input link marquee meta noembed noframes noscript object ' +
    'script select style template textarea title video',
)
const renamed = new Map([
  ...[...words('address article aside center dialog fieldset figcaption figure footer form header hgroup main nav search section')].map(
    (tag) => [tag, 'div'] as const,
  ),
  ...[...words('listing plaintext xmp')].map((tag) => [tag, 'pre'] as const),
  ['dir', 'ul'],
  ['menu', 'ul'],
  ['strike', 's'],
  ['tt', 'code'],
])
/** Where an element may stand, if not anywhere: elsewhere it is a `div`. */
const parents = new Map([
  ['li', words('ol ul')],
  ['dd', words('dl')],
  ['dt', words('dl')],
  ['summary', words('details')],
])

const matching = (pattern: RegExp) => (value: string) => pattern.test(value)
const attributes: { name: string; tags?: Set<string>; fits: (value: string) => boolean }[] = [
  { name: 'title', fits: () => true },
  { name: 'lang', fits: matching(/^[a-z0-9-]{1,35}$/i) },
  { name: 'dir', fits: matching(/^(?:ltr|rtl|auto)$/) },
  { name: 'start', tags: words('ol'), fits: matching(/^\d{1,9}$/) },
  { name: 'value', tags: words('li'), fits: matching(/^\d{1,9}$/) },
  { name: 'colspan', tags: words('td th'), fits: matching(/^[1-9]\d?$/) },
  { name: 'rowspan', tags: words('td th'), fits: matching(/^[1-9]\d?$/) },
  { name: 'open', tags: words('details'), fits: matching(/^$/) },
]
