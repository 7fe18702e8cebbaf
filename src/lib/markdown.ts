import type { LanguageFn } from 'highlight.js'
import hljs from 'highlight.js/lib/core'
import bash from 'highlight.js/lib/languages/bash'
import c from 'highlight.js/lib/languages/c'
import cpp from 'highlight.js/lib/languages/cpp'
import diff from 'highlight.js/lib/languages/diff'
import ini from 'highlight.js/lib/languages/ini'
import javascript from 'highlight.js/lib/languages/javascript'
import json from 'highlight.js/lib/languages/json'
import python from 'highlight.js/lib/languages/python'
import pycon from 'highlight.js/lib/languages/python-repl'
import rust from 'highlight.js/lib/languages/rust'
import shell from 'highlight.js/lib/languages/shell'
import sql from 'highlight.js/lib/languages/sql'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'
import yaml from 'highlight.js/lib/languages/yaml'
import MarkdownIt, { type StateCore, type Token } from 'markdown-it'
import type { DescriptionType } from './description-type.ts'

/**
 * Markdown as HTML that is **not safe yet**: raw HTML of the author is in it, so it goes through `sanitize`.
 * GFM: tables, strikethrough, autolinks, task lists, and ids on headings as GitHub makes them, so that tables of contents work.
 */
export const renderMarkdown = (text: string, variant: DescriptionType['variant']): string =>
  (variant === 'GFM' ? githubMarkdown() : commonMark()).render(text)

const languages: Record<string, LanguageFn> = {
  python,
  pycon,
  bash,
  shell,
  json,
  yaml,
  ini,
  javascript,
  typescript,
  rust,
  c,
  cpp,
  sql,
  diff,
  xml,
}

/** Longer blocks are data, not examples, and stay plain. */
const maxHighlighted = 20_000

const commonMark = () => new MarkdownIt('commonmark', { highlight })

function githubMarkdown() {
  const markdown = new MarkdownIt({ html: true, linkify: true, highlight })
  markdown.linkify.set({ fuzzyLink: false }) // `setup.py` is no link to Paraguay
  markdown.linkify.add('//', null).add('www.', {
    validate: (text, pos, linkify) => Math.max(0, linkify.testSchemaAt(`//www.${text.slice(pos, pos + 2048)}`, 'http:', 0) - 6),
    normalize: (match) => {
      match.url = `http://${match.url}`
    },
  })
  markdown.core.ruler.push('heading_ids', nameHeadings)
  markdown.core.ruler.push('task_lists', tickTasks)
  return markdown
}

/** Class names only (D15: no inline style). `''` tells the renderer to escape the code itself. */
function highlight(code: string, info: string): string {
  const name = /^[\w+#-]+/.exec(info.slice(0, 40))?.[0] ?? ''
  if (code.length > maxHighlighted || !findLanguage(name)) return ''
  return hljs.highlight(code, { language: name, ignoreIllegals: true }).value
}

/** Languages with their aliases: `py`, `console`, `toml`, `html` … */
function findLanguage(name: string) {
  if (!hljs.getLanguage('python')) for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language)
  return hljs.getLanguage(name)
}

function nameHeadings(state: StateCore): void {
  const seen = new Map<string, number>()
  state.tokens.forEach((token, i) => {
    if (token.type !== 'heading_open') return
    const slug = slugOf(state.tokens[i + 1]?.children ?? [])
    const times = seen.get(slug) ?? 0
    seen.set(slug, times + 1)
    token.attrSet('id', times ? `${slug}-${times}` : slug)
  })
}

const slugOf = (tokens: Token[]): string =>
  tokens
    .filter((token) => token.type === 'text' || token.type === 'code_inline')
    .map((token) => token.content)
    .join('')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-')

/** A box as a character: a form control without a label would only be in the way. */
function tickTasks(state: StateCore): void {
  state.tokens.forEach((token, i) => {
    const item = state.tokens[i - 2]
    const first = token.children?.[0]
    const box = /^\[([ xX])\] /.exec(first?.content ?? '')
    if (item?.type !== 'list_item_open' || first?.type !== 'text' || !box) return
    first.content = `${box[1] === ' ' ? '☐' : '☑'} ${first.content.slice(4)}`
    item.attrSet('class', 'task')
  })
}
