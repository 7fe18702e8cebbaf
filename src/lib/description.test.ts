import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attacks } from '../testing/attacks.ts'
import { assertInert, outline, textOf } from '../testing/inert.ts'
import { renderDescription } from './description.ts'

const markdown = (text: string): string => renderDescription(text, 'text/markdown').html

test('T98: every attack is inert in every type of description, and its text is not lost where it is shown as text', () => {
  for (const attack of attacks) {
    for (const type of ['text/markdown', 'text/markdown; variant=CommonMark', 'text/plain', 'text/x-rst', undefined, 'text/html'])
      assertInert(renderDescription(attack, type).html)
    assertInert(markdown(`> - ${attack.replaceAll('\n', '\n>   ')}`))
  }
  assert.equal(textOf(renderDescription('<script>\n&amp;', 'text/plain').html), '<script>\n&amp;')
})

test('Markdown is GFM unless its variant says CommonMark', () => {
  assert.match(markdown('~~a~~'), /<s>/)
  assert.match(renderDescription('~~a~~', 'text/markdown; charset=UTF-8; variant=GFM').html, /<s>/)
  assert.doesNotMatch(renderDescription('~~a~~', 'text/markdown; variant=CommonMark').html, /<s>/)
})

test('plain text goes as it is; T99: reStructuredText and what has no type do too, with a warning', () => {
  const text = '.. raw:: html\n\n   <b>\n\n.. include:: /etc/passwd'
  const html = '<pre class="plain">\n.. raw:: html\n\n   &lt;b&gt;\n\n.. include:: /etc/passwd</pre>'
  assert.deepEqual(renderDescription(text, 'text/plain'), { html })
  for (const [type, warning] of [
    ['text/x-rst', /reStructuredText/],
    ['text/x-rst; charset=UTF-8', /reStructuredText/],
    [undefined, /reStructuredText/],
    ['', /reStructuredText/],
    ['text/html', /unknown/],
  ] as const) {
    const rendered = renderDescription(text, type)
    assert.equal(rendered.html, html)
    assert.match(rendered.warning ?? '', warning)
  }
})

test('a README as many write it: badges, contents, table, code, details', () => {
  const html = markdown(readme)
  assertInert(html)
  assert.deepEqual(outline(html), [
    'h2 id=user-content-gridcast',
    'p class=align-center',
    'a class=image href=https://a.example/logo.png rel=nofollow noopener',
    'p',
    'a href=https://a.example/ci rel=nofollow noopener',
    'span class=image',
    'a href=#user-content-use',
    'h3 id=user-content-use',
    'pre tabindex=0',
    'code',
    'span class=hljs-keyword',
    'div class=scroll tabindex=0 role=region aria-label=Table 1',
    'table',
    'thead',
    'tr',
    'th class=align-right',
    'tbody',
    'tr',
    'td class=align-right',
    'details',
    'summary',
    'p',
    'a href=https://a.example/ rel=nofollow noopener',
  ])
  assert.equal(
    textOf(html).replace(/\s+/g, ' ').trim(),
    'Gridcast Logo CI Use it, or read the guide. Use import gridcast hours 24 More Ask at https://a.example.',
  )
})

test('T171: hostile text ends in a page or in plain text, never in an error', () => {
  for (const [piece, times] of [
    ['*a_ ', 3_000],
    ['[a](', 3_000],
    ['> ', 3_000],
    ['- ', 3_000],
    ['<div>', 3_000],
    ['<b>', 1_000],
    ['![[]()', 1_000],
    ['<!--', 3_000],
    ['<table>x', 1_000],
    ['|', 3_000],
    ['www.', 2_000],
    ['a@a.', 2_000],
    ['`a``', 2_000],
    ['```python\nf"{', 300],
  ] as const) {
    const { html } = renderDescription(piece.repeat(times), 'text/markdown')
    assertInert(html)
  }
})

test('T171: what is nested too deeply, or grows beyond 2 MiB, is plain text with a warning', () => {
  for (const text of ['<div>'.repeat(300), '"'.repeat(360_000)]) {
    const { html, warning } = renderDescription(text, 'text/markdown')
    assert.equal(textOf(html), text.length > 300_000 ? `${text.slice(0, 300_000)}\n…` : text)
    assert.match(warning ?? '', /plain text/)
  }
})

const readme = `# Gridcast

<p align="center"><img src="https://a.example/logo.png" alt="Logo" onload="x"></p>

[![CI](https://a.example/ci.svg)](https://a.example/ci) [Use](#use) it, or read [the guide](docs/guide.md).

## Use

\`\`\`python
import gridcast
\`\`\`

| hours |
|------:|
| 24 |

<details><summary>More</summary>

Ask at https://a.example.
</details>
`
