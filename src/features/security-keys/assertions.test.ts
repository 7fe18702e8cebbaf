import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noPerson } from '../../audit/audit.ts'
import type { Database } from '../../db/database.ts'
import { minutes } from '../../lib/time.ts'
import { type TestApp, type TestPerson, testApp } from '../../testing/app.ts'
import type { Answer, TestBrowser } from '../../testing/browser.ts'
import { addKey, almostKey, attemptOf, isLoggedIn, keyOptions, pages, refused } from '../../testing/factors.ts'
import type { Faults, softKey } from '../../testing/soft-key.ts'
import { sessionId } from '../sessions/sessions.ts'
import { proveSecurityKey } from './security-keys.ts'

type Key = ReturnType<typeof softKey>

const manyTries = { LIMITS: '{"webauthn":"1000/60","webauthn_ip":"1000/60"}' }
const tooLate = /more than five minutes, or was sent twice/
const doesNotFit = /doesn’t fit this page/
const secondStep = '/account/two-factor/'
const stepUpPage = '/account/reauthenticate/'

const enter = (browser: TestBrowser, credential: string): Promise<Answer> => browser.post(secondStep, { credential })
const answerOf = async (browser: TestBrowser, key: Key, faults: Faults = {}): Promise<string> =>
  JSON.stringify(key.authenticate(await keyOptions(browser, `${secondStep}options`), faults))
const tags = async (app: TestApp): Promise<string[]> => (await app.events()).map(({ tag }) => tag)
const keys = (app: TestApp) => app.db.selectFrom('security_keys').selectAll().execute()

async function logIn(app: TestApp, person: TestPerson, key: Key, faults: Faults = {}): Promise<Answer> {
  const browser = await attemptOf(app, person)
  return enter(browser, await answerOf(browser, key, faults))
}

/** What the page of a step-up for `act` posts, once the key has answered. */
async function stepUp(person: TestPerson, act: string, key: Key, faults: Faults = {}): Promise<{ act: string; credential: string }> {
  assert.equal((await person.get(`${stepUpPage}?${new URLSearchParams({ act })}`)).status, 200)
  const options = await keyOptions(person, `${stepUpPage}options?${new URLSearchParams({ act })}`)
  return { act, credential: JSON.stringify(key.authenticate(options, faults)) }
}

test('a key logs in: options name the keys of the account, use and counter are noted', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const [blue, red] = [await addKey(mona, 'Blue'), await addKey(mona, 'Red')]
  const browser = await attemptOf(app, mona)
  const options = await keyOptions(browser, `${secondStep}options`)
  assert.deepEqual(options.allowCredentials?.map(({ id }) => id).sort(), [blue.id, red.id].sort())
  assert.deepEqual([options.rpId, options.timeout, options.userVerification], ['index.example', 300_000, 'preferred'])
  assert.equal((await enter(browser, JSON.stringify(blue.authenticate(options)))).status, 303)
  assert.ok(await isLoggedIn(browser))
  const used = (await keys(app)).filter(({ last_used_at }) => last_used_at !== null)
  assert.deepEqual(
    used.map(({ label, sign_count }) => [label, sign_count]),
    [['Blue', 1]],
  )
})

test('an answer is right once: again, or ten times at once, it opens one session (T41)', async () => {
  await using app = await testApp(manyTries)
  const mona = await app.person('mona')
  const key = await addKey(mona, 'Blue')
  const browser = await attemptOf(app, mona)
  const credential = await answerOf(browser, key)
  const answers = await Promise.all(Array.from({ length: 10 }, () => enter(browser, credential)))
  assert.equal(answers.filter(({ status, location }) => status === 303 && location === '/manage/projects/').length, 1)
  const other = await attemptOf(app, mona)
  refused(await enter(other, credential), 400, tooLate)
  assert.equal((await tags(app)).filter((tag) => tag === 'account:login_succeeded').length, 1)
})

test('challenges are 32 bytes, each another one (T57)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  await addKey(mona, 'Blue')
  const browser = await attemptOf(app, mona)
  const challenges: string[] = []
  for (let i = 0; i < 20; i++) challenges.push((await keyOptions(browser, `${secondStep}options`)).challenge)
  assert.equal(new Set(challenges).size, 20)
  for (const challenge of challenges) assert.equal(Buffer.from(challenge, 'base64url').length, 32)
})

test('a challenge counts for its attempt, its purpose and its act only (T42)', async () => {
  await using app = await testApp(manyTries)
  const mona = await app.person('mona')
  const key = await addKey(mona, 'Blue')
  const [first, second] = [await attemptOf(app, mona), await attemptOf(app, mona)]
  const forFirst = await answerOf(first, key)
  await answerOf(second, key)
  refused(await enter(second, forFirst), 400, doesNotFit)

  const forStepUp = await stepUp(mona, 'totp:remove', key)
  await answerOf(first, key)
  refused(await enter(first, forStepUp.credential), 400, doesNotFit)
  refused(await mona.post(stepUpPage, { ...forStepUp, act: 'security_key:add' }), 400, tooLate)
  refused(await mona.post(stepUpPage, forStepUp), 400, tooLate) // spent by the one before

  const forLogIn = await answerOf(first, key)
  await stepUp(mona, 'totp:remove', key)
  refused(await mona.post(stepUpPage, { act: 'totp:remove', credential: forLogIn }), 400, doesNotFit)
  const { challenge } = await almostKey(mona)
  await stepUp(mona, 'totp:remove', key)
  const forRegistration = await stepUp(mona, 'totp:remove', key, { challenge })
  refused(await mona.post(stepUpPage, forRegistration), 400, doesNotFit)
  assert.equal((await mona.post(stepUpPage, await stepUp(mona, 'totp:remove', key))).status, 303)
})

test('the page that asks for another act makes the challenge of the first one useless (T42)', async () => {
  await using app = await testApp(manyTries)
  const mona = await app.person('mona')
  const key = await addKey(mona, 'Blue')
  const proof = await stepUp(mona, 'totp:remove', key)
  await mona.get(`${stepUpPage}?act=security_key:add`)
  refused(await mona.post(stepUpPage, { ...proof, act: 'security_key:add' }), 400, doesNotFit)
})

test('a challenge lives five minutes, and only the newest counts', async () => {
  await using app = await testApp(manyTries)
  const mona = await app.person('mona')
  const key = await addKey(mona, 'Blue')
  const browser = await attemptOf(app, mona)
  const older = await answerOf(browser, key)
  const newer = await answerOf(browser, key)
  refused(await enter(browser, older), 400, doesNotFit)
  refused(await enter(browser, newer), 400, tooLate)
  const late = await answerOf(browser, key)
  app.pass(minutes(5))
  refused(await enter(browser, late), 400, tooLate)
})

const faults: Record<string, Faults> = {
  'origin of a subdomain (T44)': { origin: 'https://www.index.example' },
  'crossOrigin (T45)': { crossOrigin: true },
  'nobody touched it (T47)': { flags: 0 },
  'backed up, yet not eligible (T48)': { flags: 0x11 },
  'the user handle of another account (T50)': { userHandle: Buffer.alloc(64, 1).toString('base64url') },
  'a broken signature (T51)': { signature: (bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([(bytes.at(-1) ?? 0) ^ 1])]) },
  'the type of a registration (T42)': { type: 'webauthn.create' },
  'clientData no JSON (T54)': { clientData: '{' },
}

test('answers that are refused open nothing and cost the challenge; the same key without the fault logs in', async () => {
  await using app = await testApp(manyTries)
  const mona = await app.person('mona')
  const key = await addKey(mona, 'Blue')
  const browser = await attemptOf(app, mona)
  for (const [name, fault] of Object.entries(faults)) {
    const options = await keyOptions(browser, `${secondStep}options`)
    const answer = await enter(browser, JSON.stringify(key.authenticate(options, fault)))
    assert.equal(answer.status, 400, name)
    assert.match(answer.text, doesNotFit, name)
    refused(await enter(browser, JSON.stringify(key.authenticate(options))), 400, tooLate)
  }
  assert.equal(await isLoggedIn(browser), false)
  assert.equal((await enter(browser, await answerOf(browser, key))).status, 303)
})

test('another account’s key, and another key under this one’s id, open nothing (T50, T51)', async () => {
  await using app = await testApp(manyTries)
  const [mona, nils] = [await app.person('mona'), await app.person('nils')]
  const [hers, his] = [await addKey(mona, 'Blue'), await addKey(nils, 'Red')]
  const browser = await attemptOf(app, mona)
  const options = await keyOptions(browser, `${secondStep}options`)
  const asked = { ...options, allowCredentials: [{ id: his.id, type: 'public-key' as const }] }
  refused(await enter(browser, JSON.stringify(his.authenticate(asked))), 400, doesNotFit)
  const again = await keyOptions(browser, `${secondStep}options`)
  const forged = his.authenticate({ ...again, allowCredentials: asked.allowCredentials }, { id: Buffer.from(hers.id, 'base64url') })
  refused(await enter(browser, JSON.stringify(forged)), 400, doesNotFit)
})

test('a key removed after the challenge was made opens nothing: its log-in has ended (T56, T180)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const key = await addKey(mona, 'Blue')
  const browser = await attemptOf(app, mona)
  const credential = await answerOf(browser, key)
  await mona.stepUp(`security_key:remove ${key.id}`)
  assert.equal((await mona.submit(pages.keys, { credential_id: key.id }, `${pages.keys}/delete`)).status, 303)
  assert.equal((await enter(browser, credential)).location, '/account/login/')
  assert.equal(await isLoggedIn(browser), false)
  assert.equal((await browser.options(`${secondStep}options`)).status, 403)
})

test('a key removed while its answer is verified opens nothing (T56)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const key = await addKey(mona, 'Blue')
  const browser = await attemptOf(app, mona)
  const credential = await answerOf(browser, key)
  const ceremony = { holder_id: sessionId(browser.cookies.get('__Host-wk_login') ?? ''), purpose: 'log_in', act: null } as const
  const db = beforeTransaction(app.db, 2, () => app.db.deleteFrom('security_keys').execute()) // the first takes the hit, the second notes the use
  const proof = proveSecurityKey({ ...app.app, db }, noPerson(app.now()), mona.user_id, ceremony, credential)
  await assert.rejects(proof, { code: 'security_key_rejected' })
  assert.equal((await keys(app)).length, 0)
})

/** The database, where something happens right before the `nth` transaction. */
function beforeTransaction(db: Database, nth: number, act: () => Promise<unknown>): Database {
  let begun = 0
  const execute: Execute = async (work) => {
    begun += 1
    if (begun === nth) await act()
    return db.transaction().execute(work)
  }
  return new Proxy(db, {
    get(target, name) {
      if (name === 'transaction') return () => ({ setIsolationLevel: () => ({ execute }) })
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

type Execute = ReturnType<Database['transaction']>['execute']

test('a counter that went back is recorded and told, once an answer; the log-in goes on (D4)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const key = await addKey(mona, 'Blue')
  assert.equal((await logIn(app, mona, key, { signCount: 9 })).status, 303)
  const before = (await app.mails()).length
  assert.equal((await logIn(app, mona, key, { signCount: 3 })).status, 303)
  assert.equal((await tags(app)).filter((tag) => tag === 'security_key:counter_regressed').length, 1)
  assert.deepEqual(
    (await app.mails()).slice(before).map(({ subject }) => subject),
    ['There may be a copy of your security key “Blue”'],
  )
  assert.deepEqual(
    (await keys(app)).map(({ sign_count }) => sign_count),
    [9],
  )
})

test('a key that says of itself what it didn’t at first is refused, and its owner is told (T48)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const key = await addKey(mona, 'Blue')
  const before = (await app.mails()).length
  refused(await logIn(app, mona, key, { flags: 0x09 }), 400, doesNotFit)
  const event = (await app.events()).find(({ tag }) => tag === 'security_key:eligibility_changed')
  assert.deepEqual([event?.user_id, event?.label], [mona.user_id, 'Blue'])
  assert.deepEqual(
    (await app.mails()).slice(before).map(({ subject }) => subject),
    ['Your security key “Blue” was refused'],
  )
})

test('what is too late or too much is noted as no wrong key: one event tells of the limit', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const key = await addKey(mona, 'Blue')
  const before = (await app.events()).length
  refused(await logIn(app, mona, key, { flags: 0 }), 400, doesNotFit)
  for (let i = 0; i < 9; i++) refused(await enter(await attemptOf(app, mona), '{}'), 400, tooLate)
  for (let i = 0; i < 3; i++) refused(await logIn(app, mona, key), 429, /Too many tries/)
  await mona.get(`${stepUpPage}?act=totp:remove`)
  refused(await mona.post(stepUpPage, { act: 'totp:remove', credential: '{}' }), 429, /Too many tries/)
  assert.deepEqual(
    (await app.events()).slice(before).map(({ tag, user_id, reason, method }) => [tag, user_id, reason ?? method]),
    [
      ['account:login_failed', mona.user_id, 'security_key'],
      ['proof:blocked', mona.user_id, 'security_key'],
    ],
  )
})

test('ten tries in five minutes, over all log-ins; right ones cost nothing', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const key = await addKey(mona, 'Blue')
  for (let i = 0; i < 12; i++) assert.equal((await logIn(app, mona, key)).status, 303)
  for (let i = 0; i < 10; i++) refused(await enter(await attemptOf(app, mona), '{}'), 400, tooLate)
  refused(await logIn(app, mona, key), 429, /Too many tries/)
  app.pass(minutes(5))
  assert.equal((await logIn(app, mona, key)).status, 303)
})

test('who has a key proves themself with it: a code or the password is no step-up, whatever the browser says (T38)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const key = await addKey(mona, 'Blue')
  await mona.get(`${stepUpPage}?act=totp:remove`)
  const old = { 'user-agent': 'NoWebAuthn/1', 'content-type': 'application/x-www-form-urlencoded' }
  const fields = { csrf_token: mona.token(), act: 'totp:remove', totp_value: mona.code(), password: 'mostly harmless tadpole' }
  refused(
    await mona.request(stepUpPage, { method: 'POST', headers: old, body: `${new URLSearchParams(fields)}` }),
    403,
    /Use your security key/,
  )
  refused(await mona.post(stepUpPage, { ...fields, credential: '{}' }), 400, doesNotFit)
  const page = await mona.get(`${stepUpPage}?act=totp:remove`)
  assert.doesNotMatch(page.text, /name="(totp_value|password)"/) // nor is a weaker way offered after a failure (T59)
  assert.equal((await mona.post(stepUpPage, await stepUp(mona, 'totp:remove', key))).status, 303)
})
