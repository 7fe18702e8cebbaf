import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes, seconds } from '../../lib/time.ts'
import { type TestApp, type TestPerson, testApp } from '../../testing/app.ts'
import type { Answer, TestBrowser } from '../../testing/browser.ts'
import { addApp, addKey, attemptOf, codeOf, isLoggedIn, pages, refused, saveCodes, secretOn } from '../../testing/factors.ts'
import { password } from '../../testing/people.ts'

const fresh = { totp: false } as const
const manyTries = { LIMITS: '{"totp":"1000/60","totp_ip":"1000/60"}' }
const wrong = /That code doesn’t fit/
const stepUpFor = (act: string): RegExp => new RegExp(`^/account/reauthenticate/\\?act=${encodeURIComponent(act)}&`)

const enter = (browser: TestBrowser, totp_value: string): Promise<Answer> => browser.post('/account/two-factor/', { totp_value })
const logIn = async (app: TestApp, person: TestPerson, code: string): Promise<Answer> => enter(await attemptOf(app, person), code)
const tags = async (app: TestApp): Promise<string[]> => (await app.events()).map(({ tag }) => tag)
const newest = async (app: TestApp) => (await app.mails()).at(-1)
const totps = (app: TestApp) => app.db.selectFrom('totps').selectAll().execute()

/** Somebody who has saved recovery codes and has no factor yet. */
async function newcomer(app: TestApp, username = 'mona'): Promise<TestPerson> {
  const person = await app.person(username, fresh)
  await saveCodes(person)
  return person
}

test('an app is set up: page, event, mail; on to where one wanted to go; other sessions end (T180)', async () => {
  await using app = await testApp()
  const mona = await newcomer(app)
  await mona.stepUp('totp:add')
  const page = await mona.get(`${pages.app}?next=/manage/projects/`)
  const secret = secretOn(page)
  assert.match(page.text, /<svg role="img" aria-label="QR code with the secret below" viewBox="0 0 \d+ \d+"/)
  assert.doesNotMatch(page.text, / style=|<style/)
  assert.equal(page.headers.get('cache-control'), 'no-store')

  const old = mona.cookies.get('__Host-wk_s') ?? ''
  const other = app.browser()
  await other.get('/account/login/')
  await other.post('/account/login/', { username: 'mona', password })
  assert.ok(await isLoggedIn(other))
  const code = codeOf(app, secret)
  const done = await mona.post(pages.app, { totp_value: `${code.slice(0, 3)} ${code.slice(3)}`, next: '/manage/projects/' })
  assert.deepEqual([done.status, done.location], [303, '/manage/projects/'])
  assert.equal((await mona.get('/manage/projects/')).status, 200)
  assert.equal(await isLoggedIn(other), false)
  other.cookies.set('__Host-wk_s', old)
  assert.equal(await isLoggedIn(other), false)

  assert.ok((await tags(app)).includes('totp:added'))
  assert.equal((await newest(app))?.subject, 'An authenticator app was set up for your account')
  const [row] = await totps(app)
  assert.match(row?.secret ?? '', /^v1\./)
})

test('the secret spends the step-up, waits ten minutes in its session only, and is gone once confirmed (T35)', async () => {
  await using app = await testApp()
  const mona = await newcomer(app)
  assert.match((await mona.get(pages.app)).location ?? '', stepUpFor('totp:add'))
  await mona.stepUp('totp:add')
  const secret = secretOn(await mona.get(pages.app))
  assert.deepEqual(secretOn(await mona.get(pages.app)), secret)
  assert.deepEqual(await app.db.selectFrom('step_ups').selectAll().execute(), [])

  const other = app.browser()
  await other.get('/account/login/')
  await other.post('/account/login/', { username: 'mona', password })
  assert.match((await other.get(pages.app)).location ?? '', stepUpFor('totp:add'))
  assert.match((await other.submit(pages.factors, { totp_value: codeOf(app, secret) }, pages.app)).location ?? '', stepUpFor('totp:add'))

  const code = codeOf(app, secret)
  assert.equal((await mona.post(pages.app, { totp_value: code })).status, 303)
  const again = await mona.get(pages.app)
  refused(again, 409, /You have an authenticator app already/)
  assert.doesNotMatch(again.text, /totp-secret/)
  refused(await logIn(app, mona, code), 400, wrong)
  assert.deepEqual(await app.db.selectFrom('pending_totps').selectAll().execute(), [])
})

test('after ten minutes there is a fresh secret, for a fresh proof of the person', async () => {
  await using app = await testApp()
  const mona = await newcomer(app)
  await mona.stepUp('totp:add')
  const old = secretOn(await mona.get(pages.app))
  app.pass(minutes(10))
  const asked = await mona.post(pages.app, { totp_value: codeOf(app, old) })
  assert.match(asked.location ?? '', stepUpFor('totp:add'))
  assert.match((await mona.get(pages.app)).location ?? '', stepUpFor('totp:add'))
  await mona.stepUp('totp:add')
  const late = await mona.post(pages.app, { totp_value: codeOf(app, old) })
  refused(late, 400, /That took more than ten minutes\. Here is a new code to scan/)
  const secret = secretOn({ ...late, status: 200 })
  assert.notDeepEqual(secret, old)
  assert.deepEqual(await totps(app), [])
  assert.equal((await mona.post(pages.app, { totp_value: codeOf(app, secret) })).status, 303)
})

test('what is no code of this secret is refused and never shown back, nothing is stored, the secret stays (T29)', async () => {
  await using app = await testApp(manyTries)
  const mona = await newcomer(app)
  await mona.stepUp('totp:add')
  const secret = secretOn(await mona.get(pages.app))
  const right = codeOf(app, secret)
  const digits = (zero: number): string => String.fromCodePoint(...Array.from(right, (digit) => zero + Number(digit)))
  const bad = [
    '',
    ' ',
    right.slice(1),
    `${right}0`,
    `0${right}`,
    digits(0x660),
    digits(0xff10),
    '😀😀😀',
    `${right}\u200b`,
    right.replace(/^/, '+'),
  ]
  const more = [
    'abcdef',
    '1e5000',
    `\u00a0${right}`,
    `${right}\n`,
    'x'.repeat(50_000),
    '-'.repeat(50_000),
    codeOf(app, secret, 2),
    codeOf(app, secret, -2),
  ]
  for (const totp_value of [...bad, ...more].filter((text) => text !== right)) {
    const answer = await mona.post(pages.app, { totp_value })
    refused(answer, 400, wrong)
    assert.doesNotMatch(answer.text, /name="totp_value"[^>]* value=/)
    assert.deepEqual(secretOn({ ...answer, status: 200 }), secret)
  }
  refused(await mona.post(pages.app, {}), 400, wrong)
  assert.deepEqual([await totps(app), (await tags(app)).includes('totp:added')], [[], false])
  assert.equal((await mona.post(pages.app, { totp_value: right })).status, 303)
})

test('the same at log-in: 400, never 500 (T29)', async () => {
  await using app = await testApp(manyTries)
  const mona = await app.person('mona')
  const browser = await attemptOf(app, mona)
  for (const text of ['', '١٢٣٤٥٦', '１２３４５６', '😀😀😀😀😀😀', '1234567', '[object Object]', '0x1234', '1'.repeat(50_000)])
    refused(await enter(browser, text), 400, wrong)
  assert.equal((await enter(browser, mona.code())).status, 303)
})

test('this step, the last and the next are right; those beyond, and another account’s code, are not (T26)', async () => {
  await using app = await testApp(manyTries)
  const [mona, nils] = [await newcomer(app), await newcomer(app, 'nils')]
  const [secret, foreign] = [await addApp(app, mona), await addApp(app, nils)]
  app.pass(minutes(5))
  for (const code of [codeOf(app, secret, -2), codeOf(app, secret, 2), codeOf(app, foreign)])
    refused(await logIn(app, mona, code), 400, wrong)
  for (const later of [-1, 0, 1]) assert.equal((await logIn(app, mona, codeOf(app, secret, later))).status, 303)
})

test('a code is right once: not again in this session or another, not in another spelling, not after a later one (T27, T28)', async () => {
  await using app = await testApp(manyTries)
  const mona = await newcomer(app)
  const secret = await addApp(app, mona)
  app.pass(minutes(5))
  const [before, code] = [codeOf(app, secret, -1), codeOf(app, secret)]
  const browser = await attemptOf(app, mona)
  assert.equal((await enter(browser, code)).status, 303)
  for (const text of [code, ` ${code}`, `${code.slice(0, 3)}-${code.slice(3)}`, before]) refused(await logIn(app, mona, text), 400, wrong)
  await browser.get(`/account/reauthenticate/?act=totp:remove&next=${pages.factors}`)
  refused(await browser.post('/account/reauthenticate/', { act: 'totp:remove', totp_value: code }), 400, wrong)
  app.pass(seconds(30))
  assert.equal((await browser.post('/account/reauthenticate/', { act: 'totp:remove', totp_value: codeOf(app, secret) })).status, 303)
})

test('race: one code in twenty log-ins at once opens one session (T30)', async () => {
  await using app = await testApp(manyTries)
  const mona = await app.person('mona')
  const browsers: TestBrowser[] = []
  for (let i = 0; i < 20; i++) browsers.push(await attemptOf(app, mona))
  const code = mona.code()
  const answers = await Promise.all(browsers.map((browser) => enter(browser, code)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, ...Array.from({ length: 19 }, () => 400)])
  assert.equal((await Promise.all(browsers.map(isLoggedIn))).filter(Boolean).length, 1)
})

test('race: one code, confirmed four times at once, sets up one app', async () => {
  await using app = await testApp()
  const mona = await newcomer(app)
  await mona.stepUp('totp:add')
  const totp_value = codeOf(app, secretOn(await mona.get(pages.app)))
  const answers = await Promise.all([1, 2, 3, 4].map(() => mona.post(pages.app, { totp_value })))
  assert.equal(answers.filter(({ status, location }) => status === 303 && location === pages.factors).length, 1)
  assert.deepEqual([(await totps(app)).length, (await tags(app)).filter((tag) => tag === 'totp:added').length], [1, 1])
  assert.equal((await app.mails()).filter(({ subject }) => /app was set up/.test(subject)).length, 1)
})

test('the sixth try in five minutes is refused, right or not; starting over doesn’t help (T32)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  for (let i = 0; i < 5; i++) refused(await logIn(app, mona, '000000'), 400, wrong)
  const late = await logIn(app, mona, mona.code())
  refused(late, 429, /Too many tries/)
  assert.ok(Number(late.headers.get('retry-after')) > 200)
  app.pass(minutes(5))
  assert.equal((await logIn(app, mona, mona.code())).status, 303)
})

test('tries from another address count for the account all the same (T32)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  for (let i = 0; i < 5; i++) await enter(await attemptOf(app, mona, `198.51.100.${i}`), '000000')
  refused(await enter(await attemptOf(app, mona, '203.0.113.1'), mona.code()), 429, /Too many tries/)
})

test('right codes cost nothing', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  for (let i = 0; i < 7; i++) {
    assert.equal((await logIn(app, mona, mona.code())).status, 303)
    app.pass(seconds(30))
  }
})

test('a hundred wrong codes in a row switch the app off; the owner hears of it; the password alone opens nothing (T33)', async () => {
  await using app = await testApp(manyTries)
  const mona = await app.person('mona')
  const browser = await attemptOf(app, mona)
  for (let i = 0; i < 99; i++) assert.equal((await enter(browser, '000000')).status, 400)
  assert.equal((await enter(await attemptOf(app, mona), mona.code())).status, 303) // so it wasn't a hundred in a row
  for (let i = 0; i < 99; i++) await enter(browser, '000000')
  assert.equal((await totps(app))[0]?.disabled_at, null)
  refused(await enter(browser, '000000'), 400, wrong)

  app.pass(seconds(30))
  refused(await enter(browser, mona.code()), 403, /switched off after 100 wrong codes/)
  assert.equal((await tags(app)).filter((tag) => tag === 'totp:disabled').length, 1)
  assert.deepEqual(
    (await app.mails()).map(({ subject }) => subject),
    ['Your authenticator app was switched off after 100 wrong codes'],
  )
  const thief = app.browser()
  assert.equal((await thief.submit('/account/login/', { username: 'mona', password })).location, '/account/two-factor/')
  assert.equal(await isLoggedIn(thief), false)
  await mona.get(`/account/reauthenticate/?act=totp:add&next=${pages.app}`)
  refused(await mona.post('/account/reauthenticate/', { act: 'totp:add', password }), 403, /switched off/)
  assert.match((await mona.get(pages.factors)).text, /log out and log in again with a recovery code/)
})

test('an app is removed once there is another factor: event, mail, other sessions end (T180)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  await mona.get(pages.factors)
  assert.match((await mona.post(pages.removeApp)).location ?? '', stepUpFor('totp:remove'))
  await mona.stepUp('totp:remove')
  assert.equal((await mona.post(pages.removeApp)).location, pages.factors)
  assert.match((await mona.get(pages.factors)).text, /This is your last second factor/)
  assert.equal((await totps(app)).length, 1)

  await addKey(mona, 'Blue')
  const old = mona.cookies.get('__Host-wk_s') ?? ''
  await mona.stepUp('totp:remove')
  await mona.submit(pages.factors, {}, pages.removeApp)
  const page = await mona.get(pages.factors)
  assert.match(page.text, /Your authenticator app is removed/)
  assert.doesNotMatch(page.text, /totp-delete/)
  assert.deepEqual([await totps(app), (await tags(app)).at(-1)], [[], 'totp:removed'])
  assert.equal((await newest(app))?.subject, 'The authenticator app was removed from your account')
  const stale = app.browser()
  stale.cookies.set('__Host-wk_s', old)
  assert.equal(await isLoggedIn(stale), false)
  await mona.stepUp('totp:remove')
  await mona.post(pages.removeApp)
  assert.match((await mona.get(pages.factors)).text, /You have no authenticator app\./)
})

test('a lost app is replaced by whoever came in with a recovery code: the account always has a factor (D5)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', { method: 'recovery_code' })
  const old = mona.code()
  await mona.get(pages.factors)
  await mona.post(pages.removeApp)
  assert.match((await mona.get(pages.factors)).text, /This is your last second factor/)
  const secret = secretOn(await mona.get(pages.app))
  assert.equal((await totps(app)).length, 1)
  assert.equal((await mona.post(pages.app, { totp_value: codeOf(app, secret) })).status, 303)
  assert.deepEqual((await tags(app)).sort(), ['totp:added', 'totp:removed'])
  assert.equal((await mona.get('/manage/projects/')).status, 200)
  refused(await logIn(app, mona, old), 400, wrong)
})

test('fifteen minutes after the recovery code it stands for no step-up any more (D5)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', { method: 'recovery_code' })
  app.pass(minutes(15))
  assert.match((await mona.get(pages.app)).location ?? '', stepUpFor('totp:add'))
})

test('one that was switched off is set up anew after a proof by another factor', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  await addKey(mona, 'Blue')
  await app.db.updateTable('totps').set({ disabled_at: app.now(), failures: 100 }).execute()
  await addApp(app, mona)
  assert.deepEqual(
    (await totps(app)).map(({ disabled_at, failures }) => [disabled_at, failures]),
    [[null, 0]],
  )
})

test('an address that isn’t verified comes before the first factor: its owner must hear of it (T36)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', { totp: false, verified: false })
  await saveCodes(mona)
  await mona.stepUp('totp:add')
  for (const page of [pages.app, pages.keys]) assert.match((await mona.get(page)).location ?? '', /^\/manage\/unverified-account\/\?next=/)
  assert.match((await mona.post(pages.app, { totp_value: '000000' })).location ?? '', /^\/manage\/unverified-account\//)
})

test('the password alone opens no page of the factors (T179)', async () => {
  await using app = await testApp()
  const browser = await attemptOf(app, await app.person('mona'))
  for (const page of [pages.factors, pages.app, pages.keys, pages.generate, pages.burn])
    assert.equal((await browser.get(page)).location, `/account/login/?${new URLSearchParams({ next: page })}`)
  for (const page of [pages.app, pages.removeApp, pages.keys, pages.generate, pages.regenerate, pages.burn])
    assert.match((await browser.post(page)).location ?? '', /^\/account\/login\//)
})
