import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalEmail, parseEmailAddress } from './email-address.ts'

const longLocal = 'x'.repeat(64)
const longDomain = `${`${'y'.repeat(61)}.`.repeat(3)}org` // 254 characters with the local part
const taken: Record<string, string> = {
  'mona@example.org': 'mona@example.org',
  'Mona.Lisa+pypi@Example.ORG': 'Mona.Lisa+pypi@example.org',
  ' mona@example.org ': 'mona@example.org',
  "o'neil!#$%&*/=?^_`{|}~-@example.org": "o'neil!#$%&*/=?^_`{|}~-@example.org",
  'mona@bücher.example': 'mona@xn--bcher-kva.example',
  'mona@BÜCHER.example': 'mona@xn--bcher-kva.example',
  'mona@bu\u0308cher.example': 'mona@xn--bcher-kva.example',
  'mona@faß.example': 'mona@xn--fa-hia.example',
  'mona@例え.テスト': 'mona@xn--r8jz45g.xn--zckzah',
  'mona@xn--bcher-kva.example': 'mona@xn--bcher-kva.example',
  'a@1.2.example': 'a@1.2.example',
  [`${longLocal}@${longDomain}`]: `${longLocal}@${longDomain}`,
}
for (const [text, address] of Object.entries(taken)) {
  test(`e-mail: ${text.slice(0, 50)} is ${address.slice(0, 50)}`, () => assert.equal(parseEmailAddress(text), address))
}

const many = [
  'a@x.org,b@y.org',
  'a@x.org;b@y.org',
  'a@x.org b@y.org',
  'a@x.org, b@y.org',
  'a@x.org\r\nBcc: b@y.org',
  'a@x.org\r\n',
  'a@x.org\n',
  '\na@x.org',
  'a@x.org\0',
  'a\0@x.org',
  'a@b@x.org',
  'a@b.org@x.org',
  'Mona <a@x.org>',
  '<a@x.org>',
  '"a"@x.org',
  '"a b"@x.org',
  '"a@b"@x.org',
  'a(comment)@x.org',
  'a@x.org(comment)',
  'a@x.org>',
  'group: a@x.org;',
  'a%0d%0aBcc:b@y.org',
  'mailto:a@x.org',
  'a@x.org?cc=b@y.org',
  'a\t@x.org',
  'a\u2028@x.org',
  'a\\@x.org',
  'a[]@x.org',
]
for (const text of many) {
  test(`e-mail: ${JSON.stringify(text)} isn’t exactly one address (T66)`, () => assert.equal(parseEmailAddress(text), undefined))
}

const malformed = [
  '',
  '@',
  'mona',
  'mona@',
  '@example.org',
  '.mona@example.org',
  'mona.@example.org',
  'mo..na@example.org',
  'mona@localhost',
  'mona@example',
  'mona@.org',
  'mona@example.',
  'mona@example..org',
  'mona@-example.org',
  'mona@example-.org',
  'mona@ex_ample.org',
  'mona@exa mple.org',
  'mona@[192.0.2.7]',
  'mona@192.0.2.7',
  'mona@127.1',
  'mona@ex%61mple.org',
  'mona@example.org:25',
  'mona@example.org/',
  `${longLocal}x@example.org`,
  `${longLocal}@y${longDomain}`,
  `mona@${'x'.repeat(64)}.org`,
  `mona@${'x.'.repeat(25_000)}org`,
  `${'a.'.repeat(25_000)}@example.org`,
  '@'.repeat(50_000),
  ' '.repeat(50_000),
]
for (const text of malformed) {
  test(`e-mail: ${JSON.stringify(text.slice(0, 40))} is none`, () => assert.equal(parseEmailAddress(text), undefined))
}

for (const text of [
  'mıke@example.org',
  'ſam@example.org',
  '\u212aate@example.org',
  'mona\u200b@example.org',
  'ｍona@example.org',
  'mona@ｅxample.org',
  'mona@\u212aite.org',
  'mona@ſite.org',
  'mona@ex\u00adample.org',
  'mona@example。org',
  'mona＠example.org',
]) {
  test(`e-mail: ${JSON.stringify(text)} never becomes somebody else’s address (T69)`, () =>
    assert.equal(parseEmailAddress(text), undefined))
}

test('e-mail: compared without case, sent with the case that was typed', () => {
  const address = parseEmailAddress('Mona@Example.org')
  assert.ok(address)
  assert.deepEqual([address, canonicalEmail(address)], ['Mona@example.org', 'mona@example.org'])
})
