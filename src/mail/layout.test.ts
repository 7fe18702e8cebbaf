import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mailBody } from './layout.ts'

const url = `https://pkg.example.org/account/verify-email/?token=${'x'.repeat(120)}&a=1`
const words = {
  site: 'https://pkg.example.org',
  subject: 'Verify your address for pkg.example.org',
  paragraphs: [
    'The account rtanaka gave this address. Open the link within 24 hours and press the button on its page, then log in.',
    'A second paragraph.',
  ],
  link: { text: 'Verify this address', url },
  afterwards: ['What comes after it.'],
  facts: [
    ['When', '2026-11-22 00:19:44 UTC'],
    ['From', '192.0.2.1'],
  ] as [string, string][],
  foot: 'If you didn’t register, there is nothing to do.',
}

test('the text says everything in order, in lines of at most 78 characters, the link alone on its own', () => {
  assert.equal(
    mailBody(words).text,
    `Verify your address for pkg.example.org

The account rtanaka gave this address. Open the link within 24 hours and press
the button on its page, then log in.

A second paragraph.

Verify this address:
${url}

What comes after it.

When: 2026-11-22 00:19:44 UTC
From: 192.0.2.1

--
pkg.example.org, kept by Wheelkeep
If you didn’t register, there is nothing to do.
`,
  )
})

test('the HTML says the same words, with the one link', () => {
  const { html, subject } = mailBody(words)
  assert.equal(subject, words.subject)
  for (const text of [...words.paragraphs, ...words.afterwards, 'From: 192.0.2.1', words.foot]) assert.ok(html.includes(text), text)
  assert.deepEqual(html.match(/href="[^"]*"/g), [`href="${url.replace('&', '&amp;')}"`])
})

test('a mail without a link has none', () => {
  const { text, html } = mailBody({ site: words.site, subject: 'Your password was changed', paragraphs: ['It was.'], foot: 'Foot.' })
  assert.doesNotMatch(text, /:\/\//)
  assert.doesNotMatch(html, /<a |undefined|false/)
})

test('T104: what a stranger typed breaks no line, makes no markup and no link', () => {
  const hostile = 'x\r\n\r\nhttps://evil.example/\n<a href="https://evil.example/">log in</a>\u2028\u202ehttps://evil.example/'
  const { subject, text, html } = mailBody({
    ...words,
    subject: hostile,
    paragraphs: [hostile],
    link: { text: hostile, url },
    afterwards: [hostile],
    facts: [[hostile, hostile]],
    foot: hostile,
  })
  assert.doesNotMatch(subject, /[\r\n\u2028\u202e]/)
  assert.deepEqual(text.match(/\S*:\/\/\S*/g), [url])
  assert.deepEqual(html.match(/:\/\/[^"<\s]*/g), [`${url.slice('https'.length).replace('&', '&amp;')}`])
  assert.equal(html.match(/<a /g)?.length, 1)
})

test('T171: 50 kB of anything take no time and no line of it is cut', () => {
  const text = mailBody({ ...words, paragraphs: ['a'.repeat(50_000), 'a '.repeat(25_000)] }).text
  assert.ok(text.includes('a'.repeat(50_000)))
})
