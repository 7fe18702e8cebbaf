import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noPerson } from '../../audit/audit.ts'
import type { User } from '../../db/schema.ts'
import { hours, minutes } from '../../lib/time.ts'
import { schedule } from '../../queue/queue.ts'
import { type TestApp, testApp } from '../../testing/app.ts'
import type { TestBrowser } from '../../testing/browser.ts'
import { addKey } from '../../testing/factors.ts'
import { password } from '../../testing/people.ts'
import { completeLogin, startLogin } from './logins.ts'

const login = (browser: TestBrowser, username: string, typed = password, fields: Record<string, string> = {}) =>
  browser.submit('/account/login/', { username, password: typed, ...fields })

const opens = async (browser: TestBrowser): Promise<boolean> => (await browser.get('/manage/account/')).status === 200

test('log-in with password and code: a session, an event; afterwards to where one wanted to go', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const browser = app.browser()
  const asked = await browser.get('/manage/projects/')
  assert.deepEqual([asked.status, asked.location], [303, '/account/login/?next=%2Fmanage%2Fprojects%2F'])
  assert.match((await browser.get(asked.location ?? '')).text, /class="flash error" role="alert"/)
  const first = await login(browser, ' Mona ', password, { next: '/manage/projects/' })
  assert.deepEqual([first.status, first.location], [303, '/account/two-factor/?next=%2Fmanage%2Fprojects%2F'])
  assert.equal(await opens(browser), false)
  const second = await browser.submit('/account/two-factor/', { totp_value: mona.code(), next: '/manage/projects/' })
  assert.deepEqual([second.status, second.location], [303, '/manage/projects/'])
  assert.equal((await browser.get('/manage/projects/')).status, 200)
  assert.partialDeepStrictEqual(await app.events(), [{ tag: 'account:login_succeeded', user_id: mona.user_id, method: 'totp' }])
  assert.match(second.headers.getSetCookie().join('\n'), /^__Host-wk_s=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/m)
})

test('T1, T2: unknown, wrong, frozen and passed-by names get one answer', async () => {
  await using app = await testApp()
  await app.person('mona')
  const frozen = await app.person('frozen')
  await app.db.updateTable('users').set({ frozen_at: 1 }).where('id', '=', frozen.user_id).execute()
  const texts = new Set<string>()
  for (const [username, typed] of [
    ['mona', 'wrong password x'],
    ['nobody', password],
    ['frozen', password],
    ['a b c', password],
    ['', password],
    ['mоna', password],
  ] as const) {
    const answer = await login(app.browser(), username, typed)
    assert.equal(answer.status, 403, username)
    texts.add(answer.text.replace(/value="[^"]*"/g, ''))
  }
  assert.equal(texts.size, 1)
  assert.match([...texts][0] ?? '', /User name and password don’t fit together/)
  assert.deepEqual(new Set((await app.events()).map(({ tag }) => tag)), new Set(['account:login_failed']))
  assert.equal((await app.events()).length, 6, 'each leaves the same work behind, so that time doesn’t tell them apart')
})

test('T5: after ten wrong passwords the right one is refused too, until the time is over', async () => {
  await using app = await testApp({ LIMITS: '{"password_ip":"1000/300"}' })
  await app.person('mona')
  for (let n = 0; n < 10; n++) assert.equal((await login(app.browser(), n % 2 ? 'mona' : 'MONA', 'wrong password x')).status, 403)
  const late = await login(app.browser(), 'mona')
  assert.equal(late.status, 429)
  assert.ok(Number(late.headers.get('retry-after')) > 800)
  app.pass(minutes(15))
  assert.equal((await login(app.browser(), 'mona')).status, 303)
})

test('T6, T9: one address that tries many accounts is stopped, whatever it gets right in between', async () => {
  await using app = await testApp({ LIMITS: '{"password_ip":"5/300"}' })
  const own = await app.person('own')
  for (const username of ['a1', 'a2', 'a3', 'a4']) await login(app.browser(), username, 'wrong password x')
  assert.equal((await login(app.browser(), own.username)).status, 303)
  await login(app.browser(), 'a5', 'wrong password x')
  assert.equal((await login(app.browser(), own.username)).status, 429)
  assert.equal((await login(app.browser('198.51.100.7'), own.username)).status, 303)
})

test('T5 in parallel: 30 wrong guesses at once, and no more than ten of them are looked at', async () => {
  await using app = await testApp({ LIMITS: '{"password_ip":"1000/300"}' })
  await app.person('mona')
  const guesses = await Promise.all(Array.from({ length: 30 }, () => login(app.browser(), 'mona', 'wrong password x')))
  const counts = Object.groupBy(guesses, ({ status }) => String(status))
  assert.deepEqual([counts['403']?.length, counts['429']?.length], [10, 20])
})

const tagsAndOwners = async (app: TestApp) => (await app.events()).map(({ tag, user_id }) => `${tag} ${user_id}`)

test('tries beyond the limit leave one event in its time, also for a name that nobody has (T1)', async () => {
  await using app = await testApp({ LIMITS: '{"password":"2/900","password_ip":"1000/300"}' })
  const { user_id } = await app.person('mona')
  for (const [username, owner] of [
    ['mona', user_id],
    ['nobody', null],
  ] as const) {
    const before = (await app.events()).length
    for (let n = 0; n < 5; n++) await login(app.browser(), username, 'wrong password x')
    assert.deepEqual((await tagsAndOwners(app)).slice(before), [
      `account:login_failed ${owner}`,
      `account:login_failed ${owner}`,
      `proof:blocked ${owner}`,
    ])
  }
  app.pass(minutes(15))
  for (let n = 0; n < 4; n++) await login(app.browser(), 'mona', 'wrong password x')
  assert.equal((await tagsAndOwners(app)).filter((event) => event === `proof:blocked ${user_id}`).length, 2)
})

test('an address that others used up is no news of the account', async () => {
  await using app = await testApp({ LIMITS: '{"password_ip":"2/300","totp_ip":"2/300"}' })
  const mona = await app.person('mona')
  const browser = app.browser()
  await login(browser, 'mona')
  for (let n = 0; n < 2; n++) await login(app.browser(), `other${n}`, 'wrong password x')
  assert.equal((await login(app.browser(), 'mona')).status, 429)
  const [nils, thief] = [await app.person('nils'), app.browser('198.51.100.7')]
  await login(thief, 'nils')
  for (let n = 0; n < 2; n++) await thief.submit('/account/two-factor/', { totp_value: '000000' })
  const elsewhere = app.browser('198.51.100.7')
  elsewhere.cookies.set('__Host-wk_login', browser.cookies.get('__Host-wk_login') ?? '')
  assert.equal((await elsewhere.submit('/account/two-factor/', { totp_value: mona.code() })).status, 429)
  assert.deepEqual(
    (await app.events()).filter(({ user_id }) => user_id !== null),
    (await app.events()).filter(({ user_id, tag }) => user_id === nils.user_id && tag === 'account:login_failed'),
  )
})

test('T12: long and strange passwords are compared whole, and too much is refused unread', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', { totp: false })
  assert.equal((await login(app.browser(), 'mona', `${password} `)).status, 403)
  assert.equal((await login(app.browser(), 'mona', password.toUpperCase())).status, 403)
  assert.equal((await login(app.browser(), 'mona', 'x'.repeat(20_000))).status, 403)
  assert.equal((await login(app.browser(), 'mona', 'x'.repeat(1_000_000))).status, 413)
  assert.equal((await login(app.browser(), mona.username)).status, 303)
})

test('T18, T93: another site’s form, a missing token and another visitor’s token log nobody in', async () => {
  await using app = await testApp()
  await app.person('mona')
  const [browser, other] = [app.browser(), app.browser()]
  await browser.get('/account/login/')
  await other.get('/account/login/')
  const body = (token: string) => new URLSearchParams({ csrf_token: token, username: 'mona', password })
  const tries = [
    browser.request('/account/login/', { method: 'POST', body: body(browser.token()), headers: { 'sec-fetch-site': 'cross-site' } }),
    browser.request('/account/login/', { method: 'POST', body: body(browser.token()), headers: { 'sec-fetch-site': 'same-site' } }),
    browser.request('/account/login/', { method: 'POST', body: body('') }),
    browser.request('/account/login/', { method: 'POST', body: body(other.token()) }),
  ]
  for (const answer of await Promise.all(tries)) assert.equal(answer.status, 403)
  assert.equal((await login(browser, 'mona')).status, 303)
})

test('T93: a second step takes the token of its own log-in only', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const [browser, other] = [app.browser(), app.browser()]
  await browser.get('/account/login/')
  const visitors = browser.token()
  for (const one of [browser, other]) await login(one, 'mona')
  await other.get('/account/two-factor/')
  await mona.get('/manage/account/')
  const send = (path: string, csrf_token: string, fields: Record<string, string> = {}) => browser.post(path, { csrf_token, ...fields })
  for (const token of ['', visitors, other.token(), mona.token()]) {
    assert.equal((await send('/account/two-factor/', token, { totp_value: mona.code() })).status, 403)
    assert.equal((await send('/account/recovery-code/', token, { recovery_code_value: 'x' })).status, 403)
    const options = { method: 'POST', headers: { 'x-csrf-token': token } }
    assert.equal((await browser.request('/account/two-factor/options', options)).status, 403)
  }
  assert.deepEqual([await app.events(), await opens(browser)], [[], false])
  assert.equal((await browser.submit('/account/two-factor/', { totp_value: mona.code() })).status, 303)
})

const meanwhile: Record<string, Partial<Pick<User, 'password_changed_at' | 'security_epoch' | 'frozen_at'>>> = {
  'the password was changed': { password_changed_at: 1 },
  'the epoch was raised': { security_epoch: 2 },
  'the account was frozen': { frozen_at: 1 },
}
for (const [change, row] of Object.entries(meanwhile))
  test(`a password that was right until ${change}, while it was compared, opens nothing`, async () => {
    await using app = await testApp()
    const { hasher } = app.app
    const verify: typeof hasher.verify = async (phc, typed) => {
      const right = await hasher.verify(phc, typed)
      await app.db.updateTable('users').set(row).execute()
      return right
    }
    const slow = { ...app.app, hasher: { ...hasher, verify } }
    await app.person('mona')
    await app.person('bare', { totp: false })
    for (const username of ['mona', 'bare']) {
      await app.db.updateTable('users').set({ password_changed_at: 2, security_epoch: 1, frozen_at: null }).execute()
      const input = { username, password, previous: undefined }
      await assert.rejects(startLogin(slow, noPerson(app.now()), input), { code: 'login_failed' })
    }
    assert.deepEqual(await app.db.selectFrom('login_attempts').selectAll().execute(), [])
    assert.equal((await app.db.selectFrom('sessions').selectAll().execute()).length, 2, 'those that they had')
    assert.deepEqual([(await app.events()).filter(({ tag }) => tag === 'account:login_succeeded'), await app.mails()], [[], []])
  })

test('T21: a right password whose second step never comes is told to the owner; a finished log-in is not', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const browser = app.browser()
  await login(browser, 'mona')
  await browser.submit('/account/two-factor/', { totp_value: mona.code() })
  app.pass(minutes(11))
  await app.runJobs()
  assert.equal(app.sent.length, 0)
  await login(app.browser(), 'mona')
  app.pass(minutes(11))
  await app.runJobs()
  assert.deepEqual(
    app.sent.map(({ to }) => to),
    ['mona@example.org'],
  )
  assert.match(app.sent[0]?.raw ?? '', /^Subject: Somebody typed your password, but not the second step$/m)
})

test('T21: the owner is told, whatever account the same browser logs in to next, and however late the work is done', async () => {
  await using app = await testApp()
  await app.person('mona')
  const thief = await app.person('thief')
  const browser = app.browser()
  await login(browser, 'mona')
  await login(browser, 'thief')
  await browser.submit('/account/two-factor/', { totp_value: thief.code() })
  await schedule(app.db, 'accounts:sweep', app.now())
  app.pass(hours(1))
  await app.runJobs()
  assert.deepEqual(
    app.sent.map(({ to }) => to),
    ['mona@example.org'],
  )
  assert.match(app.sent[0]?.raw ?? '', /At 2026-11-22 00:00:0\d UTC somebody/, 'when it was, not when it was told')
})

test('T21: starting over is no reason for a warning', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const browser = app.browser()
  await login(browser, 'mona')
  await login(browser, 'mona')
  await browser.submit('/account/two-factor/', { totp_value: mona.code() })
  app.pass(minutes(11))
  await app.runJobs()
  assert.equal(app.sent.length, 0)
})

test('T21: whoever starts over again and again without the second step is told of, once an hour', async () => {
  await using app = await testApp({ LIMITS: '{"password":"1000/60"}' })
  await app.person('mona')
  const thief = app.browser()
  for (let n = 0; n < 16; n++) {
    await login(thief, 'mona')
    app.pass(minutes(4))
    await app.runJobs()
  }
  assert.equal(app.sent.length, 1)
  app.pass(minutes(20))
  await login(thief, 'mona')
  app.pass(minutes(11))
  await app.runJobs()
  assert.equal(app.sent.length, 2)
})

test('T180: a log-in that was proved with an app that its owner removes meanwhile opens nothing', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  await addKey(mona, 'Blue one')
  const thief = app.browser()
  await login(thief, 'mona')
  const cookie = thief.cookies.get('__Host-wk_login') ?? assert.fail()
  const user = await app.db.selectFrom('users').selectAll().executeTakeFirstOrThrow()
  await mona.stepUp('totp:remove')
  assert.equal((await mona.submit('/manage/account/two-factor/', {}, '/manage/account/totp-delete')).status, 303)
  await assert.rejects(completeLogin(app.db, noPerson(app.now()), user, cookie, 'totp'), { code: 'login_expired' })
  assert.equal((await thief.get('/account/two-factor/')).location, '/account/login/')
})

test('T180, race: the code is typed while its app is removed: whichever is first, nothing stays open', async () => {
  await using app = await testApp()
  for (const name of ['mona', 'nils', 'oda', 'petra']) {
    const owner = await app.person(name)
    await addKey(owner, 'Blue one')
    const thief = app.browser()
    await login(thief, name)
    await thief.get('/account/two-factor/')
    await owner.stepUp('totp:remove')
    await owner.get('/manage/account/two-factor/')
    const code = { totp_value: owner.code() }
    const [, removed] = await Promise.all([thief.post('/account/two-factor/', code), owner.post('/manage/account/totp-delete')])
    assert.equal(removed.status, 303)
    assert.equal(await opens(thief), false)
  }
})

test('right passwords are limited too, at ten times the figure', async () => {
  await using app = await testApp({ LIMITS: '{"password":"1/900"}' })
  await app.person('mona')
  const browser = app.browser()
  for (let n = 0; n < 10; n++) assert.equal((await login(browser, 'mona')).status, 303)
  assert.equal((await login(browser, 'mona')).status, 429)
})

test('T39: the second step belongs to the browser that gave the password, for ten minutes', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const [browser, other] = [app.browser(), app.browser()]
  assert.equal((await other.get('/account/two-factor/')).location, '/account/login/')
  await login(browser, 'mona')
  assert.equal((await browser.get('/account/two-factor/')).status, 200)
  app.pass(minutes(10))
  const again = await browser.get('/account/two-factor/?next=%2Fmanage%2Fprojects%2F')
  assert.deepEqual([again.status, again.location], [303, '/account/login/?next=%2Fmanage%2Fprojects%2F'])
  const late = await browser.post('/account/two-factor/', { totp_value: mona.code() })
  assert.deepEqual([late.status, late.location], [303, '/account/login/'])
  assert.equal(await opens(browser), false)
})

test('T32: six wrong codes in five minutes, also over new log-ins: the right one is refused', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  for (let n = 0; n < 5; n++) {
    const browser = app.browser()
    await login(browser, 'mona')
    assert.equal((await browser.submit('/account/two-factor/', { totp_value: '000000' })).status, 400)
  }
  const browser = app.browser()
  await login(browser, 'mona')
  assert.equal((await browser.submit('/account/two-factor/', { totp_value: mona.code() })).status, 429)
})

test('sixty codes leave five events of wrong ones and one of the limit, which tells until when; so in each window', async () => {
  await using app = await testApp({ LIMITS: '{"totp":"5/300","totp_ip":"1000/300"}' })
  const mona = await app.person('mona')
  const browser = app.browser()
  await login(browser, 'mona')
  await browser.get('/account/two-factor/')
  await Promise.all(Array.from({ length: 60 }, () => browser.post('/account/two-factor/', { totp_value: '000000' })))
  const [blocked, ...failed] = (await app.events()).toSorted((a, b) => b.tag.localeCompare(a.tag))
  assert.deepEqual([blocked?.tag, blocked?.user_id, blocked?.method], ['proof:blocked', mona.user_id, 'totp'])
  assert.deepEqual(
    failed.map(({ tag, reason }) => [tag, reason]),
    Array(5).fill(['account:login_failed', 'totp']),
  )
  assert.match(
    (await mona.get('/manage/account/')).text,
    /Too many tries with code from your app: no more taken until 2026-11-22 00:05:\d\d UTC/,
  )
  app.pass(minutes(5))
  for (let n = 0; n < 8; n++) await browser.post('/account/two-factor/', { totp_value: '000000' })
  assert.deepEqual([(await app.events()).length, (await app.events()).at(-1)?.tag], [12, 'proof:blocked'])
})

test('T30: one code in parallel log-ins opens one session', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const browsers = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const browser = app.browser()
      await login(browser, 'mona')
      await browser.get('/account/two-factor/')
      return browser
    }),
  )
  const totp_value = mona.code()
  const answers = await Promise.all(browsers.map((browser) => browser.post('/account/two-factor/', { totp_value })))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 400, 400, 400, 400])
})

const foreign = [
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  '/%0d%0aSet-Cookie:x=1',
  '\\\\evil.example',
  'https://index.example.evil.example/',
]

test('T96: afterwards one stays here, whatever `next` says', async () => {
  await using app = await testApp()
  await app.person('mona', { totp: false })
  for (const next of foreign) {
    const { location } = await login(app.browser(), 'mona', password, { next })
    assert.equal(new URL(location ?? '', 'https://index.example').origin, 'https://index.example', next)
    assert.doesNotMatch(location ?? '', /[\r\n]/)
  }
})

test('T180: log-out ends the session for every copy of its cookie', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const copy = app.browser()
  for (const [name, value] of mona.cookies) copy.cookies.set(name, value)
  assert.equal(await opens(copy), true)
  const out = await mona.submit('/manage/account/', {}, '/account/logout/')
  assert.deepEqual([out.status, out.location, out.headers.get('clear-site-data')], [303, '/', '"cache"'])
  assert.equal(await opens(copy), false)
  assert.match((await mona.get('/')).text, /You are logged out/)
  assert.doesNotMatch((await mona.get('/')).text, /You are logged out/)
})

test('what a page says of the last act, only the index can write', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const out = await mona.submit('/manage/account/', {}, '/account/logout/')
  const flash = /wk_flash=([^;]+)/.exec(out.headers.getSetCookie().join('\n'))?.[1] ?? ''
  const [text = '', signature = ''] = flash.split('.')
  const shows = async (cookie: string) => {
    const browser = app.browser()
    browser.cookies.set('__Host-wk_flash', cookie)
    return /<div class="flash/.test((await browser.get('/')).text)
  }
  const forged = Buffer.from(JSON.stringify({ tone: 'success', title: 'Call 555' })).toString('base64url')
  for (const cookie of [`${forged}.${signature}`, forged, `${forged}.`, `${text}.${signature.slice(0, -4)}`, `${text}.${'A'.repeat(43)}`])
    assert.equal(await shows(cookie), false, cookie)
  assert.equal(await shows(flash), true)
})

test('T180: whoever logs in again in the same browser leaves no session behind', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const copy = app.browser()
  for (const [name, value] of mona.cookies) copy.cookies.set(name, value)
  assert.equal((await mona.submit('/account/login/', { username: 'mona', password })).status, 303)
  assert.equal(await opens(copy), true)
  assert.equal((await mona.submit('/account/two-factor/', { totp_value: mona.code() })).status, 303)
  assert.deepEqual([await opens(copy), await opens(mona)], [false, true])
  assert.deepEqual((await app.events()).map(({ tag }) => tag).sort(), ['account:logged_out', 'account:login_succeeded'])
})

test('D7: a session ends after an hour unused, and after a day; each person has ten at most', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  for (let n = 0; n < 47; n++) {
    app.pass(minutes(30))
    assert.equal(await opens(mona), true, String(n))
  }
  app.pass(minutes(45))
  assert.equal(await opens(mona), false)
  const nils = await app.person('nils')
  app.pass(minutes(61))
  assert.equal(await opens(nils), false)
  const olga = await app.person('olga', { totp: false })
  for (let n = 0; n < 10; n++) await login(app.browser(), 'olga')
  assert.equal(await opens(olga), false)
})

test('D7: administrators: a quarter of an hour unused, half a day at all', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  await app.db.updateTable('users').set({ admin_since: 1 }).execute()
  app.pass(minutes(14))
  assert.equal(await opens(mona), true)
  app.pass(minutes(16))
  assert.equal(await opens(mona), false)
  const again = await app.person('again')
  await app.db.updateTable('users').set({ admin_since: 1 }).execute()
  await app.db
    .updateTable('sessions')
    .set({ created_at: app.now() - hours(12) })
    .where('user_id', '=', again.user_id)
    .execute()
  assert.equal(await opens(again), false)
})

test('T182: two cookies of one name are none', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const cookie = `__Host-wk_s=${mona.cookies.get('__Host-wk_s')}`
  const get = (cookies: string) => app.request('/manage/account/', { headers: { cookie: cookies } })
  assert.equal((await get(cookie)).status, 200)
  assert.equal((await get(`${cookie}; __Host-wk_s=other`)).status, 303)
  assert.equal((await get(cookie.replace('__Host-', ''))).status, 303)
})

test('T179: a session that the password opened while a factor was being added opens nothing', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', { totp: true, method: 'password' })
  for (const path of ['/manage/account/', '/manage/account/two-factor/', '/manage/unverified-account/', '/account/reauthenticate/'])
    assert.match((await mona.get(path)).location ?? '', /^\/account\/login\//, path)
})

async function afterPassword(app: TestApp) {
  const mona = await app.person('mona')
  const browser = app.browser()
  await login(browser, 'mona')
  return { mona, browser }
}

test('T179: after the password alone no page of an account answers', async () => {
  await using app = await testApp()
  const { browser } = await afterPassword(app)
  const pages = app.routes.routes.filter(({ method, path }) => method === 'GET' && path.startsWith('/manage/') && !path.includes(':'))
  assert.ok(pages.length > 6)
  for (const { path } of pages) assert.match((await browser.get(path)).location ?? '', /^\/account\/login\/\?next=/, path)
})
