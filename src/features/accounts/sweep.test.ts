import assert from 'node:assert/strict'
import { test } from 'node:test'
import { days, hours, minutes } from '../../lib/time.ts'
import { schedule } from '../../queue/queue.ts'
import { type TestApp, testApp } from '../../testing/app.ts'
import { password } from '../../testing/people.ts'

async function sweep(app: TestApp): Promise<void> {
  await schedule(app.db, 'accounts:sweep', app.now())
  await app.runJobs()
}

const names = async ({ db }: TestApp): Promise<string[]> =>
  (await db.selectFrom('users').select('username').orderBy('username').execute()).map(({ username }) => username)

test('an account whose address is never verified goes after 30 days, and its name is free; the others stay', async () => {
  await using app = await testApp()
  const old = await app.person('old', { verified: false, totp: false })
  await app.person('verified', { totp: false })
  app.pass(days(1))
  await app.person('young', { verified: false })
  app.pass(days(29) - minutes(1))
  await sweep(app)
  assert.deepEqual(await names(app), ['old', 'verified', 'young'])
  app.pass(hours(1))
  await app.runJobs() // its next turn
  assert.deepEqual(await names(app), ['verified', 'young'])
  assert.deepEqual(await app.events(), [
    { tag: 'account:expired', user_id: old.user_id, project_id: null, actor_id: null, token_id: null, username: 'old' },
  ])
  assert.equal((await app.db.selectFrom('emails').selectAll().execute()).length, 2)
  assert.equal((await app.person('old')).username, 'old')
})

test('what has ended by time is taken away, what lives stays', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const nils = await app.person('nils')
  const { id: email_id } = await app.db.selectFrom('emails').select('id').executeTakeFirstOrThrow()
  const [past, coming] = [app.now() + minutes(30), app.now() + hours(2)]
  for (const [id, expires_at] of [
    ['past', past],
    ['coming', coming],
  ] as const) {
    const session_id = nils.session_id()
    await app.db.insertInto('email_links').values({ id, email_id, security_epoch: 1, expires_at }).execute()
    await app.db
      .insertInto('webauthn_challenges')
      .values({ holder_id: id, purpose: 'log_in', challenge: 'x', expires_at, act: null })
      .execute()
    await app.db.insertInto('kept_forms').values({ id, session_id, path: '/', fields: '', expires_at }).execute()
    await app.db.insertInto('step_ups').values({ session_id, act: id, expires_at }).execute()
    await app.db.insertInto('limits').values({ bucket: id, hits: 1, ends_at: expires_at }).execute()
  }
  await app.db.insertInto('pending_totps').values({ session_id: nils.session_id(), secret: '', expires_at: past }).execute()
  app.pass(minutes(61))
  await app.db.updateTable('sessions').set({ last_seen_at: app.now() }).where('user_id', '=', nils.user_id).execute()
  await sweep(app)
  const left = async (table: 'email_links' | 'webauthn_challenges' | 'kept_forms' | 'step_ups' | 'pending_totps' | 'limits') =>
    (await app.db.selectFrom(table).selectAll().execute()).map((row) => Object.values(row)[0])
  assert.deepEqual([await left('email_links'), await left('webauthn_challenges')], [['coming'], ['coming']])
  assert.deepEqual([await left('kept_forms'), await left('step_ups'), await left('limits')], [['coming'], [nils.session_id()], ['coming']])
  assert.deepEqual(await left('pending_totps'), [])
  assert.equal((await nils.get('/manage/account/')).status, 200)
  assert.deepEqual(
    (await app.db.selectFrom('sessions').select('user_id').execute()).map(({ user_id }) => user_id === mona.user_id),
    [false],
  )
})

test('T21: the owner is told of a half-way log-in, also when all background work stood still for days', async () => {
  await using app = await testApp()
  await app.person('mona')
  await schedule(app.db, 'accounts:sweep', app.now()) // it is due first
  await app.browser().submit('/account/login/', { username: 'mona', password })
  app.pass(days(5))
  await app.runJobs()
  assert.deepEqual(
    app.sent.map(({ to }) => to),
    ['mona@example.org'],
  )
  assert.deepEqual(await app.db.selectFrom('login_attempts').selectAll().execute(), [])
})

test('READ_ONLY: nothing is swept, since nobody can verify an address', async () => {
  await using app = await testApp({ READ_ONLY: 'on' })
  await app.person('old', { verified: false, totp: false })
  app.pass(days(31))
  await sweep(app)
  assert.deepEqual(await names(app), ['old'])
})
