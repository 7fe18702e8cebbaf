import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { buildWheel } from '../../src/testing/wheel.ts'
import { authenticator } from './authenticator.ts'
import { button, click, link, logIn, newWindow, openBrowser, passwordStep, pathOf, plugIn, send, textOf } from './browser.ts'
import { newPublisher, password } from './publisher.ts'
import { linkIn, mailTo, newPlace, openThings, type Place, type Server, serve } from './server.ts'
import { upload } from './uploads.ts'

let place: Place
let server: Server
let browser: Browser

const { closing, closeAll } = openThings()
before(async () => {
  place = await newPlace()
  closing(place.remove)
  server = await serve(place)
  closing(() => server.stop())
  browser = await openBrowser()
  closing(() => browser.close())
})
after(closeAll)

/** A new account, up to the page that the gate shows to whoever lacks a second factor. */
async function registerAndVerify(page: Page, username: string): Promise<void> {
  await page.goto('/')
  await click(page, page.getByRole('navigation').getByRole('link', { name: 'Register' }))
  const account = { username, email: `${username}@example.org`, new_password: password, password_confirm: password }
  await send(page, account, 'Register')
  assert.equal(await textOf(page, 'h1'), 'Look into your mailbox')
  await page.goto(linkIn(await mailTo(place, `${username}@example.org`, /Verify your address/)))
  await click(page, button(page, 'Verify the address'))
  assert.match(await textOf(page, '.flash.success'), /is verified/)
}

/** Recovery codes, one typed back, then an authenticator app. */
async function setUp(page: Page): Promise<ReturnType<typeof authenticator>> {
  await click(page, link(page, 'Make recovery codes'))
  await click(page, button(page, 'Make recovery codes'))
  const codes = await page.locator('#recovery-codes li').allInnerTexts()
  assert.equal(new Set(codes).size, 8)
  await send(page, { recovery_code_value: codes[3]?.toLowerCase() ?? '' }, /^Confirm/)
  assert.equal(pathOf(page), '/manage/account/two-factor/')
  await click(page, link(page, /^Authenticator app/))
  await send(page, { password }, 'Confirm')
  assert.ok(await page.getByRole('img', { name: /QR code/ }).isVisible())
  const app = authenticator((await page.locator('#totp-secret').textContent()) ?? '')
  await send(page, { totp_value: await app.code() }, 'Set up the app')
  return app
}

for (const javaScriptEnabled of [true, false]) {
  test(`a stranger registers, sets up a second factor and publishes, ${javaScriptEnabled ? 'in a usual browser' : 'without JavaScript'}`, async () => {
    const page = await newWindow(browser, place.site, { javaScriptEnabled })
    const username = javaScriptEnabled ? 'stella' : 'nora'
    await registerAndVerify(page, username)
    await page.goto('/manage/projects/')
    assert.match(await textOf(page, '.flash.error'), /Log in to go on/)
    await passwordStep(page, username)
    assert.equal(page.url(), `${place.site}/manage/account/two-factor/?next=%2Fmanage%2Fprojects%2F`)
    assert.match(await textOf(page, '.flash.error'), /your account has no second factor/)
    const app = await setUp(page)
    assert.equal(pathOf(page), '/manage/projects/')
    assert.match(await textOf(page, '.flash.success'), /Your authenticator app is set up/)

    await click(page, link(page, 'Make a token'))
    await send(page, { description: 'laptop' }, 'Make the token')
    const token = await textOf(page, '#api-token')
    assert.match(token, /^wku_[A-Za-z0-9_-]{100,}$/)
    assert.equal(await upload(place.site, token, buildWheel({ name: `barrow-${username}` })), 200)
    await page.goto('/manage/account/token/')
    assert.ok(!(await page.content()).includes(token.slice(0, 40)), 'it is shown once')

    await page.locator('.menu summary').click()
    await click(page, page.getByRole('button', { name: 'Log out' }))
    assert.match(await textOf(page, '.flash.success'), /You are logged out/)
    await page.goto('/manage/projects/')
    await passwordStep(page, username)
    assert.equal(pathOf(page), '/account/two-factor/')
    await send(page, { totp_value: await app.code() }, 'Log in')
    assert.equal(pathOf(page), '/manage/projects/')
    await click(page, link(page, `Public page of barrow-${username}`))
    assert.equal(pathOf(page), `/project/barrow-${username}/`)
    await page.context().close()
  })
}

/** Adds a key on its page, once the person has confirmed that it is them. */
async function addKey(page: Page, label: string, confirm: () => Promise<void>): Promise<void> {
  await page.goto('/manage/account/webauthn-provision')
  await send(page, { label }, 'Add a security key')
  assert.equal(pathOf(page), '/account/reauthenticate/')
  await confirm()
  assert.equal(await page.locator('#add [name=label]').inputValue(), label, 'what was typed is kept')
  await click(page, button(page, 'Add a security key'))
  assert.match(await textOf(page, '.flash.success'), /The security key is added/)
}

test('a security key is added, renamed, used to log in and to confirm, and can’t be removed as the last factor', async () => {
  const mona = await newPublisher(place, 'mona')
  const page = await newWindow(browser, place.site)
  await plugIn(page)
  await logIn(page, mona)
  await addKey(page, 'Blue one', async () => send(page, { totp_value: await mona.app.code() }, 'Confirm'))
  await page.getByLabel('Name of Blue one').fill('Green one')
  await click(page, button(page, 'Rename Blue one'))
  assert.ok(await button(page, 'Remove Green one').isVisible())
  await mailTo(place, mona.email, /The security key “Blue one” was added to your account/)

  await page.context().clearCookies()
  await page.goto('/manage/account/two-factor/')
  await passwordStep(page, 'mona')
  await click(page, button(page, 'Use a security key'))
  assert.equal(pathOf(page), '/manage/account/two-factor/')

  await click(page, button(page, 'Remove the authenticator app'))
  assert.equal(pathOf(page), '/account/reauthenticate/')
  assert.equal(await page.locator('[name=totp_value]').count(), 0, 'no code stands in for a key (T38)')
  await click(page, button(page, 'Use a security key'))
  await click(page, button(page, 'Remove your authenticator app'))
  assert.match(await textOf(page, '.flash.success'), /Your authenticator app is removed/)
  assert.equal(await button(page, /^Remove/).count(), 0)
  assert.match(await textOf(page, '#security-keys'), /last second factor/)
  await page.context().close()
})

test('a recovery code opens the account for repairs only, and a code in its place is shown', async () => {
  const rita = await newPublisher(place, 'rita')
  const page = await newWindow(browser, place.site)
  await page.goto('/manage/projects/')
  await passwordStep(page, 'rita')
  await click(page, link(page, 'Use a recovery code'))
  await send(page, { recovery_code_value: rita.codes[5] ?? '' }, 'Log in')
  const [replacement = ''] = await page.locator('#recovery-codes li').allInnerTexts()
  assert.ok(replacement && !rita.codes.includes(replacement))
  await mailTo(place, rita.email, /A recovery code was used to log in to your account/)
  await page.goto('/manage/projects/')
  assert.equal(page.url(), `${place.site}/manage/account/two-factor/?next=%2Fmanage%2Fprojects%2F`)
  assert.match(await textOf(page, '.flash.error'), /you logged in with a recovery code/)
  await click(page, link(page, /^Authenticator app, set up anew/))
  const app = authenticator((await page.locator('#totp-secret').textContent()) ?? '')
  await send(page, { totp_value: await app.code() }, 'Set up the app')
  assert.equal(pathOf(page), '/manage/projects/')

  const other = await newWindow(browser, place.site)
  await passwordStep(other, 'rita')
  await click(other, link(other, 'Use a recovery code'))
  await send(other, { recovery_code_value: rita.codes[5] ?? '' }, 'Log in')
  assert.match(await textOf(other, '.flash.error'), /none of your unused recovery codes/)
  await send(other, { recovery_code_value: replacement }, 'Log in')
  assert.equal(await other.locator('#recovery-codes li').count(), 1)
  await Promise.all([page.context().close(), other.context().close()])
})

test('a changed password ends every other session, and the old one opens nothing', async () => {
  const paula = await newPublisher(place, 'paula')
  const [here, there] = await Promise.all([newWindow(browser, place.site), newWindow(browser, place.site)])
  await logIn(here, paula)
  await logIn(there, paula)
  await here.goto('/manage/account/')
  const changed = 'four unrelated quiet words'
  await send(here, { password, new_password: changed, password_confirm: changed }, 'Change the password')
  assert.match(await textOf(here, '.flash.success'), /Every other session has ended/)
  await here.goto('/manage/projects/')
  assert.equal(pathOf(here), '/manage/projects/')
  await there.goto('/manage/projects/')
  assert.equal(pathOf(there), '/account/login/')
  await passwordStep(there, 'paula')
  assert.match(await textOf(there, '.flash.error'), /don’t fit together/)
  await passwordStep(there, 'paula', changed)
  assert.equal(pathOf(there), '/account/two-factor/')
  await Promise.all([here.context().close(), there.context().close()])
})
