import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderMarkdown } from './markdown.ts'

const gfm = (text: string): string => renderMarkdown(text, 'GFM').trim()

test('GFM: tables, strikethrough and task lists', () => {
  assert.match(gfm('|a|\n|-|\n|b|'), /<th>a<\/th>[^<]*<\/tr>\n<\/thead>\n<tbody>\n<tr>\n<td>b<\/td>/)
  assert.equal(gfm('~~a~~'), '<p><s>a</s></p>')
  assert.equal(gfm('- [ ] a\n- [x] b\n- [y] c'), '<ul>\n<li class="task">☐ a</li>\n<li class="task">☑ b</li>\n<li>[y] c</li>\n</ul>')
  assert.equal(gfm('[ ] a'), '<p>[ ] a</p>')
})

test('GFM: addresses with a scheme, www. or an @ are links, names of files are not', () => {
  assert.equal(gfm('https://a.example/b_c.'), '<p><a href="https://a.example/b_c">https://a.example/b_c</a>.</p>')
  assert.equal(gfm('(www.a.example/b)'), '<p>(<a href="http://www.a.example/b">www.a.example/b</a>)</p>')
  assert.equal(gfm('a@b.example'), '<p><a href="mailto:a@b.example">a@b.example</a></p>')
  assert.equal(gfm('setup.py README.md //a.example'), '<p>setup.py README.md //a.example</p>')
})

test('GFM: headings have the ids that tables of contents link to, as on GitHub', () => {
  const ids = [...gfm('# Hello, `World`!\n## Größe 2\n## hello-world\n# Hello world').matchAll(/id="([^"]*)"/g)].map((match) => match[1])
  assert.deepEqual(ids, ['hello-world', 'größe-2', 'hello-world-1', 'hello-world-2'])
})

test('CommonMark: none of them', () => {
  const text = '# a\n\n~~a~~ https://a.example www.a.example\n\n- [ ] a'
  const html = '<h1>a</h1>\n<p>~~a~~ https://a.example www.a.example</p>\n<ul>\n<li>[ ] a</li>\n</ul>'
  assert.equal(renderMarkdown(text, 'CommonMark').trim(), html)
})

test('code is coloured by class names, in the languages of Python packages and by their other names', () => {
  const samples = {
    python: 'def f(): "x"',
    py: 'def f(): "x"',
    pycon: '>>> import os',
    bash: 'if true; then echo "x"; fi',
    console: '$ pip install x',
    json: '{"a": 1}',
    yaml: 'a: 1',
    toml: '[a]\nb = "c"',
    ini: '[a]\nb = c',
    js: 'const a = "b"',
    typescript: 'const a: string = "b"',
    rust: 'fn main() {}',
    'rust,no_run': 'fn main() {}',
    c: 'int main() { return 0; }',
    'c++': 'int main() { return 0; }',
    sql: 'SELECT 1',
    diff: '- a\n+ b',
    html: '<a href="b">',
  }
  for (const [language, code] of Object.entries(samples)) {
    assert.match(gfm(`\`\`\`${language}\n${code}\n\`\`\``), /<span class="hljs-/, language)
    assert.match(renderMarkdown(`\`\`\`${language}\n${code}\n\`\`\``, 'CommonMark'), /<span class="hljs-/, language)
  }
})

test('code in another language, or longer than 20,000 characters, is not coloured', () => {
  assert.doesNotMatch(gfm('```\nimport os\n```'), /span/)
  assert.doesNotMatch(gfm('```cobol\nimport os\n```'), /span/)
  assert.doesNotMatch(gfm(`\`\`\`python\n${'import os\n'.repeat(2_001)}\`\`\``), /span/)
})
