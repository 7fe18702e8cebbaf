import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Person } from '../../audit/audit.ts'
import { transaction } from '../../db/database.ts'
import { minutes } from '../../lib/time.ts'
import { type TestApp, type TestPerson, testApp } from '../../testing/app.ts'
import { type Act, spendStepUp } from './sessions.ts'

const opens = async (person: TestPerson): Promise<boolean> => (await person.get('/manage/account/')).status === 200

test('the session of a frozen account opens no page (T119)', async () => {
  await using app = await testApp()
  const [mona, nils] = [await app.person('mona'), await app.person('nils')]
  assert.equal(await opens(mona), true)
  await app.db.updateTable('users').set({ frozen_at: app.now() }).where('id', '=', mona.user_id).execute()
  assert.deepEqual([await opens(mona), await opens(nils)], [false, true])
})

test('a session from before the epoch was raised opens no page (D7)', async () => {
  await using app = await testApp()
  const [mona, nils] = [await app.person('mona'), await app.person('nils')]
  await app.db.updateTable('users').set({ security_epoch: 2 }).where('id', '=', mona.user_id).execute()
  assert.deepEqual([await opens(mona), await opens(nils)], [false, true])
})

/** The person as the act sees them, after the guard let them through. */
async function actor(app: TestApp, { user_id, session_id }: TestPerson): Promise<Person> {
  const user = await app.db.selectFrom('users').selectAll().where('id', '=', user_id).executeTakeFirstOrThrow()
  const session = { session_id: session_id(), token_id: null, method: 'totp' as const, authenticated_at: app.now() }
  return { user, user_id, ...session, ip: null, user_agent: null, at: app.now() }
}

test('the act looks at the step-up anew: for this act, in this session, within five minutes, once (D7, T42)', async () => {
  await using app = await testApp()
  const [mona, nils] = [await app.person('mona'), await app.person('nils')]
  const spend = async (person: TestPerson, act: Act) => {
    const who = await actor(app, person)
    return transaction(app.db, (db) => spendStepUp(db, who, act))
  }
  const refused = { code: 'step_up_required' }
  await mona.stepUp('security_key:remove blue')
  await assert.rejects(spend(mona, 'security_key:remove red'), refused)
  await assert.rejects(spend(mona, 'totp:remove'), refused)
  await assert.rejects(spend(nils, 'security_key:remove blue'), refused)
  await spend(mona, 'security_key:remove blue')
  await assert.rejects(spend(mona, 'security_key:remove blue'), refused)
  await mona.stepUp('totp:remove')
  app.pass(minutes(5))
  await assert.rejects(spend(mona, 'totp:remove'), refused)
})
