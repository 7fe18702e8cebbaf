import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import { noPerson, record } from '../../audit/audit.ts'
import { transaction } from '../../db/database.ts'
import { openKeys } from '../../keys/keys.ts'
import { hours, minutes } from '../../lib/time.ts'
import { type TestApp, type TestPerson, testApp } from '../../testing/app.ts'
import type { Answer, TestBrowser } from '../../testing/browser.ts'
import { attemptOf, codesOn, isLoggedIn, pages, refused, renewCodes } from '../../testing/factors.ts'
import { password } from '../../testing/people.ts'
import { useRecoveryCode } from '../logins/second-step.ts'
import { proveRecoveryCode } from './recovery-codes.ts'

const fresh = { totp: false } as const
const wrong = /none of your unused recovery codes/

const burn = (person: TestPerson, recovery_code_value: string): Promise<Answer> => person.submit(pages.burn, { recovery_code_value })
const enter = (browser: TestBrowser, recovery_code_value: string): Promise<Answer> =>
  browser.post('/account/recovery-code/', { recovery_code_value })
const logIn = async (app: TestApp, person: TestPerson, code: string): Promise<Answer> => enter(await attemptOf(app, person), code)
const tags = async (app: TestApp): Promise<string[]> => (await app.events()).map(({ tag }) => tag)
const subjects = async (app: TestApp): Promise<string[]> => (await app.mails()).map(({ subject }) => subject)
const rows = (app: TestApp) => app.db.selectFrom('recovery_codes').selectAll().execute()

test('eight codes are made and shown this once; one typed back confirms them and stays good (D5)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', fresh)
  const made = await mona.submit(pages.generate, {})
  const codes = codesOn(made)
  assert.equal(made.headers.get('cache-control'), 'no-store')
  assert.match(made.text, /id="recovery-codes"/)
  assert.equal(new Set(codes).size, 8)
  const stored = await rows(app)
  assert.deepEqual([stored.length, stored.some(({ confirmed_at }) => confirmed_at !== null)], [8, false])
  for (const { mac } of stored) assert.match(mac, /^[0-9a-f]{64}$/)
  assert.deepEqual(codesOn(await mona.get(pages.burn)), [])

  const [first = ''] = codes
  const confirmed = await burn(mona, ` ${first.toLowerCase().replaceAll('-', ' ')} `)
  assert.deepEqual([confirmed.status, confirmed.location], [303, pages.factors])
  assert.ok((await rows(app)).every(({ confirmed_at, used_at }) => confirmed_at !== null && used_at === null))
  assert.deepEqual(await tags(app), ['recovery_codes:generated', 'recovery_codes:confirmed'])
  assert.deepEqual(await subjects(app), ['New recovery codes were made for your account'])
})

test('there is one set: a second one is refused, also when four ask at once, and nothing is shown again', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', fresh)
  await mona.get(pages.generate)
  const answers = await Promise.all([1, 2, 3, 4].map(() => mona.post(pages.generate)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409])
  for (const answer of answers.filter(({ status }) => status === 409)) {
    refused(answer, 409, /You have recovery codes already/)
    assert.deepEqual(codesOn(answer), [])
  }
  assert.deepEqual([(await rows(app)).length, await tags(app)], [8, ['recovery_codes:generated']])
})

test('who logged in more than ten minutes ago proves themself first, and keeps where they wanted to go', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', fresh)
  app.pass(minutes(10))
  const asked = await mona.submit(`${pages.generate}?next=/manage/projects/`, { next: '/manage/projects/' }, pages.generate)
  assert.equal(asked.status, 303)
  assert.match(asked.location ?? '', /^\/account\/reauthenticate\/\?act=sensitive/)
  assert.deepEqual(await rows(app), [])
  const way = new URL(asked.location ?? '', 'https://index.example').searchParams
  const proof = { act: 'sensitive', next: way.get('next') ?? '', kept: way.get('kept') ?? '', password }
  const proved = await mona.submit(asked.location ?? '', proof, '/account/reauthenticate/')
  const waiting = await mona.get(proved.location ?? '')
  const made = await mona.post(pages.generate, { kept_form: /name="kept_form" value="([^"]+)"/.exec(waiting.text)?.[1] ?? '' })
  assert.equal(codesOn(made).length, 8)
  assert.match(made.text, /name="next" value="\/manage\/projects\/"/)
})

test('what is none of the codes is refused and never shown back; the codes stay unconfirmed', async () => {
  await using app = await testApp({ LIMITS: '{"recovery_code":"100/60","recovery_code_ip":"100/60"}' })
  const [mona, nils] = [await app.person('mona', fresh), await app.person('nils', fresh)]
  const [code = ''] = codesOn(await mona.submit(pages.generate, {}))
  const [foreign = ''] = codesOn(await nils.submit(pages.generate, {}))
  const swapped = code.slice(0, 3) + code[5] + code[4] + code[3] + code.slice(6)
  const bad = [
    '',
    ' ',
    foreign,
    code.slice(1),
    `${code}0`,
    code.repeat(2),
    '0'.repeat(25),
    'not-a-code',
    '%00',
    'ＡＢＣＤ',
    'x'.repeat(50_000),
  ]
  for (const text of swapped === code ? bad : [...bad, swapped]) {
    const answer = await burn(mona, text)
    refused(answer, 400, wrong)
    assert.doesNotMatch(answer.text, /name="recovery_code_value"[^>]* value=/)
  }
  assert.ok((await rows(app)).every(({ confirmed_at }) => confirmed_at === null))
  assert.equal((await burn(mona, code)).status, 303)
})

test('five wrong codes an hour: then even a right one has to wait', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', fresh)
  const [code = ''] = codesOn(await mona.submit(pages.generate, {}))
  for (let i = 0; i < 5; i++) refused(await burn(mona, 'wrong'), 400, wrong)
  const late = await burn(mona, code)
  refused(late, 429, /Too many tries/)
  assert.ok(Number(late.headers.get('retry-after')) > 3000)
  app.pass(hours(1))
  const again = await mona.submit('/account/login/', { username: 'mona', password })
  assert.equal(again.status, 303)
  assert.equal((await burn(mona, code)).status, 303)
})

test('new codes need a step-up; the old ones end at once, the new ones open nothing until one is typed back', async () => {
  await using app = await testApp({ LIMITS: '{"recovery_code":"100/60","recovery_code_ip":"100/60"}' })
  const mona = await app.person('mona')
  const [old = ''] = await renewCodes(mona)
  const asked = await mona.submit(pages.generate, {}, pages.regenerate)
  assert.match(asked.location ?? '', /^\/account\/reauthenticate\/\?act=recovery_codes%3Aregenerate/)
  await mona.stepUp('recovery_codes:regenerate')
  const codes = codesOn(await mona.submit(pages.generate, {}, pages.regenerate))
  for (const code of [old, codes[0] ?? '']) refused(await logIn(app, mona, code), 400, wrong)
  assert.match((await mona.get(pages.factors)).text, /Not confirmed: they open nothing/)
  assert.equal((await burn(mona, codes[0] ?? '')).status, 303)
  refused(await logIn(app, mona, old), 400, wrong)
  assert.equal((await logIn(app, mona, codes[0] ?? '')).status, 200)
  assert.equal((await mona.submit(pages.generate, {}, pages.regenerate)).status, 303) // the step-up was spent
})

test('each page sends on to the one whose turn it is, and takes `next` along if it is ours (T96)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', fresh)
  const next = '?next=%2Fmanage%2Fprojects%2F'
  const asked = '?next=/manage/projects/'
  assert.equal((await mona.get(pages.burn + asked)).location, pages.generate + next)
  for (const page of [pages.app, pages.keys]) {
    assert.equal((await mona.get(page + asked)).location, pages.generate + next)
    for (const evil of ['//evil.example', '/\\evil.example', 'https://evil.example', '/%09/evil.example'])
      assert.equal((await mona.get(`${page}?next=${evil}`)).location, pages.generate)
  }
  const [code = ''] = codesOn(await mona.submit(pages.generate, {}))
  for (const page of [pages.generate, pages.app, pages.keys]) assert.equal((await mona.get(page + asked)).location, pages.burn + next)
  const done = await mona.submit(pages.burn + asked, { recovery_code_value: code, next: '/manage/projects/' }, pages.burn)
  assert.equal(done.location, pages.factors + next)
  assert.equal((await mona.get(pages.burn + asked)).location, pages.factors + next)
})

test('a code logs in once: another one is shown in its place, the owner hears of it (T78, T81)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const [, code = ''] = await renewCodes(mona)
  const before = (await app.mails()).length
  const browser = await attemptOf(app, mona)
  const entered = await enter(browser, code)
  assert.equal(entered.status, 200, entered.text)
  const [replacement = ''] = codesOn(entered)
  assert.match(entered.text, /action="\/account\/logout\/"/, 'the head of the page knows who is logged in')
  assert.match(entered.text, /You have 8 unused codes with it/)
  assert.deepEqual(
    (await app.events()).filter(({ tag }) => tag === 'recovery_code:used').map(({ user_id, left }) => [user_id, left]),
    [[mona.user_id, 8]],
  )
  const [mail, ...more] = (await app.mails()).slice(before)
  assert.deepEqual([mail?.to, mail?.subject, more], ['mona@example.org', 'A recovery code was used to log in to your account', []])
  assert.doesNotMatch(`${mail?.text}${mail?.html}`, /https?:\/\/[^ ]*(login|reset)/)
  refused(await logIn(app, mona, code), 400, wrong)
  assert.equal((await logIn(app, mona, replacement)).status, 200)
})

test('the session of a recovery code may repair the factors, and nothing else (T81)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const [code = ''] = await renewCodes(mona)
  const browser = await attemptOf(app, mona)
  await enter(browser, code)
  assert.match(
    (await browser.get(`${pages.factors}?next=/manage/projects/`)).text,
    /You can’t go on yet: you logged in with a recovery code/,
  )
  for (const page of [pages.app, pages.keys]) assert.equal((await browser.get(page)).status, 200)
  for (const page of ['/manage/projects/', '/manage/account/token/'])
    assert.equal((await browser.get(page)).location, `${pages.factors}?${new URLSearchParams({ next: page })}`)
  assert.match((await browser.post(pages.regenerate)).location ?? '', /^\/account\/reauthenticate/)
  const change = { password, new_password: 'four tall purple spoons', password_confirm: 'four tall purple spoons' }
  assert.equal((await browser.post('/manage/account/password', change)).status, 403)
})

test('race: one code, tried twenty times at once, opens one session (T78)', async () => {
  await using app = await testApp({ LIMITS: '{"recovery_code":"100/60","recovery_code_ip":"100/60"}' })
  const mona = await app.person('mona')
  const [code = ''] = await renewCodes(mona)
  const browsers: TestBrowser[] = []
  for (let i = 0; i < 20; i++) browsers.push(await attemptOf(app, mona))
  const answers = await Promise.all(browsers.map((browser) => enter(browser, code)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array.from({ length: 19 }, () => 400)])
  assert.equal((await Promise.all(browsers.map(isLoggedIn))).filter(Boolean).length, 1)
  assert.equal((await tags(app)).filter((tag) => tag === 'recovery_code:used').length, 1)
})

test('race: two codes typed in one log-in at once: one opens it and is replaced, the other stays good', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const [, one = '', two = ''] = await renewCodes(mona)
  const before = (await app.mails()).length
  const browser = await attemptOf(app, mona)
  await browser.get('/account/recovery-code/')
  const answers = await Promise.all([enter(browser, one), enter(browser, two)])
  assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  const loser = answers[0]?.status === 200 ? answers[1] : answers[0]
  if (loser?.status === 403) assert.match(loser.text, /That took more than ten minutes\. Log in again/) // else it came when the log-in was done
  assert.deepEqual([(await rows(app)).filter(({ used_at }) => used_at !== null).length, (await rows(app)).length], [1, 9])
  assert.equal((await tags(app)).filter((tag) => tag === 'recovery_code:used').length, 1)
  assert.equal((await app.mails()).length, before + 1)
  assert.equal((await logIn(app, mona, answers[0] === loser ? one : two)).status, 200)
})

test('a log-in that has ended meanwhile uses no code up, and nobody hears of one', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const [code = ''] = await renewCodes(mona)
  const [events, mails] = [await tags(app), await subjects(app)]
  const user = await app.db.selectFrom('users').selectAll().executeTakeFirstOrThrow()
  const gone = useRecoveryCode(app.app, noPerson(app.now()), { user, cookie: 'gone' }, code)
  await assert.rejects(gone, { code: 'login_expired' })
  assert.deepEqual([await tags(app), await subjects(app)], [events, mails])
  assert.equal((await logIn(app, mona, code)).status, 200)
})

test('the sixth guess in an hour is blocked, also with the right code; the owner hears of it, once (T80)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const [code = ''] = await renewCodes(mona)
  const before = (await app.mails()).length
  for (let i = 0; i < 5; i++) refused(await logIn(app, mona, 'wrong'), 400, wrong)
  for (let i = 0; i < 3; i++) refused(await logIn(app, mona, code), 429, /Too many tries/)
  assert.deepEqual((await subjects(app)).slice(before), ['Too many wrong recovery codes were typed for your account'])
  assert.equal((await tags(app)).filter((tag) => tag === 'recovery_code:blocked').length, 1)
  assert.equal((await tags(app)).filter((tag) => tag === 'account:login_failed').length, 5)
  app.pass(hours(1))
  assert.equal((await logIn(app, mona, code)).status, 200)
})

test('mail and page say for how long codes are blocked: an hour, then the rest of the day; each once (T80)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  await renewCodes(mona)
  const before = (await app.mails()).length
  for (let i = 0; i < 7; i++) await logIn(app, mona, 'wrong')
  app.pass(hours(1))
  for (let i = 0; i < 7; i++) await logIn(app, mona, 'wrong')
  app.pass(hours(1))
  for (let i = 0; i < 7; i++) refused(await logIn(app, mona, 'wrong'), 429, /Wait 22 hours/)
  const told = (await app.mails()).slice(before).map(({ text }) => /They can be used again\s+from\s+(.{16})/.exec(text)?.[1])
  assert.deepEqual(told, ['2026-11-22 01:00', '2026-11-23 00:00'])
  await mona.submit('/account/login/', { username: 'mona', password })
  await mona.submit('/account/two-factor/', { totp_value: mona.code() })
  const { text } = await mona.get('/manage/account/')
  assert.match(text, /Too many wrong recovery codes at log-in: no more taken until 2026-11-22 01:00:\d\d UTC/)
  assert.match(text, /Too many wrong recovery codes at log-in: no more taken until 2026-11-23 00:00:\d\d UTC/)
})

test('whoever comes from an address that others used up is refused, and nobody is told that they typed wrong codes', async () => {
  await using app = await testApp({ LIMITS: '{"recovery_code_ip":"2/3600"}' })
  const [mona, nils] = [await app.person('mona', { ip: '198.51.100.7' }), await app.person('nils')]
  const [code = ''] = await renewCodes(mona)
  const before = (await app.mails()).length
  for (let i = 0; i < 2; i++) refused(await logIn(app, nils, 'wrong'), 400, wrong)
  refused(await logIn(app, mona, code), 429, /Too many tries/)
  assert.deepEqual([(await subjects(app)).slice(before), (await tags(app)).includes('recovery_code:blocked')], [[], false])
})

test('an event from before the index kept until when still has words', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  await transaction(app.db, (db) => record(db, noPerson(app.now()), 'recovery_code:blocked', { user_id: mona.user_id }))
  assert.match((await mona.get('/manage/account/')).text, /Too many wrong recovery codes at log-in: no more taken for a while/)
})

test('a code of another account is none', async () => {
  await using app = await testApp()
  const [mona, nils] = [await app.person('mona'), await app.person('nils')]
  const [code = ''] = await renewCodes(nils)
  refused(await logIn(app, mona, code), 400, wrong)
  assert.equal((await logIn(app, nils, code)).status, 200)
})

test('codes made under the master key before this one still open (D10)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const [code = ''] = await renewCodes(mona)
  const file = app.app.config.master_key_file
  await writeFile(`${file}.two`, `${randomBytes(32).toString('hex')}\n${await readFile(file, 'utf8')}`, { mode: 0o600 })
  const rotated = { ...app.app, keys: await openKeys(`${file}.two`) }
  const user = await app.db.selectFrom('users').selectAll().executeTakeFirstOrThrow()
  const actor = { user_id: null, session_id: null, token_id: null, ip: null, user_agent: null, at: app.now() }
  const open = async () => ''
  const { replacement, left } = await proveRecoveryCode(rotated, actor, user, code, open)
  assert.deepEqual([left, (await proveRecoveryCode(rotated, actor, user, replacement, open)).left], [8, 8])
})

test('without the token of the page nothing is made, confirmed or replaced (T93)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', fresh)
  for (const page of [pages.generate, pages.regenerate, pages.burn]) assert.equal((await mona.post(page, { csrf_token: 'x' })).status, 403)
  assert.deepEqual(await rows(app), [])
})
