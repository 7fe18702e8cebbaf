import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { AccountPage } from './account-page.tsx'
import { Badge } from './badge.tsx'
import { Banner, Flash } from './banner.tsx'
import { CopyButton, DownloadButton, PrintButton } from './buttons.tsx'
import { Checks, Choices } from './checks.tsx'
import { Code, Hash } from './code.tsx'
import { Facts } from './facts.tsx'
import { ActButton, Actions, Button, Field, Form, Problems, problemOf, Select } from './form.tsx'
import { PageHead, Section } from './head.tsx'
import { Icon } from './icon.tsx'
import { KeyForm } from './key-form.tsx'
import { type Frame, Page, type PageProps } from './layout.tsx'
import { More } from './more.tsx'
import { Breadcrumbs, SideNav, Subnav } from './navigation.tsx'
import { Table } from './table.tsx'
import { CommandTabs } from './tabs.tsx'
import { Time } from './time.tsx'
import { Timeline } from './timeline.tsx'

const at = Date.UTC(2026, 10, 22, 0, 19, 44)
const site = { host: 'pkg.example.org', readOnly: false, assets: '/assets/0123456789abcdef', version: '1.4.2' }
const visitor: Frame = { site }
const person: Frame = { site, person: { username: 'mokafor', csrf: 'token-of-mokafor' } }

/** A page with every part in every state; `text` stands wherever a stranger's words may stand. */
const everything = (text: string): unknown => (
  <Page
    site={{ host: text, readOnly: true, assets: site.assets, version: text }}
    person={{ username: text, csrf: text }}
    flash={{ tone: 'error', title: text, text }}
    title={text}
    problems={[{ field: 'mono', text }, { text }]}
    script="webauthn"
    narrow
  >
    <Breadcrumbs links={[{ href: '/manage/projects/', text }]} />
    <PageHead title={text} actions={<a href="/help/">{text}</a>}>
      {text}
    </PageHead>
    <Subnav label={text} links={[{ href: '#files', text, current: true }]} />
    <SideNav label={text} links={[{ href: '#files', text, current: true }]} />
    <Section id="words" title={text} actions={text}>
      <Flash tone="warning" title={text} />
      <Banner tone="info" icon="clock" title={text}>
        <p>{text}</p>
      </Banner>
      <Problems problems={[{ field: 'check', text }]} />
      <Badge>{text}</Badge>
      <Badge tone="warning" icon="yanked">
        {text}
      </Badge>
      <Checks lines={[{ title: text }, { tone: 'success', icon: 'key', title: text, children: text, action: text }]} />
      <Choices choices={[{ href: '#x', icon: 'passkey', title: text, note: text, children: text }]} />
      <Timeline
        across
        steps={[
          { state: 'done', title: text },
          { state: 'now', title: text, children: text },
          { state: 'coming', title: text },
        ]}
      />
      <Facts facts={[[text, text]]} />
      <Facts ledger facts={[[text, text]]} />
      <More summary={text}>{text}</More>
      <Time at={at} />
      <Icon name="lock" />
    </Section>
    <Section id="files" title={text}>
      <Code id="command" copy={text}>
        {text}
      </Code>
      <Code wrapped="anywhere">{text}</Code>
      <Hash value={text.repeat(3)} />
      <CopyButton from="command" what={text} />
      <PrintButton />
      <DownloadButton from={['command', 'words']} filename={text} />
      <CommandTabs name="install" legend={text} commands={[{ tool: 'pip', command: text }]} />
      <Table
        caption={text}
        hideCaption
        rows={[text]}
        columns={[
          { head: text, kind: 'name', cell: (row) => row },
          { head: text, kind: 'num', cell: () => 12 },
          { head: text, cell: (row) => row },
          { head: text, kind: 'act', cell: (row) => <ActButton csrf={text} action="/x" fields={{ id: row }} of={row} children={row} /> },
        ]}
      />
      <Table keep caption={text} rows={[text]} columns={[{ head: text, cell: () => '' }]} />
    </Section>
    <Form csrf={text} action="/x" id="form">
      <Field name="mono" look="mono" label={text} hint={text} value={text} problem={text} maxlength={64} autocomplete="username" />
      <Field name="email" type="email" inputmode="email" label={text} value={text} need="optional" />
      <Field name="email" id="email-2" label={text} children={<p>{text}</p>} />
      <Field name="code" look="code" inputmode="numeric" label={text} hint={text} />
      <Select
        name="scope"
        label={text}
        hint={text}
        problem={text}
        value={text}
        options={[
          ['a', text],
          [text, text],
        ]}
      />
      <Actions>
        <Button kind="primary">{text}</Button>
        <Button kind="danger" icon="delete">
          {text}
        </Button>
      </Actions>
    </Form>
    <KeyForm csrf={text} action="/x" options="/x/options" act="create">
      <Button kind="small" needsScript icon="key">
        {text}
      </Button>
    </KeyForm>
  </Page>
)

test('whatever a stranger wrote stays text: not one element or attribute more', () => {
  const hostile = [
    `"'><script>alert(1)</script><img src=x onerror=y>`,
    '</title></style></textarea>',
    `' onclick='x`,
    '<!--',
    '&lt;script&gt;',
  ]
  const shape = (html: string) => elements(html).map(({ tag, attributes }) => [tag, ...Object.keys(attributes)].join(' '))
  for (const text of hostile) assert.deepEqual(shape(String(everything(text))), shape(String(everything('harmless words'))), text)
})

test('a page has one h1, headings in order, and ids that come once', () => {
  const found = elements(String(everything('words')))
  const levels = found.filter(({ tag }) => /^h[1-6]$/.test(tag)).map(({ tag }) => Number(tag[1]))
  assert.equal(levels.filter((level) => level === 1).length, 1)
  for (const [i, level] of levels.entries()) assert.ok(level <= (levels[i - 1] ?? 0) + 1, `h${level} after h${levels[i - 1]}`)
  const ids = found.flatMap(({ attributes }) => attributes.id ?? [])
  assert.deepEqual(ids, [...new Set(ids)])
})

test('every control has its label, and what describes it is there', () => {
  const found = elements(String(everything('words')))
  const has = (id: string) => found.some(({ attributes }) => attributes.id === id)
  for (const { tag, attributes, inside } of found) {
    const isControl = (tag === 'input' && attributes.type !== 'hidden') || tag === 'select'
    const isLabelled = found.some(({ tag, attributes: { for: id } }) => tag === 'label' && id !== undefined && id === attributes.id)
    if (isControl) assert.ok(isLabelled || inside.includes('label'), JSON.stringify(attributes))
    for (const id of attributes['aria-describedby']?.split(' ') ?? []) assert.ok(has(id), id)
    if (tag === 'label' && attributes.for !== undefined) assert.ok(has(attributes.for), attributes.for)
  }
})

test('nothing needs more than the policy allows: no styles, scripts or handlers in the page (D15)', () => {
  for (const { tag, attributes, text } of elements(String(everything('words')))) {
    assert.ok(!Object.keys(attributes).some((name) => name === 'style' || name.startsWith('on')), tag)
    assert.notEqual(tag, 'style')
    if (tag === 'script') assert.match(`${attributes.src}${text}`, /^\/assets\/0123456789abcdef\/(buttons|webauthn)\.js$/)
  }
})

test('every form that posts begins with the token of this session (D7)', () => {
  const html = String(everything('words'))
  const forms = html.split('<form method="post"').slice(1)
  assert.equal(forms.length, 4)
  for (const form of forms) assert.match(form, /^[^>]*><input type="hidden" name="csrf_token" value="words"\/>/)
})

test('problems: the tab says so, each leads to its field, the field says it again and keeps what was typed', () => {
  const problems = [{ field: 'username', text: 'Choose another one' }, { text: 'And something of the whole' }]
  const html = page({ ...visitor, title: 'Register', problems }, [
    <PageHead title="Register" />,
    <Field name="username" label="User name" hint="Public" value="rtanaka" problem={problemOf(problems, 'username')} />,
    <Field name="email" label="E-mail" problem={problemOf(problems, 'email')} />,
  ])
  assert.match(html, /<title>Problem: Register · Wheelkeep<\/title>/)
  assert.match(html, /role="alert".*2 things to correct.*<a href="#username">Choose another one<\/a>.*<li>And something of the whole<\/li>/)
  const [username, email] = elements(html).filter(({ tag }) => tag === 'input')
  assert.equal(username?.attributes.value, 'rtanaka')
  assert.equal(username?.attributes['aria-invalid'], 'true')
  assert.equal(username?.attributes['aria-describedby'], 'username-hint username-problem')
  assert.equal(email?.attributes['aria-invalid'], undefined)
})

test('the tab says “Problem” once, also when the last act went wrong, and not when it went well', () => {
  const titleWith = (props: Partial<PageProps>) => /<title>(.*)<\/title>/.exec(page({ ...visitor, title: 'Log in', ...props }, []))?.[1]
  assert.equal(titleWith({}), 'Log in · Wheelkeep')
  assert.equal(titleWith({ flash: { tone: 'success', title: 'Done' } }), 'Log in · Wheelkeep')
  assert.equal(titleWith({ flash: { tone: 'error', title: 'No' } }), 'Problem: Log in · Wheelkeep')
  assert.equal(titleWith({ title: 'Problem: Log in', problems: [{ text: 'No' }] }), 'Problem: Log in · Wheelkeep')
})

test('a password is never given back', () => {
  const html = String(<Field name="password" label="Password" type="password" value="correct horse" problem="Too short" />)
  assert.ok(!html.includes('correct horse'))
})

test('a visitor sees the way in, a person the way out, as a form; every link of the shell leads to a page that exists', () => {
  const linksOf = (html: string) => new Set(elements(html).flatMap(({ tag, attributes }) => (tag === 'a' ? (attributes.href ?? []) : [])))
  const shell = ['/', '#main', '/help/']
  assert.deepEqual(linksOf(page({ ...visitor, title: 'x' }, [])), new Set([...shell, '/account/register/', '/account/login/']))
  const html = String(<AccountPage {...person} title="x" area="/manage/account/token/" children="" />)
  const pages = ['/manage/projects/', '/manage/account/', '/manage/account/token/', '/manage/account/two-factor/']
  assert.deepEqual(linksOf(html), new Set([...shell, ...pages]))
  assert.match(html, /<a href="\/manage\/account\/token\/" aria-current="page">/)
  assert.match(html, /<form method="post" action="\/account\/logout\/"><input type="hidden" name="csrf_token" value="token-of-mokafor"\/>/)
})

test('flash: an error interrupts a screen reader, anything else waits its turn', () => {
  assert.match(String(<Flash tone="error" title="No" />), /^<div class="flash error" role="alert">/)
  assert.match(String(<Flash tone="success" title="Yes" />), /^<div class="flash success" role="status">/)
})

test('a time is words for people and exact for machines and on hover', () => {
  const time = (words: string) => `<time datetime="2026-11-22T00:19:44.000Z" title="2026-11-22 00:19:44 UTC">${words}</time>`
  assert.equal(String(<Time at={at} />), time('22 Nov 2026'))
  assert.equal(String(<Time at={at} now={at + 180_000} />), time('3 minutes ago'))
})

test('pages made at the same time don’t mix (P15)', async () => {
  const Later = async ({ name }: { name: string }) => {
    await new Promise((done) => setTimeout(done, Math.random() * 5))
    return <p>{name}</p>
  }
  const names = Array.from({ length: 50 }, (_, i) => `person-${i}-`)
  const render = (name: string) => (
    <Page {...visitor} person={{ username: name, csrf: name }} title={name} children={<Later name={name} />} />
  )
  const htmls = await Promise.all(names.map((name) => render(name).toString()))
  for (const [i, html] of htmls.entries()) assert.deepEqual(new Set(html.match(/person-\d+-/g)), new Set([names[i]]))
})

const page = (props: Omit<PageProps, 'children'>, children: PageProps['children']): string => String(<Page {...props}>{children}</Page>)

type Found = { tag: string; attributes: Record<string, string>; text: string; inside: string[] }

/** Every element in reading order, as a browser reads the page. */
function elements(html: string): Found[] {
  const found: Found[] = []
  const walk = (node: DefaultTreeAdapterTypes.Node, inside: string[]): void => {
    const isElement = 'tagName' in node
    if (isElement) {
      const text = node.childNodes.map((child) => ('value' in child ? child.value : '')).join('')
      found.push({ tag: node.tagName, attributes: Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])), text, inside })
    }
    if ('childNodes' in node) for (const child of node.childNodes) walk(child, isElement ? [...inside, node.tagName] : inside)
  }
  walk(parse(html), [])
  return found
}
