import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settings } from './settings.ts'

const shown: Record<string, string> = {
  'postgres://mona:secret@db.example/wheelkeep': 'postgres://mona:…@db.example/wheelkeep',
  'postgres://mona:se@cr/et@db.example/wheelkeep': 'postgres://mona:…@db.example/wheelkeep',
  'postgres://:secret@db.example/': 'postgres://:…@db.example/',
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
