import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from './config.ts'
import { defaultLimits } from './lib/limits.ts'
import { settings } from './settings.ts'

const shown: Record<string, string> = {
  'postgres://mona:secret@db.example/wheelkeep': 'postgres://mona:…@db.example/wheelkeep',
  'postgres://mona:se@cr/et@db.example/wheelkeep': 'postgres://mona:…@db.example/wheelkeep',
  'postgres://:secret@db.example/': 'postgres://:…@db.example/',
  'mona:secret@db.example': 'mona:…@db.example',
  'postgres://db.example/wheelkeep?user=mona&password=secret&sslmode=require':
    'postgres://db.example/wheelkeep?user=mona&password=…&sslmode=require',
  'sqlite:/var/lib/wheelkeep/wheelkeep.db': 'sqlite:/var/lib/wheelkeep/wheelkeep.db',
}
for (const [text, expected] of Object.entries(shown)) {
  test(`settings: no password is shown: ${expected}`, () => {
    assert.equal(settings.DATABASE_URL.show(text), expected)
    assert.equal(settings.MAIL_URL.show(text), expected)
  })
}

test('settings: limits are shown with those that nobody set; what can’t be read is shown as it is', () => {
  assert.deepEqual(JSON.parse(settings.LIMITS.show('{"upload":"5/60"}')), { ...defaultLimits, upload: '5/60' })
  assert.deepEqual(JSON.parse(settings.LIMITS.show('{}')), defaultLimits)
  assert.equal(settings.LIMITS.show('none'), 'none')
})

const unsafe: Record<string, [texts: Record<string, string>, sentence: RegExp]> = {
  'http beyond this machine': [{ SITE_URL: 'http://pkg.example.org' }, /SITE_URL must begin with https/],
  'an address with a path': [{ SITE_URL: 'https://pkg.example.org/index' }, /SITE_URL must be scheme, host and port only/],
  'open to the network without TLS': [{ LISTEN: '0.0.0.0:8400' }, /LISTEN reaches beyond this machine/],
  'a proxy that may be anybody': [{ TRUSTED_PROXIES: '0.0.0.0/0' }, /TRUSTED_PROXIES must not trust every address/],
  'an IPv6 proxy that may be anybody': [{ TRUSTED_PROXIES: '::/0' }, /TRUSTED_PROXIES must not trust every address/],
  'mails into a folder that nobody chose': [{ SITE_URL: 'https://pkg.example.org' }, /MAIL_URL must be set/],
  'a limit that is none': [{ LIMITS: '{"password":"0/0"}' }, /LIMITS needs count\/seconds for password/],
}
for (const [name, [texts, sentence]] of Object.entries(unsafe)) {
  test(`settings: the index doesn’t start with ${name} (T209)`, () => {
    const { config, problems } = readConfig(texts, {})
    assert.equal(config, undefined)
    assert.match(problems.join('\n'), sentence)
  })
}
