import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textOf } from '../../testing/inert.ts'
import { openRenderer, type Renderer } from './render.ts'

async function withRenderer(budget: number, work: (renderer: Renderer) => Promise<void>): Promise<void> {
  const renderer = openRenderer(budget)
  try {
    await work(renderer)
  } finally {
    await renderer.close()
  }
}

test('a description is rendered by its type, in another thread', () =>
  withRenderer(60_000, async (renderer) => {
    assert.deepEqual(await renderer.render('*a*', 'text/markdown'), { html: '<p><em>a</em></p>\n' })
    assert.deepEqual(await renderer.render('*a*', 'text/plain'), { html: '<pre class="plain">\n*a*</pre>' })
    assert.match((await renderer.render('*a*', undefined)).warning ?? '', /reStructuredText/)
  }))

test('T171: a description that overruns its budget is plain text with a warning, and the next one is rendered', () =>
  withRenderer(1_000, async (renderer) => {
    const hostile = `\`\`\`rust\n${'r#"'.repeat(6_000)}\n\`\`\`\n`.repeat(50) // each block costs the highlighter a moment
    const [slow, next] = await Promise.all([renderer.render(hostile, 'text/markdown'), renderer.render('*a*', 'text/markdown')])
    assert.equal(textOf(slow.html), hostile)
    assert.match(slow.warning ?? '', /too long to render/)
    assert.deepEqual(next, { html: '<p><em>a</em></p>\n' })
  }))

test('T167: more than 1 MiB is cut and shown as plain text, without being rendered', () =>
  withRenderer(60_000, async (renderer) => {
    const { html, warning } = await renderer.render('*a* '.repeat(300_000), 'text/markdown')
    assert.equal(textOf(html).length, 1024 * 1024)
    assert.match(warning ?? '', /longer than 1 MiB/)
  }))

test('T171: what nests or repeats without end is answered, rendered or as plain text', () =>
  withRenderer(2_000, async (renderer) => {
    for (const piece of ['*a_ ', '[a](', '> ', '- ', '<div>']) {
      const { html, warning = '' } = await renderer.render(piece.repeat(30_000), 'text/markdown')
      assert.match(warning, html.startsWith('<pre class="plain">') ? /plain text/ : /^$/)
    }
  }))

test('a closed renderer still answers, in plain text', () =>
  withRenderer(60_000, async (renderer) => {
    await renderer.close()
    const { html, warning } = await renderer.render('*a*', 'text/markdown')
    assert.equal(html, '<pre class="plain">\n*a*</pre>')
    assert.match(warning ?? '', /plain text/)
  }))
