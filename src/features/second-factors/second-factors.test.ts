import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TestApp, type TestPerson, testApp } from '../../testing/app.ts'
import { addApp, addKey, attemptOf, codeOf, codesOn, pages, renewCodes, saveCodes, secretOn } from '../../testing/factors.ts'
import { password } from '../../testing/people.ts'
import { factorsOf } from './second-factors.ts'

const fresh = { totp: false } as const

/** The page and its words, without tags. */
async function factorsPage(person: Pick<TestPerson, 'get'>, query = ''): Promise<{ html: string; words: string }> {
  const { text } = await person.get(pages.factors + query)
  return { html: text, words: text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ') }
}

/** Where the link or button of these words leads. */
const linkOf = (html: string, words: string): string =>
  new RegExp(`<a [^>]*href="([^"]+)"[^>]*>(?:(?!</a>).)*${words}`).exec(html)?.[1]?.replaceAll('&amp;', '&') ??
  assert.fail(`no link ${words}`)

const hiddenOf = (html: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''

test('the whole way from the gate to the first factor and back to where one wanted to go', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', fresh)
  const stopped = await mona.get('/manage/account/token/')
  const { html, words } = await factorsPage(mona, stopped.location?.replace(pages.factors, ''))
  assert.match(html, /class="flash error" role="alert"/)
  assert.match(words, /can’t go on yet: your account has no second factor .* you go on to API tokens\./)
  assert.match(
    words,
    /Now: Make recovery codes Now To come: Show that you have them To come: Add a second factor To come: Go on to API tokens/,
  )

  const generate = await mona.get(linkOf(html, 'Make recovery codes'))
  const made = await mona.post(pages.generate, { next: hiddenOf(generate.text, 'next') })
  const fields = { next: hiddenOf(made.text, 'next'), recovery_code_value: codesOn(made)[7] ?? '' }
  const confirmed = await mona.post(pages.burn, fields)
  const chosen = await mona.get(confirmed.location ?? '')
  assert.match(chosen.text, /Your recovery codes are saved/)

  const provision = await mona.get(linkOf(chosen.text, 'Authenticator app'))
  const proof = {
    act: 'totp:add',
    next: new URL(provision.location ?? '', 'https://index.example').searchParams.get('next') ?? '',
    password,
  }
  const proved = await mona.submit(provision.location ?? '', proof, '/account/reauthenticate/')
  const page = await mona.get(proved.location ?? '')
  const done = await mona.post(pages.app, { totp_value: codeOf(app, secretOn(page)), next: hiddenOf(page.text, 'next') })
  assert.deepEqual([done.status, done.location], [303, '/manage/account/token/'])
  assert.equal((await mona.get('/manage/account/token/')).status, 200)
})

test('the page says which step is next, and keeps `next` in each of its ways', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', fresh)
  const next = '?next=%2Fmanage%2Fprojects%2F'
  assert.equal(linkOf((await factorsPage(mona, next)).html, 'Make recovery codes'), pages.generate + next)
  const codes = codesOn(await mona.submit(pages.generate, {}))
  assert.equal(linkOf((await factorsPage(mona, next)).html, 'Type one of them'), pages.burn + next)
  await mona.submit(pages.burn, { recovery_code_value: codes[0] ?? '' })
  const { html, words } = await factorsPage(mona, next)
  assert.match((await factorsPage(mona)).words, /Now: Add a second factor Now To come: Publish/)
  assert.deepEqual([linkOf(html, 'Security key'), linkOf(html, 'Authenticator app')], [pages.keys + next, pages.app + next])
  assert.match(words, /8 of 8 unused/)
})

test('who lacks nothing is told nothing: no banner, what the account has, and how to change it', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  await addKey(mona, 'Blue <one>')
  await renewCodes(mona)
  await mona.get(pages.factors)
  const { html, words } = await factorsPage(mona, '?next=/manage/projects/')
  assert.doesNotMatch(html, /class="(flash|banner|timeline)/)
  assert.match(words, /Authenticator app Remove the authenticator app Added (just now|\d+ minutes ago) , not used yet\./)
  assert.match(words, /Blue &lt;one&gt; just now Never Rename Blue &lt;one&gt; Remove Blue &lt;one&gt;/)
  assert.match(words, /Recovery codes Make new ones 8 of 8 unused, made just now/)
  assert.doesNotMatch(html, new RegExp(`href="${pages.app}`)) // one app an account
})

test('the last factor can’t be removed from here', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const { html, words } = await factorsPage(mona)
  assert.doesNotMatch(html, /totp-delete/)
  assert.match(words, /can be replaced, not removed/)
})

test('the session of a recovery code is told what it may do, until it has added a factor (D5)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const [code = ''] = await renewCodes(mona)
  const browser = await attemptOf(app, mona)
  await browser.post('/account/recovery-code/', { recovery_code_value: code })
  const before = await factorsPage(browser)
  assert.match(before.words, /You logged in with a recovery code For 15 minutes you can add a second factor/)
  assert.match(before.words, /Authenticator app, set up anew/)
  const secret = secretOn(await browser.get(pages.app))
  assert.equal((await browser.post(pages.app, { totp_value: codeOf(app, secret) })).status, 303)
  assert.match((await factorsPage(browser)).words, /Your authenticator app is set up/)
  assert.doesNotMatch((await factorsPage(browser)).words, /You logged in with a recovery code/)
  assert.equal((await browser.get('/manage/projects/')).status, 200)
})

test('an account’s factors are counted: an app that was switched off is still asked for (T33)', async () => {
  await using app = await testApp()
  const [mona, nils] = [await app.person('mona', fresh), await app.person('nils')]
  const of = ({ user_id }: TestPerson) => factorsOf(app.db, user_id)
  assert.deepEqual(await of(mona), { totp: false, totp_disabled: false, security_keys: 0, recovery_codes: 0 })
  await saveCodes(mona)
  await addApp(app, mona)
  await addKey(mona, 'Blue')
  assert.deepEqual(await of(mona), { totp: true, totp_disabled: false, security_keys: 1, recovery_codes: 8 })
  await switchOff(app, mona)
  assert.deepEqual(await of(mona), { totp: true, totp_disabled: true, security_keys: 1, recovery_codes: 8 })
  assert.deepEqual(await of(nils), { totp: true, totp_disabled: false, security_keys: 0, recovery_codes: 1 })
})

test('beside an app that was switched off the only key is the last factor; the app may go', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const { id: credential_id } = await addKey(mona, 'Blue')
  await switchOff(app, mona)
  await mona.stepUp(`security_key:remove ${credential_id}`)
  assert.equal((await mona.submit(pages.keys, { credential_id }, `${pages.keys}/delete`)).status, 409)
  await mona.stepUp('totp:remove')
  await mona.submit(pages.factors, {}, pages.removeApp)
  assert.deepEqual(await factorsOf(app.db, mona.user_id), { totp: false, totp_disabled: false, security_keys: 1, recovery_codes: 1 })
})

const switchOff = ({ db, now }: TestApp, { user_id }: TestPerson) =>
  db.updateTable('totps').set({ disabled_at: now() }).where('user_id', '=', user_id).execute()
