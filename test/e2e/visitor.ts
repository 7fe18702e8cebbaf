import assert from 'node:assert/strict'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

export type Visitor = ReturnType<typeof newVisitor>

/** Someone who reads pages without a window: follows redirects, keeps cookies, and sends forms as they stand on the page. */
export function newVisitor(site: string) {
  const cookies = new Map<string, string>()
  const page = { url: `${site}/`, status: 0, text: '' }

  async function load(url: string, body?: URLSearchParams): Promise<void> {
    const headers = { cookie: [...cookies].map((pair) => pair.join('=')).join('; '), origin: site }
    const answer = await fetch(url, { method: body ? 'POST' : 'GET', redirect: 'manual', headers, ...(body && { body }) })
    for (const cookie of answer.headers.getSetCookie()) keep(cookies, cookie)
    const text = await answer.text()
    const target = answer.headers.get('location')
    if (target !== null) return load(new URL(target, url).href)
    Object.assign(page, { url, status: answer.status, text })
  }

  return {
    page,
    cookies,
    open: (path: string): Promise<void> => load(new URL(path, site).href),
    /** Sends the first form of the page that has all these fields and posts to an address that begins with `action`. */
    async submit(fields: Record<string, string>, action = ''): Promise<void> {
      const form = formsIn(page.text).find(
        (form) => form.action.startsWith(action) && Object.keys(fields).every((name) => form.names.has(name)),
      )
      assert.ok(form, `no form with ${Object.keys(fields)} to ${action} on ${page.url}:\n${page.text}`)
      await load(new URL(form.action, page.url).href, new URLSearchParams({ ...form.hidden, ...fields }))
    },
    /** The text of the element with that id, or of each item if it is a list. */
    texts(id: string): string[] {
      const [found] = elementsIn(parse(page.text)).filter((element) => attribute(element, 'id') === id)
      const items = found ? elementsIn(found).filter(({ tagName }) => tagName === 'li') : []
      return (items.length > 0 ? items : found ? [found] : []).map(textOf)
    },
  }
}

const formsIn = (html: string) =>
  elementsIn(parse(html))
    .filter(({ tagName }) => tagName === 'form')
    .map((form) => {
      const controls = elementsIn(form).filter(({ tagName }) => ['input', 'select', 'textarea'].includes(tagName))
      const hidden = controls.filter((control) => attribute(control, 'type') === 'hidden')
      return {
        action: attribute(form, 'action'),
        names: new Set(controls.map((control) => attribute(control, 'name'))),
        hidden: Object.fromEntries(hidden.map((control) => [attribute(control, 'name'), attribute(control, 'value')])),
      }
    })

function elementsIn(node: Node): Element[] {
  const children = 'childNodes' in node ? node.childNodes : []
  return children.flatMap((child) => ('tagName' in child ? [child, ...elementsIn(child)] : []))
}

function textOf(node: Node): string {
  if ('value' in node) return node.value
  return 'childNodes' in node ? node.childNodes.map(textOf).join('').trim() : ''
}

const attribute = ({ attrs }: Element, name: string): string => attrs.find((attribute) => attribute.name === name)?.value ?? ''

function keep(cookies: Map<string, string>, cookie: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
  if (value === '' || cookie.includes('Max-Age=0')) cookies.delete(name)
  else cookies.set(name, value)
}
