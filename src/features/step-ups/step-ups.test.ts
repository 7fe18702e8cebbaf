import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes } from '../../lib/time.ts'
import { type TestPerson, testApp } from '../../testing/app.ts'
import { addKey, keyOptions } from '../../testing/factors.ts'
import { password } from '../../testing/people.ts'

const page = '/account/reauthenticate/'

/** Answers the step-up that an act asked for, and follows to where it leads. */
async function confirm(person: TestPerson, location: string | null, proof: Record<string, string>) {
  const way = new URL(location ?? '', 'https://index.example')
  assert.equal(way.pathname, page)
  assert.equal((await person.get(way.pathname + way.search)).status, 200)
  return person.post(page, { ...Object.fromEntries(way.searchParams), ...proof })
}

test('a critical act asks for a proof, keeps its form, and goes on at one click; the session gets another id', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const before = mona.cookies.get('__Host-wk_s')
  const asked = await mona.submit('/manage/account/two-factor/', {}, '/manage/account/recovery-codes/regenerate')
  const passed = await confirm(mona, asked.location, { totp_value: mona.code() })
  assert.notEqual(mona.cookies.get('__Host-wk_s'), before)
  const kept = await mona.get(passed.location ?? '')
  assert.match(kept.text, /You were about to make new recovery codes/)
  const kept_form = /name="kept_form" value="([^"]+)"/.exec(kept.text)?.[1] ?? assert.fail(kept.text)
  const made = await mona.post('/manage/account/recovery-codes/regenerate', { kept_form })
  assert.match(made.text, /id="recovery-codes"/)
  assert.deepEqual((await app.events()).map(({ tag }) => tag).sort(), ['recovery_codes:generated', 'step_up:passed'])
})

test('one proof pays for one act, within five minutes', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const regenerate = () => mona.submit('/manage/account/two-factor/', {}, '/manage/account/recovery-codes/regenerate')
  await mona.stepUp('recovery_codes:regenerate')
  assert.equal((await regenerate()).status, 200)
  assert.equal((await regenerate()).location?.split('?')[0], page)
  await mona.stepUp('recovery_codes:regenerate')
  app.pass(minutes(5))
  assert.equal((await regenerate()).location?.split('?')[0], page)
  await mona.stepUp('totp:remove')
  assert.equal((await regenerate()).location?.split('?')[0], page)
})

test('the proof is the strongest that the account has: a password counts only where there is no factor', async () => {
  await using app = await testApp()
  const [mona, bare] = [await app.person('mona'), await app.person('bare', { totp: false })]
  const asked = `${page}?act=sensitive&next=/manage/account/`
  assert.doesNotMatch((await mona.get(asked)).text, /name="password"/)
  assert.equal((await mona.post(page, { act: 'sensitive', password })).status, 400)
  assert.match((await bare.get(asked)).text, /name="password"/)
  assert.deepEqual([(await bare.post(page, { act: 'sensitive', password: 'wrong password x' })).status], [403])
  const passed = await bare.post(page, { act: 'sensitive', password, next: '/manage/account/' })
  assert.deepEqual([passed.status, passed.location], [303, '/manage/account/'])
  assert.deepEqual((await app.events()).map(({ tag }) => tag).sort(), ['step_up:failed', 'step_up:failed', 'step_up:passed'])
})

test('T8: strangers who use up the tries at log-in don’t keep the owner, who is logged in, from confirming', async () => {
  await using app = await testApp({ LIMITS: '{"password":"2/900"}' })
  const bare = await app.person('bare', { totp: false })
  const logIn = () => app.browser('198.51.100.7').submit('/account/login/', { username: 'bare', password: 'wrong password x' })
  assert.deepEqual([(await logIn()).status, (await logIn()).status, (await logIn()).status], [403, 403, 429])
  const confirm = async (password: string) => (await bare.submit(`${page}?act=sensitive`, { act: 'sensitive', password }, page)).status
  assert.equal(await confirm(password), 303)
  assert.deepEqual([await confirm('wrong a'), await confirm('wrong b'), await confirm(password)], [403, 403, 429])
})

test('at step-up too what is beyond the limit leaves one event, and none says that it was wrong', async () => {
  await using app = await testApp({ LIMITS: '{"password":"2/900","totp":"2/900"}' })
  const [mona, bare] = [await app.person('mona'), await app.person('bare', { totp: false })]
  for (let n = 0; n < 5; n++) {
    await bare.submit(`${page}?act=sensitive`, { act: 'sensitive', password: 'wrong' }, page)
    await mona.submit(`${page}?act=sensitive`, { act: 'sensitive', totp_value: '000000' }, page)
  }
  const of = async (id: string) => (await app.events()).filter(({ user_id }) => user_id === id).map(({ tag, method }) => [tag, method])
  const failed = ['step_up:failed', undefined]
  assert.deepEqual(await of(bare.user_id), [failed, failed, ['proof:blocked', 'password']])
  assert.deepEqual(await of(mona.user_id), [failed, failed, ['proof:blocked', 'totp']])
})

test('a kept form comes back to its own session, its own path, once, for ten minutes', async () => {
  await using app = await testApp()
  const [mona, nils] = [await app.person('mona'), await app.person('nils')]
  const path = '/manage/account/recovery-codes/regenerate'
  const keep = async () =>
    new URL((await mona.submit('/manage/account/two-factor/', {}, path)).location ?? '', 'https://index.example').searchParams.get(
      'kept',
    ) ?? ''
  const id = await keep()
  await nils.stepUp('recovery_codes:regenerate')
  assert.equal((await nils.submit('/manage/account/two-factor/', { kept_form: id }, path)).status, 400)
  await mona.stepUp('totp:remove')
  assert.equal((await mona.submit('/manage/account/two-factor/', { kept_form: id }, '/manage/account/totp-delete')).status, 400)
  const late = await keep()
  app.pass(minutes(10))
  await mona.stepUp('recovery_codes:regenerate')
  assert.equal((await mona.submit('/manage/account/two-factor/', { kept_form: late }, path)).status, 400)
})

test('an act that doesn’t exist, and a place elsewhere: refused, and stayed here (T96)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  assert.equal((await mona.get(`${page}?act=world:rule`)).status, 404)
  await mona.get(`${page}?act=sensitive`)
  const passed = await mona.post(page, { act: 'sensitive', next: '//evil.example', totp_value: mona.code() })
  assert.deepEqual([passed.status, passed.location], [303, '/manage/account/'])
})

test('T38: a log-in by code is no fresh proof for sensitive acts where the account has a key: the key is asked for', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const make = () => mona.submit('/manage/account/token/', { description: 'a', token_scope: 'scope:user', expires_in_days: '7' })
  const key = await addKey(mona, 'Blue one')
  await mona.submit('/account/login/', { username: 'mona', password })
  await mona.submit('/account/two-factor/', { totp_value: mona.code() })
  const asked = await make()
  assert.match(asked.location ?? '', /^\/account\/reauthenticate\/\?act=sensitive&/)
  assert.equal((await mona.get(asked.location ?? '')).status, 200)
  assert.equal((await mona.post(page, { act: 'sensitive', totp_value: mona.code() })).status, 403)
  const credential = JSON.stringify(key.authenticate(await keyOptions(mona, `${page}options?act=sensitive`)))
  assert.equal((await mona.post(page, { act: 'sensitive', credential })).status, 303)
  assert.match((await make()).text, /id="api-token"/)
})

test('T167: a session keeps its ten newest forms', async () => {
  await using app = await testApp()
  const [mona, nils] = [await app.person('mona'), await app.person('nils')]
  const keep = (person: TestPerson) => person.submit('/manage/account/two-factor/', {}, '/manage/account/recovery-codes/regenerate')
  await keep(nils)
  const locations = []
  for (let n = 0; n < 12; n++) locations.push((await keep(mona)).location)
  const kept = (await app.db.selectFrom('kept_forms').select(['id', 'session_id']).execute()).filter(
    ({ session_id }) => session_id === mona.session_id(),
  )
  const newest = locations.slice(2).map((location) => new URL(location ?? '', 'https://index.example').searchParams.get('kept'))
  assert.deepEqual(new Set(kept.map(({ id }) => id)), new Set(newest))
  assert.equal((await app.db.selectFrom('kept_forms').select('id').execute()).length, 11)
})
