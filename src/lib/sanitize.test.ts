import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { attacks } from '../testing/attacks.ts'
import { assertInert, outline, textOf } from '../testing/inert.ts'
import { sanitize } from './sanitize.ts'

const clean = (html: string): string => sanitize(html) ?? assert.fail('nested too deeply')

test('T98: every attack comes out inert, and sanitising it twice changes nothing', () => {
  for (const attack of attacks) {
    const html = clean(attack)
    assertInert(html)
    assert.equal(clean(html), html)
  }
})

test('T98: whatever tags are thrown together, the result is inert and sanitising it twice changes nothing', () => {
  const names =
    'a b p pre li ul dd dl dt h1 h3 table tr td caption details summary button select option object marquee svg math title desc mtext ' +
    'style script noscript template iframe font form center xmp plaintext textarea col x-y foreignObject annotation-xml img br'
  const tag = fc.constantFrom(...names.split(' '))
  const attribute = fc.constantFrom(
    '',
    ' id=x',
    ' href=#x',
    ' href=http://a',
    ' class=scroll',
    ' src=http://i alt=z',
    ' align=left',
    ' onclick=x',
  )
  const text = fc.constantFrom('x', '\n', '&#13;', '&lt;b&gt;', '<!--', '-->', '<![CDATA[', ']]>', '\u0001', '<', '"')
  const piece = fc.oneof(
    fc.tuple(tag, attribute).map(([tag, attribute]) => `<${tag}${attribute}>`),
    tag.map((tag) => `</${tag}>`),
    text,
  )
  const soup = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''))
  fc.assert(
    fc.property(soup, (soup) => {
      const html = clean(soup)
      assertInert(html)
      assert.equal(clean(html), html)
    }),
    { numRuns: 3_000 },
  )
})

test('what an author may write stays, with its text', () => {
  const html =
    '<p>a <strong>b</strong> <em>c</em> <code>d</code> <kbd>e</kbd> <del>f</del><br><sup>g</sup></p><blockquote>h</blockquote>' +
    '<ul><li>i</li></ul><ol start="3"><li value="5">j</li></ol><hr><dl><dt>k</dt><dd>l</dd></dl>' +
    '<details open=""><summary>m</summary>n</details><abbr title="o &amp; p">q</abbr><span lang="de" dir="ltr">r</span>'
  assert.equal(clean(html), html)
})

test('an element that is not kept leaves its content, a dangerous one takes it along', () => {
  assert.equal(clean('<font>a</font><picture><source srcset=x>b</picture><nobr>c</nobr>'), 'abc')
  assert.equal(clean('a<script>b</script><style>c</style><svg><text>d</text></svg><template>e</template><iframe>f</iframe>g'), 'ag')
  assert.equal(clean('<section>a</section><center>b</center><xmp><i></xmp>'), '<div>a</div><div>b</div><pre tabindex="0">\n&lt;i&gt;</pre>')
})

test('links lead to http, https and mailto, vouch for nothing, and are text otherwise', () => {
  assert.equal(clean('<a href="HTTPS://A.example/ü?x&y">a</a>'), '<a href="https://a.example/%C3%BC?x&amp;y" rel="nofollow noopener">a</a>')
  assert.equal(clean('<a href="mailto:a@b.example">a</a>'), '<a href="mailto:a@b.example" rel="nofollow noopener">a</a>')
  assert.equal(clean('<a href="docs/x.md">a</a> <a href="javascript:alert(1)">b</a> <a>c</a>'), 'a b c')
})

test('a link within a link is text, for a parser would end the outer one', () => {
  const inner = '<table><tr><td><a href="https://b.example">b</a></td></tr></table>'
  assert.deepEqual(
    outline(clean(`<a href="https://a.example">${inner}</a>`)).filter((line) => line.startsWith('a ')),
    ['a href=https://a.example/ rel=nofollow noopener'],
  )
})

test('an attribute stays on the elements it belongs to, with a value it may have', () => {
  assert.equal(clean('<p start=1 value=2 colspan=3 open>a</p>'), '<p>a</p>')
  assert.equal(clean('<ol start=x><li value=-1>a</ol><p lang="a b" dir=up>b</p>'), '<ol><li>a</li></ol><p>b</p>')
  assert.match(clean('<table><tr><td colspan=100 rowspan=0>a</table>'), /<td>a/)
})

test('ids get a prefix, once each, and links in the page follow them', () => {
  assert.equal(clean('<h2 id="x">a</h2><a href="#x">b</a>'), '<h2 id="user-content-x">a</h2><a href="#user-content-x">b</a>')
  assert.equal(clean('<a name="x"></a><p id="x">a</p>'), '<a id="user-content-x"></a><p>a</p>')
})

test('D15: images become links with their words; within a link, the words alone', () => {
  const image = '<a class="image" href="https://a.example/x.png" rel="nofollow noopener">'
  assert.equal(clean('<img src="https://a.example/x.png" alt="Build: &lt;ok&gt;">'), `${image}Build: &lt;ok&gt;</a>`)
  assert.equal(clean('<img src="https://a.example/x.png">'), `${image}image</a>`)
  assert.equal(clean('<img src="docs/x.png" alt="plot"><img src="docs/y.png">'), '<span class="image">plot</span>')
  assert.deepEqual(outline(clean('<a href="https://a.example"><img src="https://a.example/x.png" alt="ok"></a>')), [
    'a href=https://a.example/ rel=nofollow noopener',
    'span class=image',
  ])
})

test('headings keep their order below the h1 of the page', () => {
  assert.equal(clean('<h1>a</h1><h2>b</h2><h6>c</h6>'), '<h2>a</h2><h3>b</h3><h6>c</h6>')
  assert.equal(clean('<h2>a</h2><h3>b</h3>'), '<h2>a</h2><h3>b</h3>')
  assert.equal(clean('<h4>a</h4><h5>b</h5>'), '<h2>a</h2><h3>b</h3>')
})

test('P10: alignment is a class, never a style', () => {
  assert.equal(
    clean('<p align="CENTER">a</p><div style="text-align:right">b</div>'),
    '<p class="align-center">a</p><div class="align-right">b</div>',
  )
})

test('a table stands in a region that scrolls, numbered', () => {
  assert.deepEqual(outline(clean('<table><tr><td rowspan="2">a</table><table></table>')), [
    'div class=scroll tabindex=0 role=region aria-label=Table 1',
    'table',
    'tbody',
    'tr',
    'td rowspan=2',
    'div class=scroll tabindex=0 role=region aria-label=Table 2',
    'table',
  ])
})

test('only the classes of the highlighter and of our own lists stay', () => {
  assert.equal(
    clean('<span class="hljs-keyword flash  banner">a</span><p class="strip">b</p>'),
    '<span class="hljs-keyword">a</span><p>b</p>',
  )
})

test('the line feed after <pre> that a parser skips is not lost, nor doubled', () => {
  assert.equal(clean('<pre>\n\na</pre>'), '<pre tabindex="0">\n\na</pre>')
  assert.equal(clean('<pre>a</pre>'), '<pre tabindex="0">\na</pre>')
})

test('list items, terms and links that stand where a parser would move them are put right', () => {
  assert.equal(clean('<li>a</li><dd>b</dd><summary>c</summary>'), '<div>a</div><div>b</div><div>c</div>')
  assert.equal(clean('<h1>a<font><h2>b</h2></font></h1>'), '<h2>ab</h2>')
})

test('T171: nesting beyond what browsers show is refused, not followed; nesting of what is not kept does no harm', () => {
  assert.equal(sanitize('<div>'.repeat(20_000)), undefined)
  assert.equal(sanitize('<blockquote>'.repeat(201)), undefined)
  assert.equal(textOf(clean(`${'<font>'.repeat(20_000)}a`)), 'a')
})
