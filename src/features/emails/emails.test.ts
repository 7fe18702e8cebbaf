import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours } from '../../lib/time.ts'
import { type TestApp, type TestPerson, testApp } from '../../testing/app.ts'
import type { Answer, TestBrowser } from '../../testing/browser.ts'

const page = '/manage/unverified-account/'

/** Somebody who has just registered and logged in. */
const newcomer = (app: TestApp, name = 'mona'): Promise<TestPerson> => app.person(name, { verified: false, totp: false })

/** Has the mail sent, and hands back the path of its link. */
async function askForLink(app: TestApp, person: TestPerson, email = person.email, from = page): Promise<string> {
  const answer = await person.submit(from, { email })
  assert.deepEqual([answer.status, answer.location], [303, from], answer.text)
  return newestLink(app)
}

async function newestLink(app: TestApp): Promise<string> {
  const text = (await app.mails()).at(-1)?.text ?? ''
  return /^https:\/\/index\.example(\/account\/verify-email\/\?token=\S+)$/m.exec(text)?.[1] ?? assert.fail(text)
}

/** What the button on the page of the link does. */
const follow = (browser: TestBrowser, link: string): Promise<Answer> => browser.submit(link, {})

function refused(answer: Answer, status: number, sentence: RegExp): void {
  assert.equal(answer.status, status, answer.text)
  assert.match(answer.text, /<title>Problem: /)
  assert.match(answer.text, sentence)
}

const isVerified = async ({ db }: TestApp, address: string): Promise<boolean> =>
  (await db.selectFrom('emails').select('verified_at').where('address', '=', address).where('verified_at', 'is not', null).execute())
    .length === 1

const dead = /This link is used up or too old/

test('the link of the mail verifies without a log-in: only by its button, then on to the log-in', async () => {
  await using app = await testApp()
  const mona = await newcomer(app)
  const link = await askForLink(app, mona)
  const browser = app.browser()
  const shown = await browser.get(link)
  assert.match(shown.text, /mona@example\.org<\/strong> belong to you, and to your account <strong class="name">mona</)
  assert.equal(shown.headers.get('referrer-policy'), 'no-referrer')
  assert.equal(await isVerified(app, mona.email), false)
  const done = await browser.post(link)
  assert.deepEqual([done.status, done.location, done.headers.get('referrer-policy')], [303, '/account/login/', 'no-referrer'])
  assert.equal(await isVerified(app, mona.email), true)
  const { actor_id, ...event } = (await app.events()).at(-1) ?? {}
  assert.deepEqual(
    [actor_id, event],
    [null, { tag: 'email:verified', user_id: mona.user_id, project_id: null, token_id: null, address: mona.email }],
  )
})

test('where one wanted to go is kept from the gate through registration and mail to the second factor', async () => {
  await using app = await testApp()
  const browser = app.browser()
  const stopped = await browser.get('/manage/account/token/')
  const way = /New here\? <a href="([^"]*)"/.exec((await browser.get(stopped.location ?? '')).text)?.[1] ?? ''
  const next = /name="next" value="([^"]*)"/.exec((await browser.get(way)).text)?.[1] ?? ''
  assert.equal(next, '/manage/account/token/')
  const password = 'four tall purple spoons'
  const form = { username: 'mona', email: 'mona@example.org', full_name: '', new_password: password, password_confirm: password, next }
  assert.match((await browser.post('/account/register/', form)).text, /unverified-account%2F%3Fnext%3D/)
  const done = await follow(app.browser(), await newestLink(app))
  assert.equal(done.location, '/account/login/?next=%2Fmanage%2Faccount%2Ftoken%2F')
})

test('a link of the mail that doesn’t know where one wanted to go is told by the browser that does', async () => {
  await using app = await testApp()
  const mona = await newcomer(app)
  const link = await askForLink(app, mona)
  await mona.get(`${page}?next=/manage/projects/`)
  assert.equal((await follow(mona, link)).location, '/manage/account/two-factor/?next=%2Fmanage%2Fprojects%2F')
  assert.equal(mona.cookies.has('__Host-wk_next'), false)
  mona.cookies.set('__Host-wk_next', encodeURIComponent('//evil.example/'))
  assert.match((await mona.get(link)).text, /mona@example\.org<\/strong> is verified: there is nothing left to do/)
  const nils = await newcomer(app, 'nils')
  nils.cookies.set('__Host-wk_next', encodeURIComponent('//evil.example/'))
  assert.equal((await follow(nils, await askForLink(app, nils))).location, '/manage/account/two-factor/')
})

test('logged in one goes on to the second factor, and to where one was going', async () => {
  await using app = await testApp()
  const mona = await newcomer(app)
  const asked = await mona.get('/manage/account/../unverified-account/?next=%2Fmanage%2Fprojects%2F%3Fpage%3D2')
  assert.match(asked.text, /class="flash error" role="alert"/)
  assert.match(asked.text, /your account has no verified e-mail address<\/strong>/)
  const link = await askForLink(app, mona, mona.email, `${page}?next=%2Fmanage%2Fprojects%2F%3Fpage%3D2`)
  assert.equal((await follow(mona, link)).location, '/manage/account/two-factor/?next=%2Fmanage%2Fprojects%2F%3Fpage%3D2')
  assert.equal((await mona.get(`${page}?next=%2Fmanage%2Fprojects%2F`)).location, '/manage/projects/')
  assert.equal((await mona.get(page)).location, '/manage/account/')
})

test('a place that isn’t ours is none to go on to (T96)', async () => {
  await using app = await testApp()
  const mona = await newcomer(app)
  const link = await askForLink(app, mona)
  for (const next of ['//evil.example', '/\\evil.example', '/\t/evil.example', 'https:evil.example', 'javascript:alert(1)']) {
    const shown = await mona.get(`${page}?${new URLSearchParams({ next })}`)
    assert.equal(shown.status, 200)
    assert.doesNotMatch(shown.text, /evil|alert|flash error/)
  }
  assert.equal((await follow(mona, `${link}&next=${encodeURIComponent('//evil.example')}`)).location, '/manage/account/two-factor/')
})

test('somebody who has a factor already goes on to the account', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', { verified: false })
  assert.equal((await follow(mona, await askForLink(app, mona))).location, '/manage/account/')
})

test('a link works once, also when six browsers press its button at once (T63, T75)', async () => {
  await using app = await testApp()
  const link = await askForLink(app, await newcomer(app))
  const browsers = [1, 2, 3, 4, 5, 6].map(() => app.browser())
  for (const browser of browsers) assert.equal((await browser.get(link)).status, 200)
  const answers = await Promise.all(browsers.map((browser) => browser.post(link)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 400, 400, 400, 400, 400])
  refused(await app.browser().get(link), 400, dead)
  assert.equal((await app.events()).filter(({ tag }) => tag === 'email:verified').length, 1)
})

test('of two links to one address both work until one did', async () => {
  await using app = await testApp()
  const mona = await newcomer(app)
  const [first, second] = [await askForLink(app, mona), await askForLink(app, mona)]
  assert.equal((await follow(app.browser(), first)).status, 303)
  refused(await app.browser().get(second), 400, dead)
})

test('a link works for 24 hours', async () => {
  await using app = await testApp()
  const link = await askForLink(app, await newcomer(app))
  const browser = app.browser()
  await browser.get(link)
  app.pass(hours(24))
  refused(await browser.post(link), 400, dead)
  refused(await browser.get(link), 400, dead)
})

test('a link ends when its address is replaced, the epoch is raised, or the account frozen (T75)', async (t) => {
  const ends: Record<string, (app: TestApp, person: TestPerson) => Promise<unknown>> = {
    replaced: (app, person) => askForLink(app, person, 'other@example.org'),
    'epoch raised': ({ db }) => db.updateTable('users').set({ security_epoch: 2 }).execute(),
    frozen: ({ db }) => db.updateTable('users').set({ frozen_at: 1 }).execute(),
    'account gone': ({ db }) => db.deleteFrom('users').execute(),
  }
  for (const [name, end] of Object.entries(ends)) {
    await t.test(name, async () => {
      await using app = await testApp()
      const mona = await newcomer(app)
      const link = await askForLink(app, mona)
      const browser = app.browser()
      await browser.get(link)
      await end(app, mona)
      refused(await browser.post(link), 400, dead)
      assert.equal(await isVerified(app, mona.email), false)
    })
  }
})

test('an address is verified for one account only, the first', async () => {
  await using app = await testApp()
  const [mona, nils] = [await newcomer(app), await newcomer(app, 'nils')]
  const first = await askForLink(app, mona)
  const second = await askForLink(app, nils, mona.email)
  assert.equal((await follow(app.browser(), first)).status, 303)
  refused(await follow(app.browser(), second), 409, /Another account has verified this address meanwhile/)
  refused(await app.browser().get(second), 400, dead) // spent all the same
  assert.equal(await isVerified(app, mona.email), true)
})

test('race: one address, four accounts, four links at once: one has it verified', async () => {
  await using app = await testApp()
  const people = await Promise.all(['mona', 'nils', 'oda', 'per'].map((name) => newcomer(app, name)))
  const tries: { browser: TestBrowser; link: string }[] = []
  for (const person of people) tries.push({ browser: app.browser(), link: await askForLink(app, person, 'shared@example.org') })
  for (const { browser, link } of tries) assert.equal((await browser.get(link)).status, 200)
  const answers = await Promise.all(tries.map(({ browser, link }) => browser.post(link)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409, 409, 409])
  assert.equal(await isVerified(app, 'shared@example.org'), true)
  assert.equal((await app.events()).filter(({ tag }) => tag === 'email:verified').length, 1)
})

test('what isn’t a token gets the answer of a used one', async () => {
  await using app = await testApp()
  await askForLink(app, await newcomer(app))
  const stored = await app.db.selectFrom('email_links').select('id').executeTakeFirstOrThrow()
  const queries = [
    '',
    '?token=',
    '?token=x',
    '?token=%FF',
    `?token=${'x'.repeat(50_000)}`,
    '?token[]=x',
    "?token='%20or%201=1",
    `?token=${stored.id}`,
  ]
  for (const query of queries) refused(await app.browser().get(`/account/verify-email/${query}`), 400, dead)
})

test('the button needs the token of its own page (T93)', async () => {
  await using app = await testApp()
  const mona = await newcomer(app)
  const link = await askForLink(app, mona)
  const browser = app.browser()
  await browser.get(link)
  refused(await browser.post(link, { csrf_token: mona.token() }), 403, /another site sent it/)
  const body = new URLSearchParams({ csrf_token: browser.token() })
  refused(await browser.request(link, { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' }, body }), 403, /another site sent it/)
  assert.equal((await browser.post(link)).status, 303)
})

test('an address is replaced while it isn’t verified: event, mail to the new one, none to the old one', async () => {
  await using app = await testApp()
  const mona = await newcomer(app)
  const link = await askForLink(app, mona, ' Mona.New@EXAMPLE.org ')
  const [event] = await app.events()
  assert.deepEqual([event?.tag, event?.old_address, event?.address], ['email:replaced', 'mona@example.org', 'Mona.New@example.org'])
  assert.deepEqual(
    (await app.mails()).map(({ to }) => to),
    ['Mona.New@example.org'],
  )
  assert.match((await mona.get(page)).text, /Mona\.New@example\.org<\/strong>/)
  assert.equal((await follow(app.browser(), link)).status, 303)
  assert.equal(await isVerified(app, 'Mona.New@example.org'), true)
})

test('an address that somebody verified can be asked for; the page is the same, the mail has no link (T3)', async () => {
  await using app = await testApp()
  await app.person('owner')
  const mona = await newcomer(app)
  const answer = await mona.submit(page, { email: 'owner@example.org' })
  assert.deepEqual([answer.status, answer.location], [303, page])
  const [mail] = await app.mails()
  assert.equal(mail?.to, 'owner@example.org')
  assert.doesNotMatch(`${mail?.text} ${mail?.html}`, /https?:\/\//)
})

test('a verified address is neither mailed again nor replaced here', async () => {
  await using app = await testApp()
  const mona = await newcomer(app)
  await mona.get(page)
  await app.db.updateTable('emails').set({ verified_at: 1 }).execute()
  refused(await mona.post(page, { email: mona.email }), 409, /verified already/)
  refused(await mona.post(page, { email: 'other@example.org' }), 409, /Only an address that isn’t verified yet can be replaced/)
  assert.deepEqual([await app.mails(), await app.events()], [[], []])
})

test('a session that a recovery code opened only repairs factors: no other address (T81)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', { verified: false, method: 'recovery_code' })
  refused(await mona.submit(page, { email: 'other@example.org' }), 403, /You logged in with a recovery code/)
  assert.deepEqual([await app.mails(), await app.events()], [[], []])
})

test('what isn’t one address is refused beside its field, and kept there (T66, T69)', async () => {
  await using app = await testApp()
  const mona = await newcomer(app)
  for (const email of [
    '',
    'mona',
    'a@example.org,b@example.org',
    'a@example.org\r\nBcc: b@example.org',
    'mıke@example.org',
    `${'m'.repeat(50_000)}@example.org`,
  ]) {
    const answer = await mona.submit(page, { email })
    refused(answer, 400, /<a href="#email">This isn’t one e-mail address/)
  }
  assert.match((await mona.submit(page, { email: '"><b>' })).text, /value="&quot;&gt;&lt;b&gt;"/)
  assert.deepEqual([await app.mails(), await app.events()], [[], []])
})

test('mails to one recipient are capped, from whatever account they are asked for (T72)', async () => {
  await using app = await testApp({ LIMITS: '{"registration":"2/86400"}' })
  for (const name of ['mona', 'nils']) await askForLink(app, await newcomer(app, name), 'victim@example.org')
  const oda = await newcomer(app, 'oda')
  for (const email of ['Victim@example.org', 'victim+shop@example.org']) refused(await oda.submit(page, { email }), 429, /Too many tries/)
  assert.equal((await app.mails()).length, 2)
  await askForLink(app, oda)
})

test('mails that one account asks for are capped, to whatever recipient (T72)', async () => {
  await using app = await testApp({ LIMITS: '{"login_mail":"2/3600"}' })
  const mona = await newcomer(app)
  for (const email of ['a@example.org', 'b@example.org']) await askForLink(app, mona, email)
  const answer = await mona.submit(page, { email: 'c@example.org' })
  refused(answer, 429, /Too many tries/)
  assert.ok(Number(answer.headers.get('retry-after')) > 3500)
  app.pass(hours(1))
  assert.equal((await app.mails()).length, 2)
})
