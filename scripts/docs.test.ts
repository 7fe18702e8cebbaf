import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { decisions } from './docs/decisions.ts'
import { mailRows } from './docs/mails.ts'

const root = new URL('../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const pages = [...globSync('*.md', { cwd: root.pathname }), ...globSync('docs/**/*.md', { cwd: root.pathname })].sort()

test('every dependency has a decision page, whose heading names it', () => {
  const { dependencies } = JSON.parse(read('package.json'))
  const headings = decisions().map(({ title }) => title)
  const without = Object.keys(dependencies).filter((name) => !headings.some((heading) => heading.includes(`\`${name}\``)))
  assert.deepEqual(without, [])
})

test('every package that a decision names in its heading is a dependency', () => {
  const { dependencies } = JSON.parse(read('package.json'))
  const named = decisions().flatMap(({ title }) => [...title.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
  assert.deepEqual(
    named.filter((name) => !(name in dependencies)),
    [],
  )
})

test('a decision page says context, decision and consequence, on one page, with the version that is installed', () => {
  const { dependencies } = JSON.parse(read('package.json'))
  for (const { file, title, text } of decisions()) {
    const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)
    for (const heading of ['Context', 'Decision', 'Consequence']) assert.ok(headings.includes(heading), `${file} has no ${heading}`)
    assert.ok(text.trimEnd().split('\n').length <= 40, `${file} is longer than a page`)
    for (const [, name = ''] of title.matchAll(/`([^`]+)`/g)) {
      assert.match(
        text,
        new RegExp(`\`${name}\`[^.]* ${dependencies[name].replaceAll('.', '\\.')}\\b`),
        `${file} tells another version of ${name}`,
      )
    }
  }
})

test('every feature that sends mails stands in docs/mails.md', () => {
  const folders = globSync('src/features/*/mail.ts', { cwd: root.pathname }).map((path) => path.split('/')[2])
  assert.deepEqual(folders.sort(), Object.keys(mailRows).sort())
})

test('every link between documents leads to a file, and to a heading of it', () => {
  for (const page of pages) {
    for (const [, link = ''] of read(page).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(link)) continue
      const target = new URL(link, new URL(page, root))
      assert.ok(existsSync(new URL(target.pathname, root)), `${page} links to ${link}`)
      if (target.hash) assert.ok(anchorsOf(target).includes(target.hash.slice(1)), `${page} links to ${link}`)
    }
  }
})

test('every file that a document names is there', () => {
  for (const page of pages) {
    for (const [, path = ''] of read(page).matchAll(/`((?:bin|bench|docs|migrations|scripts|src|test|tools)\/[\w./-]*\w)`/g)) {
      assert.ok(existsSync(new URL(path, root)), `${page} names ${path}`)
    }
  }
})

/** Headings as GitHub and others make ids of them. */
const anchorsOf = (target: URL): string[] =>
  [...readFileSync(new URL(target.pathname, root), 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
