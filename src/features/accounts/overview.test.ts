import assert from 'node:assert/strict'
import { test } from 'node:test'
import { record } from '../../audit/audit.ts'
import { transaction } from '../../db/database.ts'
import { parseIp } from '../../lib/ip.ts'
import { days } from '../../lib/time.ts'
import { testApp } from '../../testing/app.ts'
import { addFile } from '../../testing/projects.ts'

const page = '/manage/account/'

const facts = (text: string): (string | undefined)[] => [...text.matchAll(/<dd>(.*?)<\/dd>/g)].map(([, value]) => value)

test('the page is open without a factor and says what is missing, in the order in which it is done', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', { verified: false, totp: false })
  const { status, text } = await mona.get(page)
  assert.equal(status, 200)
  assert.match(text, /<h2>Not ready to publish: 3 things to do<\/h2>/)
  assert.match(text, /Next step: verify your address.*href="\/manage\/unverified-account\/"/s)
  assert.deepEqual(facts(text), ['None', 'None', 'None'])
  assert.match(text, /Nothing happened to this account/)
})

test('it counts what the account has, and only that', async () => {
  await using app = await testApp()
  const [mona, nils] = [await app.person('mona'), await app.person('nils')]
  const key = { label: 'Blue', public_key: '', sign_count: 0, device_type: 'singleDevice', transports: '[]', created_at: 1 } as const
  for (const [credential_id, user_id, label] of [
    ['a', mona.user_id, 'Blue'],
    ['b', mona.user_id, 'Red'],
    ['c', nils.user_id, 'Blue'],
  ] as const) {
    await app.db
      .insertInto('security_keys')
      .values({ ...key, credential_id, user_id, label })
      .execute()
  }
  const code = { user_id: mona.user_id, created_at: 1 }
  const codes = [{ confirmed_at: 1 }, { confirmed_at: 1, used_at: 2 }, {}].map((state, n) => ({
    ...code,
    ...state,
    id: `${n}`,
    mac: `${n}`,
  }))
  await app.db.insertInto('recovery_codes').values(codes).execute()
  const { text } = await mona.get(page)
  assert.deepEqual(facts(text), ['2', 'Set up', '2 unused'])
  assert.match(text, /<h2>Safe, with one thing to do<\/h2>/)
})

test('recent events are told in words, of this account only, 90 days back', async () => {
  await using app = await testApp()
  const [mona, nils] = [await app.person('mona'), await app.person('nils')]
  const actor = { user_id: mona.user_id, session_id: null, token_id: null, ip: parseIp('203.0.113.24') ?? null, user_agent: null }
  await transaction(app.db, async (db) => {
    await record(db, { ...actor, at: app.now() - days(91) }, 'totp:added', { user_id: mona.user_id })
    await record(db, { ...actor, at: app.now() - days(2) }, 'account:login_succeeded', { user_id: mona.user_id, method: 'security_key' })
    await record(db, { ...actor, at: app.now() }, 'security_key:added', { user_id: mona.user_id, credential_id: 'x', label: '<Blue>' })
    await record(db, { ...actor, at: app.now() }, 'totp:removed', { user_id: nils.user_id })
  })
  const { text } = await mona.get(page)
  assert.match(text, /Security key “&lt;Blue&gt;” added<\/th>.*Logged in with password and security key<\/th>/s)
  assert.match(text, /2 days ago/)
  assert.match(text, /<code>203\.0\.113\.24<\/code>/)
  assert.doesNotMatch(text, /Authenticator app (set up|removed)</)
})

test('an event of a project says which one', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const actor = { user_id: mona.user_id, session_id: null, token_id: null, ip: null, user_agent: null, at: app.now() }
  for (const project of ['Gridcast', 'demo']) await addFile(app.app, { project })
  const projects = await app.db.selectFrom('projects').select('id').orderBy('normalized_name').execute()
  await transaction(app.db, async (db) => {
    for (const project_id of [...projects.map(({ id }) => id), 'gone'])
      await record(db, actor, 'role:added', { user_id: mona.user_id, project_id, role: 'owner' })
  })
  const { text } = await mona.get(page)
  for (const name of ['demo', 'Gridcast', 'a project that is gone']) assert.ok(text.includes(`>Became owner of ${name}</th>`), name)
})

test('whoever isn’t logged in is sent there; nobody’s store keeps the page (T102)', async () => {
  await using app = await testApp()
  assert.equal((await app.browser().get(page)).location, '/account/login/?next=%2Fmanage%2Faccount%2F')
  const mona = await app.person('mona')
  assert.equal((await mona.get(page)).headers.get('cache-control'), 'no-store')
  for (const path of [`${page}x.css`, '/manage/account;.js', '/manage%2Faccount/', '/manage/account/password/']) {
    assert.equal((await mona.get(path)).status, 404, path)
  }
})
