const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))
const each = (names: string, tag?: string) => names.split(' ').map((name) => [name, tag ?? name] as const)

/**
 * The tag that `sanitize` writes for the one it reads; `''` takes an element out with all that is in it. One that isn't here
 * leaves its content. To keep an element that a parser reads in a mode of its own (as `textarea`) would break the sanitiser.
 */
export const outputTags: ReadonlyMap<string, string> = new Map([
  ...each('a abbr b blockquote br caption code dd del details dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s'),
  ...each('samp small span strong sub summary sup table tbody td tfoot th thead tr u ul var wbr'),
  ...each('address article aside center dialog fieldset figcaption figure footer header hgroup main nav search section', 'div'),
  ...each('listing plaintext xmp', 'pre'),
  ...each('dir menu', 'ul'),
  ...each('strike', 's'),
  ...each('tt', 'code'),
  ...each('applet audio button canvas embed frameset head iframe marquee noembed noframes noscript object script select style', ''),
  ...each('template textarea title video', ''),
])

/** Where an element must stand: elsewhere it is written as a `div`. */
export const requiredParents: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['li', words('ol ul')],
  ['dd', words('dl')],
  ['dt', words('dl')],
  ['summary', words('details')],
])

export type AllowedAttribute = {
  name: string
  /** Absent: on every element. */
  on?: ReadonlySet<string>
  fits: RegExp
}

/** Attributes that are kept as they are, if they fit. `id`, `class`, `href` and alignment have rules of their own. */
export const allowedAttributes: readonly AllowedAttribute[] = [
  { name: 'title', fits: /^/ },
  { name: 'lang', fits: /^[a-z0-9-]{1,35}$/i },
  { name: 'dir', fits: /^(?:ltr|rtl|auto)$/ },
  { name: 'start', on: words('ol'), fits: /^\d{1,9}$/ },
  { name: 'value', on: words('li'), fits: /^\d{1,9}$/ },
  { name: 'colspan', on: words('td th'), fits: /^[1-9]\d?$/ },
  { name: 'rowspan', on: words('td th'), fits: /^[1-9]\d?$/ },
  { name: 'open', on: words('details'), fits: /^$/ },
]

/** The highlighter's classes and ours: none that dresses a stranger's text up as a part of the page. */
export const allowedClass = /^(?:hljs-[a-z_-]{1,30}|align-(?:left|center|right)|image|task)$/
