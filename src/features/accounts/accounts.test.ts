import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { noPerson } from '../../audit/audit.ts'
import { refuse } from '../../errors.ts'
import type { CanonicalUsername } from '../../lib/username.ts'
import { type TestApp, testApp } from '../../testing/app.ts'
import type { Answer, TestBrowser } from '../../testing/browser.ts'
import { verifyPassword } from '../passwords/passwords.ts'
import { register, userByName } from './accounts.ts'

const page = '/account/register/'
const password = 'four tall purple spoons'
const form = { username: 'mona', email: 'mona@example.org', full_name: 'Mona Lisa', new_password: password, password_confirm: password }

const registerAs = (browser: TestBrowser, fields: Record<string, string> = {}): Promise<Answer> =>
  browser.submit(page, { ...form, ...fields })

function refused(answer: Answer, status: number, sentence: RegExp): void {
  assert.equal(answer.status, status, answer.text)
  assert.match(answer.text, /<title>Problem: /)
  assert.match(answer.text, sentence)
}

async function stored({ db }: TestApp): Promise<Record<string, number>> {
  const count = async (table: 'users' | 'emails' | 'email_links' | 'events' | 'jobs' | 'sessions') =>
    [table, (await db.selectFrom(table).selectAll().execute()).length] as const
  return Object.fromEntries(await Promise.all((['users', 'emails', 'email_links', 'events', 'jobs', 'sessions'] as const).map(count)))
}

const nothing = { users: 0, emails: 0, email_links: 0, events: 0, jobs: 0, sessions: 0 }
const oneAccount = { users: 1, emails: 1, email_links: 1, events: 2, jobs: 1, sessions: 0 }

/** An answer without what differs by chance or by the address that was typed. */
const sameWords = ({ text }: Answer, email: string): string => text.replaceAll(email, 'ADDRESS')

test('an account is made: answer, rows, events and the mail with its link; nobody is logged in', async () => {
  await using app = await testApp()
  const browser = app.browser()
  const answer = await registerAs(browser)
  assert.equal(answer.status, 200)
  assert.match(answer.text, /<h1>Look into your mailbox<\/h1>/)
  assert.deepEqual(await stored(app), oneAccount)
  const user = await app.db.selectFrom('users').selectAll().executeTakeFirstOrThrow()
  assert.deepEqual([user.username, user.full_name, user.security_epoch, user.admin_since], ['mona', 'Mona Lisa', 1, null])
  assert.equal(Buffer.from(user.webauthn_user_id, 'base64url').length, 64)
  assert.match(user.password, /^v1\./)
  const about = { user_id: user.id, project_id: null, actor_id: null, token_id: null }
  const events = (await app.events()).sort((a, b) => a.tag.localeCompare(b.tag)) // both of one instant
  assert.deepEqual(events, [
    { tag: 'account:created', ...about, username: 'mona' },
    { tag: 'email:added', ...about, address: 'mona@example.org' },
  ])
  const [mail] = await app.mails()
  assert.equal(mail?.to, 'mona@example.org')
  assert.match(mail?.text ?? '', /^https:\/\/index\.example\/account\/verify-email\/\?token=[\w-]{43}$/m)
  assert.equal(browser.cookies.has('__Host-wk_s'), false)
})

test('the same page for an address that is free, waits elsewhere, or is verified elsewhere; the owner is told (T3)', async () => {
  await using app = await testApp()
  const owner = await app.person('owner')
  const free = await registerAs(app.browser())
  const waiting = await registerAs(app.browser(), { username: 'nils' })
  const verified = await registerAs(app.browser(), { username: 'oda', email: 'Owner@EXAMPLE.org' })
  assert.deepEqual([free.status, waiting.status, verified.status], [200, 200, 200])
  assert.equal(sameWords(waiting, form.email), sameWords(free, form.email))
  assert.equal(sameWords(verified, 'Owner@EXAMPLE.org'), sameWords(free, form.email))
  const mails = await app.mails()
  assert.deepEqual(
    mails.map(({ to, text }) => [to, /verify-email/.test(text)]),
    [
      ['mona@example.org', true],
      ['mona@example.org', true],
      ['Owner@example.org', false],
    ],
  )
  assert.match(mails[2]?.text ?? '', /The new account oda gave this address, but you have verified it/)
  assert.doesNotMatch(`${mails[2]?.text} ${mails[2]?.html}`, /https?:\/\//)
  assert.equal((await owner.get('/manage/account/')).status, 200)
})

test('both accounts of one address exist, so that a later answer tells nothing (T3)', async () => {
  await using app = await testApp()
  await app.person('owner')
  await registerAs(app.browser(), { email: 'owner@example.org' })
  refused(await registerAs(app.browser()), 409, /Choose another user name: this one is taken/)
})

test('a user name is one, in whatever capitals; look-alikes are refused (T11)', async () => {
  await using app = await testApp()
  assert.equal((await registerAs(app.browser(), { username: 'Admin.One' })).status, 200)
  for (const username of ['admin.one', 'ADMIN.ONE', ' Admin.One ']) refused(await registerAs(app.browser(), { username }), 409, /is taken/)
  for (const username of ['Ａdmin.One', 'admin\u212a', 'аdmin.one', 'admin one', 'admin.one\u200b']) {
    refused(await registerAs(app.browser(), { username }), 400, /A user name has 2 to 50/)
  }
  assert.deepEqual(await stored(app), oneAccount)
})

test('race: six people, one user name, one account (T11)', async () => {
  await using app = await testApp()
  const people = [1, 2, 3, 4, 5, 6].map((n) => ({ browser: app.browser(`192.0.2.${n}`), email: `p${n}@example.org` }))
  for (const { browser } of people) await browser.get(page)
  const names = ['mona', 'MONA', 'Mona', 'mOna', 'moNa', 'monA']
  const answers = await Promise.all(people.map(({ browser, email }, n) => browser.post(page, { ...form, email, username: names[n] ?? '' })))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409, 409, 409])
  assert.deepEqual(await stored(app), oneAccount)
})

test('fields that no form of ours has change nothing (T192)', async () => {
  await using app = await testApp()
  const more = {
    is_admin: '1',
    admin_since: '1',
    verified_at: '1',
    verified: 'true',
    user_id: 'x',
    id: 'x',
    security_epoch: '9',
    role: 'owner',
    created_at: '0',
    two_factor_exempt: '1',
  }
  assert.equal((await registerAs(app.browser(), more)).status, 200)
  const user = await app.db.selectFrom('users').selectAll().executeTakeFirstOrThrow()
  const email = await app.db.selectFrom('emails').selectAll().executeTakeFirstOrThrow()
  assert.deepEqual([user.admin_since, user.security_epoch, user.id === 'x', email.verified_at], [null, 1, false, null])
  assert.ok(user.created_at > 0)
})

const long = 'ü'.repeat(2049)
const badFields: Record<string, [fields: Record<string, string>, sentence: RegExp]> = {
  'user name empty': [{ username: '' }, /A user name has 2 to 50/],
  'user name of one letter': [{ username: 'm' }, /A user name has 2 to 50/],
  'user name of 51': [{ username: 'm'.repeat(51) }, /A user name has 2 to 50/],
  'user name of 50,000': [{ username: 'm'.repeat(50_000) }, /A user name has 2 to 50/],
  'user name that ends in a dash': [{ username: 'mona-' }, /A user name has 2 to 50/],
  'user name on two lines': [{ username: 'mo\r\nna' }, /A user name has 2 to 50/],
  'user name as markup': [{ username: '<b>mona</b>' }, /A user name has 2 to 50/],
  'no address': [{ email: 'mona' }, /This isn’t one e-mail address/],
  'two addresses (T66)': [{ email: 'mona@example.org,eve@example.org' }, /This isn’t one e-mail address/],
  'an address with a second header (T66)': [{ email: 'mona@example.org\r\nBcc: eve@example.org' }, /This isn’t one e-mail address/],
  'an address with a name': [{ email: 'Mona <mona@example.org>' }, /This isn’t one e-mail address/],
  'an address in quotes': [{ email: '"mona lisa"@example.org' }, /This isn’t one e-mail address/],
  'an address of a number': [{ email: 'mona@[127.0.0.1]' }, /This isn’t one e-mail address/],
  'an address with a Turkish i (T69)': [{ email: 'mıke@example.org' }, /This isn’t one e-mail address/],
  'an address with a long s (T69)': [{ email: 'mona@ſite.org' }, /This isn’t one e-mail address/],
  'an address of 50,000': [{ email: `${'m'.repeat(50_000)}@example.org` }, /This isn’t one e-mail address/],
  'full name of 101': [{ full_name: 'x'.repeat(101) }, /A full name has at most 100/],
  'full name with more around it than it has characters (T171)': [{ full_name: `${' '.repeat(2000)}Mona` }, /A full name has at most 100/],
  'full name on two lines': [{ full_name: 'Mona\nLisa' }, /A full name has at most 100/],
  'full name with a site in it': [{ full_name: 'https://evil.example' }, /A full name has at most 100/],
  'full name that turns round': [{ full_name: 'Mona \u202easil' }, /A full name has at most 100/],
  'password of 11': [{ new_password: 'four tall p', password_confirm: 'four tall p' }, /Use at least 12 characters/],
  'password of 4098 bytes (T12)': [{ new_password: long, password_confirm: long }, /Use at most 4096 bytes/],
  'passwords that differ': [{ password_confirm: `${password} ` }, /The two passwords differ/],
  'password made of the user name (T24)': [{ new_password: 'mona2026mona!', password_confirm: 'mona2026mona!' }, /are tried first/],
  'password made of the site’s name (T24)': [
    { new_password: 'pypi.index.example', password_confirm: 'pypi.index.example' },
    /are tried first/,
  ],
  'a common password (T15)': [{ new_password: 'Password1234', password_confirm: 'Password1234' }, /on every list of guesses/],
}
test('each bad field is refused with its sentence, and nothing is stored', async (t) => {
  await using app = await testApp()
  const browser = app.browser()
  for (const [name, [fields, sentence]] of Object.entries(badFields)) {
    await t.test(name, async () => {
      refused(await registerAs(browser, fields), 400, sentence)
      assert.deepEqual(await stored(app), nothing)
    })
  }
  assert.equal((await registerAs(browser)).status, 200) // so it was these faults, and nothing else, that were refused
})

test('all that is wrong is told at once, each beside its field; what was typed stays, passwords don’t', async () => {
  await using app = await testApp()
  const answer = await registerAs(app.browser(), { username: '-', email: 'mona', full_name: 'Mona "L"', password_confirm: 'another one' })
  refused(answer, 400, /<strong>3 things to correct<\/strong>/)
  for (const id of ['username', 'email', 'password_confirm']) assert.match(answer.text, new RegExp(`<a href="#${id}">`))
  assert.match(answer.text, /name="email" type="email" value="mona"/)
  assert.match(answer.text, /value="Mona &quot;L&quot;"/)
  assert.doesNotMatch(answer.text, /four tall|another one/)
  refused(await app.browser().submit(page, {}), 400, /<strong>3 things to correct<\/strong>/)
})

const type = 'application/x-www-form-urlencoded'
const badBodies: Record<string, [status: number, sentence: RegExp, body: string | Buffer<ArrayBuffer>, type: string]> = {
  JSON: [415, /application\/x-www-form-urlencoded/, JSON.stringify(form), 'application/json'],
  multipart: [415, /application\/x-www-form-urlencoded/, '--x\r\n', 'multipart/form-data; boundary=x'],
  'no type': [415, /application\/x-www-form-urlencoded/, 'username=mona', ''],
  'a field twice (T66)': [400, /names a field twice/, 'email=a%40example.org&email=b%40example.org', type],
  NUL: [400, /isn’t UTF-8/, 'username=mo%00na', type],
  'Latin-1': [400, /isn’t UTF-8/, Buffer.from('full_name=M\xf6na', 'latin1'), type],
  'Latin-1 in escapes': [400, /isn’t UTF-8/, 'full_name=M%F6na', type],
  'a lone surrogate in escapes': [400, /isn’t UTF-8/, 'full_name=%ED%A0%80', type],
  'cut in an escape': [400, /isn’t UTF-8/, 'username=mona&full_name=M%C', type],
  'cut before the token': [403, /Load the page again/, 'username=mona&email=mona%40exam', type],
  'too large': [413, /at most 64 KiB/, `username=${'m'.repeat(70_000)}`, type],
  empty: [403, /Load the page again/, '', type],
}
test('a body that is no form of ours is refused, and nothing is stored', async (t) => {
  await using app = await testApp()
  const browser = app.browser()
  await browser.get(page)
  for (const [name, [status, sentence, body, contentType]] of Object.entries(badBodies)) {
    await t.test(name, async () => {
      const init = { method: 'POST', headers: { 'content-type': contentType }, body: new Blob([body]) }
      refused(await browser.request(page, init), status, sentence)
      assert.deepEqual(await stored(app), nothing)
    })
  }
})

test('a form that another site sends, or another browser’s token, is refused (T93)', async () => {
  await using app = await testApp()
  const [browser, other] = [app.browser(), app.browser()]
  await other.get(page)
  refused(await registerAs(browser, { csrf_token: other.token() }), 403, /another site sent it/)
  for (const from of ['cross-site', 'same-site', 'none']) {
    const body = new URLSearchParams({ csrf_token: browser.token(), ...form })
    refused(await browser.request(page, { method: 'POST', headers: { 'sec-fetch-site': from }, body }), 403, /another site sent it/)
  }
  assert.deepEqual(await stored(app), nothing)
})

test('one recipient gets so many mails a day, from wherever they are asked for (T72)', async () => {
  await using app = await testApp({ LIMITS: '{"registration":"2/86400"}' })
  const asked = (n: number) =>
    registerAs(app.browser(`192.0.2.${n}`), { username: `mona${n}`, email: n === 2 ? 'MONA@example.org' : form.email })
  assert.deepEqual([(await asked(1)).status, (await asked(2)).status], [200, 200])
  const third = await asked(3)
  refused(third, 429, /Too many tries/)
  assert.ok(Number(third.headers.get('retry-after')) > 86_000)
  assert.equal((await app.mails()).length, 2)
  assert.equal((await registerAs(app.browser(), { username: 'nils', email: 'nils@example.org' })).status, 200)
})

test('a registration that the index was too busy for costs no try', async () => {
  await using app = await testApp({ LIMITS: '{"registration":"1/86400"}' })
  const { hasher } = app.app
  Object.assign(app.app, { hasher: { ...hasher, hash: async () => refuse('busy') } })
  for (let n = 0; n < 3; n++) refused(await registerAs(app.browser()), 503, /busy just now/)
  Object.assign(app.app, { hasher })
  assert.equal((await registerAs(app.browser())).status, 200)
})

test('one address of the net opens so many accounts an hour; a typing error costs none', async () => {
  await using app = await testApp({ LIMITS: '{"registration_ip":"1/3600"}' })
  const browser = app.browser()
  refused(await registerAs(browser, { email: 'mona' }), 400, /one e-mail address/)
  assert.equal((await registerAs(browser)).status, 200)
  refused(await registerAs(browser, { username: 'nils', email: 'nils@example.org' }), 429, /Too many tries/)
  assert.deepEqual(await stored(app), oneAccount)
})

test('account, events and mail commit together: without the mail there is none of them', async () => {
  await using app = await testApp()
  await sql`alter table jobs rename to jobs_away`.execute(app.db)
  const broken = await registerAs(app.browser())
  await sql`alter table jobs_away rename to jobs`.execute(app.db)
  assert.equal(broken.status, 500)
  assert.equal(app.takeBugs().length, 1)
  assert.deepEqual(await stored(app), nothing)
})

test('REGISTRATION=closed: the page says so, and the form is refused', async () => {
  await using app = await testApp({ REGISTRATION: 'closed' })
  refused(await app.browser().get(page), 403, /takes no new accounts just now/)
  await assert.rejects(register(app.app, noPerson(app.now()), { ...form, next: '' }), { code: 'registration_closed' })
  assert.deepEqual(await stored(app), nothing)
})

test('a password is kept exactly: 4096 bytes, beyond byte 72, space at its end (T12)', async () => {
  await using app = await testApp()
  const first = `${'four tall purple spoons '.repeat(200)}`.slice(0, 4095).padEnd(4096, ' ')
  assert.equal((await registerAs(app.browser(), { new_password: first, password_confirm: first })).status, 200)
  const user = await userByName(app.db, 'mona' as CanonicalUsername)
  assert.equal(await verifyPassword(app.app, user, first), true)
  for (const other of [first.trimEnd(), `${first.slice(0, 4095)}x`, first.slice(0, 72), `${first} `, first.toUpperCase()]) {
    assert.equal(await verifyPassword(app.app, user, other), false)
  }
})
