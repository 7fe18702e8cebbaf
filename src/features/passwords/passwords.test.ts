import assert from 'node:assert/strict'
import { test } from 'node:test'
import { transaction } from '../../db/database.ts'
import type { User } from '../../db/schema.ts'
import { createMasterKey, openKeys } from '../../keys/keys.ts'
import { minutes } from '../../lib/time.ts'
import { type TestApp, testApp } from '../../testing/app.ts'
import type { Answer, TestBrowser } from '../../testing/browser.ts'
import { password } from '../../testing/people.ts'
import { openSession } from '../sessions/sessions.ts'
import { isRightMasterKey, verifyPassword } from './passwords.ts'

const page = '/manage/account/'
const fresh = 'four tall purple spoons'

const change = (browser: TestBrowser, fields: Record<string, string> = {}): Promise<Answer> =>
  browser.submit(page, { password, new_password: fresh, password_confirm: fresh, ...fields }, `${page}password`)

function refused(answer: Answer, status: number, sentence: RegExp): void {
  assert.equal(answer.status, status, answer.text)
  assert.match(answer.text, /<title>Problem: /)
  assert.match(answer.text, sentence)
}

const userOf = ({ db }: TestApp, user_id: string): Promise<User> =>
  db.selectFrom('users').selectAll().where('id', '=', user_id).executeTakeFirstOrThrow()

const holds = async (app: TestApp, user_id: string, text: string): Promise<boolean> =>
  verifyPassword(app.app, await userOf(app, user_id), text)

test('a password is changed: page, event and mail; the old one ends', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const done = await change(mona)
  assert.deepEqual([done.status, done.location], [303, page])
  assert.match((await mona.get(page)).text, /class="flash success" role="status".*Your password is changed/s)
  assert.deepEqual([await holds(app, mona.user_id, fresh), await holds(app, mona.user_id, password)], [true, false])
  const [event, ...more] = await app.events()
  assert.deepEqual([event?.tag, event?.user_id, event?.actor_id, more], ['password:changed', mona.user_id, mona.user_id, []])
  const [mail] = await app.mails()
  assert.deepEqual([mail?.to, mail?.subject], ['mona@example.org', 'Your password was changed'])
  assert.match(mail?.text ?? '', /When: 2026-11-22 00:00:0\d UTC\nFrom: 192\.0\.2\.1\nWith: an unknown program/)
})

test('other sessions, log-ins under way and mailed links end; this session goes on under a new id (T180)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', { verified: false })
  await mona.submit('/manage/unverified-account/', { email: mona.email })
  const user = await userOf(app, mona.user_id)
  const other = app.browser()
  const actor = { user_id: null, session_id: null, token_id: null, ip: null, user_agent: null, at: app.now() }
  other.cookies.set('__Host-wk_s', await transaction(app.db, (db) => openSession(db, actor, user, 'totp')))
  await app.db
    .insertInto('login_attempts')
    .values({ id: 'x', user_id: user.id, security_epoch: 1, chain: '', expires_at: app.now() + minutes(10) })
    .execute()
  assert.equal((await other.get(page)).status, 200)
  const [before, old] = [mona.session_id(), mona.cookies.get('__Host-wk_s') ?? '']
  assert.equal((await change(mona)).status, 303)
  assert.notEqual(mona.session_id(), before)
  assert.equal((await mona.get(page)).status, 200)
  const stale = app.browser()
  stale.cookies.set('__Host-wk_s', old)
  for (const browser of [other, stale]) assert.equal((await browser.get(page)).location, '/account/login/?next=%2Fmanage%2Faccount%2F')
  for (const table of ['login_attempts', 'email_links'] as const) assert.deepEqual(await app.db.selectFrom(table).selectAll().execute(), [])
})

test('only whoever knows the current password changes it; a wrong one is noted (T23)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  for (const wrong of ['', `${password} `, password.toUpperCase(), 'x'.repeat(5000)]) {
    const answer = await change(mona, { password: wrong })
    refused(answer, 403, /<a href="#password">That is not your current password/)
    assert.doesNotMatch(answer.text, /purple spoons|tadpole/)
  }
  assert.deepEqual([await holds(app, mona.user_id, password), await app.mails()], [true, []])
  assert.deepEqual(
    (await app.events()).map(({ tag, act }) => `${tag} ${act}`),
    Array(4).fill('step_up:failed password:change'),
  )
})

test('wrong ones are limited like log-ins; in the block the right one is refused too (T5, T23)', async () => {
  await using app = await testApp({ LIMITS: '{"password":"2/900"}' })
  const mona = await app.person('mona')
  for (let n = 0; n < 3; n++) assert.equal((await change(mona, { new_password: fresh, password: 'wrong' })).status, n < 2 ? 403 : 429)
  refused(await change(mona), 429, /Too many tries/)
  assert.deepEqual(
    (await app.events()).map(({ tag }) => tag),
    ['step_up:failed', 'step_up:failed', 'proof:blocked'],
  )
  app.pass(minutes(15))
  assert.equal((await change(mona)).status, 303)
})

const bad: Record<string, [fields: Record<string, string>, sentence: RegExp]> = {
  short: [{ new_password: 'four tall p' }, /<a href="#new_password">Use at least 12 characters/],
  long: [{ new_password: 'ü'.repeat(2049) }, /Use at most 4096 bytes/],
  missing: [{ new_password: '', password_confirm: '' }, /Use at least 12 characters/],
  different: [{ password_confirm: fresh.toUpperCase() }, /<a href="#password_confirm">The two passwords differ/],
  'the user name (T24)': [{ new_password: 'mona-lisa-mona-2026' }, /are tried first/],
  'the address (T24)': [{ new_password: 'mona@example.org' }, /are tried first/],
  'PyPI (T24)': [{ new_password: 'pypi-pypi-2026' }, /are tried first/],
  'a walk': [{ new_password: 'qwertyuiop12' }, /are guessed at once/],
  'the same as before (T24)': [{ new_password: password, password_confirm: password }, /This is your password already/],
}
test('a new password that won’t do is refused with its sentence, and the old one stays', async (t) => {
  await using app = await testApp()
  const mona = await app.person('mona-lisa')
  await app.db.updateTable('emails').set({ address: 'mona@example.org' }).execute()
  for (const [name, [fields, sentence]] of Object.entries(bad)) {
    await t.test(name, async () => refused(await change(mona, fields), 400, sentence))
  }
  assert.deepEqual([await holds(app, mona.user_id, password), await app.events(), await app.mails()], [true, [], []])
})

test('a session that a recovery code opened changes no password (T81)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', { method: 'recovery_code' })
  refused(await change(mona), 403, /You logged in with a recovery code/)
  assert.equal(await holds(app, mona.user_id, password), true)
})

test('race: two sessions change it at once; one has its way, the other has ended', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const user = await userOf(app, mona.user_id)
  const other = app.browser()
  const actor = { user_id: null, session_id: null, token_id: null, ip: null, user_agent: null, at: app.now() }
  other.cookies.set('__Host-wk_s', await transaction(app.db, (db) => openSession(db, actor, user, 'totp')))
  const second = 'seven loud green ladders'
  const answers = await Promise.all([change(mona), change(other, { new_password: second, password_confirm: second })])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 403])
  const [winner, loser] = answers[0]?.status === 303 ? [fresh, second] : [second, fresh]
  assert.deepEqual([await holds(app, mona.user_id, winner), await holds(app, mona.user_id, loser)], [true, false])
  assert.equal((await app.db.selectFrom('sessions').selectAll().execute()).length, 1)
  assert.deepEqual([(await app.events()).length, (await app.mails()).length], [1, 1])
})

test('nobody has no password, and an unverified address gets no notice', async () => {
  await using app = await testApp()
  assert.equal(await verifyPassword(app.app, undefined, password), false)
  const mona = await app.person('mona', { verified: false, totp: false })
  assert.equal((await change(mona)).status, 303)
  assert.deepEqual(await app.mails(), [])
})

test('a right password whose hash is too cheap is hashed anew; a wrong one changes nothing (D1)', async () => {
  await using app = await testApp()
  const { user_id } = await app.person('mona')
  const before = await userOf(app, user_id)
  await verifyPassword(app.app, before, 'wrong')
  assert.equal((await userOf(app, user_id)).password, before.password)
  assert.equal(await verifyPassword(app.app, before, password), true)
  const after = await userOf(app, user_id)
  assert.notEqual(after.password, before.password)
  assert.equal(after.password_changed_at, before.password_changed_at)
  assert.equal(await verifyPassword(app.app, after, password), true)
  assert.equal((await userOf(app, user_id)).password, after.password)
  assert.equal(await verifyPassword(app.app, before, password), true) // read before a change: the change stays
  assert.equal((await userOf(app, user_id)).password, after.password)
})

test('a hash is sealed for its own row: put into another account it opens nothing', async () => {
  await using app = await testApp()
  const [mona, eve] = [await app.person('mona'), await app.person('eve')]
  const { password: sealed } = await userOf(app, eve.user_id)
  await assert.rejects(verifyPassword(app.app, { ...(await userOf(app, mona.user_id)), password: sealed }, password))
})

test('a master key that doesn’t open the passwords of the database is the wrong one (D10)', async () => {
  await using app = await testApp()
  const { db, keys, config } = app.app
  const file = `${config.master_key_file}.other`
  await createMasterKey(file)
  const other = await openKeys(file)
  assert.equal(await isRightMasterKey({ db, keys: other }), true, 'nobody has a password yet')
  await app.person('mona')
  assert.deepEqual([await isRightMasterKey({ db, keys }), await isRightMasterKey({ db, keys: other })], [true, false])
})

test('a form that another site sends is refused (T93)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  await mona.get(page)
  const body = new URLSearchParams({ csrf_token: mona.token(), password, new_password: fresh, password_confirm: fresh })
  refused(
    await mona.request(`${page}password`, { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' }, body }),
    403,
    /another site sent it/,
  )
  refused(await change(mona, { csrf_token: '' }), 403, /another site sent it/)
  assert.equal(await holds(app, mona.user_id, password), true)
})
