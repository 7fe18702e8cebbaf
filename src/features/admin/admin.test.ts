import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../testing/app.ts'
import { grantAdmin, revokeAdmin } from './admin.ts'

test('an account with verified address and second factor becomes an administrator: event, mail, and a new log-in', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  assert.equal(await grantAdmin(app.app, 'MONA'), undefined)
  const user = await app.db.selectFrom('users').selectAll().executeTakeFirstOrThrow()
  assert.ok(user.admin_since)
  assert.equal((await mona.get('/manage/account/')).location, '/account/login/?next=%2Fmanage%2Faccount%2F')
  const about = { project_id: null, actor_id: null, token_id: null }
  assert.deepEqual(await app.events(), [{ tag: 'admin:granted', user_id: mona.user_id, ...about }])
  assert.deepEqual(
    (await app.mails()).map(({ to, subject }) => [to, subject]),
    [[mona.email, 'Your account is an administrator now']],
  )
})

test('no other account becomes one, and the sentence says why (T20)', async () => {
  await using app = await testApp()
  await app.person('unverified', { verified: false })
  await app.person('bare', { totp: false })
  const switchedOff = await app.person('switched-off')
  await app.db.updateTable('totps').set({ disabled_at: 1 }).where('user_id', '=', switchedOff.user_id).execute()
  assert.match((await grantAdmin(app.app, 'nobody')) ?? '', /^There is no account called nobody\.$/)
  assert.match((await grantAdmin(app.app, "'; --")) ?? '', /^There is no account called /)
  assert.match((await grantAdmin(app.app, 'unverified')) ?? '', /^unverified has no verified address yet/)
  assert.match((await grantAdmin(app.app, 'bare')) ?? '', /^bare has no second factor yet/)
  assert.match((await grantAdmin(app.app, 'switched-off')) ?? '', /^switched-off has no second factor yet/)
  assert.deepEqual([await app.events(), await app.mails()], [[], []])
})

test('granted once, also when asked four times at once; revoked once', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const granted = await Promise.all([1, 2, 3, 4].map(() => grantAdmin(app.app, 'mona')))
  assert.deepEqual(granted.sort(), [...Array(3).fill('mona is an administrator already.'), undefined])
  const revoked = await Promise.all([1, 2].map(() => revokeAdmin(app.app, 'mona')))
  assert.deepEqual(revoked.sort(), ['mona is no administrator.', undefined])
  assert.deepEqual(
    (await app.events()).map(({ tag, user_id }) => [tag, user_id]),
    [
      ['admin:granted', mona.user_id],
      ['admin:revoked', mona.user_id],
    ],
  )
  assert.equal((await app.mails()).length, 2)
  assert.match((await revokeAdmin(app.app, 'nobody')) ?? '', /^There is no account called nobody/)
})
