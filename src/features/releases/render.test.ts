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
    assert.deepEqual(await renderer.render('*a*', 'text/markdown', 'mona'), { html: '<p><em>a</em></p>\n' })
    assert.deepEqual(await renderer.render('*a*', 'text/plain', 'mona'), { html: '<pre class="plain">\n*a*</pre>' })
    assert.match((await renderer.render('*a*', undefined, 'mona')).warning ?? '', /reStructuredText/)
  }))

test('T171: descriptions of one author wait for each other, and not before those of others', () =>
  withRenderer(60_000, async (renderer) => {
    const order: string[] = []
    const render = async (author: string) => {
      await renderer.render('*a* '.repeat(1000), 'text/markdown', author)
      order.push(author)
    }
    await Promise.all(['eve', 'eve', 'eve', 'mona'].map(render))
    assert.deepEqual(order, ['eve', 'mona', 'eve', 'eve'])
  }))

test('T171: a description that overruns its budget is plain text with a warning, and the next one is rendered', () =>
  withRenderer(1_000, async (renderer) => {
    const hostile = `\`\`\`rust\n${'r#"'.repeat(6_000)}\n\`\`\`\n`.repeat(50) // each block costs the highlighter a moment
    const [slow, next] = await Promise.all([
      renderer.render(hostile, 'text/markdown', 'mona'),
      renderer.render('*a*', 'text/markdown', 'mona'),
    ])
    assert.ok(hostile.startsWith(textOf(slow.html).slice(0, -2)) && slow.html.length > 300_000)
    assert.match(slow.warning ?? '', /too long to render/)
    assert.deepEqual(next, { html: '<p><em>a</em></p>\n' })
  }))

test('T167: more than 1 MiB is not rendered: its beginning is shown as plain text', () =>
  withRenderer(60_000, async (renderer) => {
    const { html, warning } = await renderer.render('*a* '.repeat(300_000), 'text/markdown', 'mona')
    assert.equal(textOf(html).length, 300_002)
    assert.match(warning ?? '', /longer than 1 MiB/)
  }))

test('T171: what nests or repeats without end is answered, rendered or as plain text', () =>
  withRenderer(2_000, async (renderer) => {
    for (const piece of ['*a_ ', '[a](', '> ', '- ', '<div>']) {
      const { html, warning = '' } = await renderer.render(piece.repeat(30_000), 'text/markdown', 'mona')
      assert.match(warning, html.startsWith('<pre class="plain">') ? /plain text/ : /^$/)
    }
  }))

test('a closed renderer still answers, in plain text', () =>
  withRenderer(60_000, async (renderer) => {
    await renderer.close()
    const { html, warning } = await renderer.render('*a*', 'text/markdown', 'mona')
    assert.equal(html, '<pre class="plain">\n*a*</pre>')
    assert.match(warning ?? '', /plain text/)
  }))
