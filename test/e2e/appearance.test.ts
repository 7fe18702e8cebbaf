import assert from 'node:assert/strict'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { buildSdist, buildWheel } from '../../src/testing/wheel.ts'
import { authenticator } from './authenticator.ts'
import { button, click, link, logIn, newWindow, openBrowser, passwordStep, pathOf, plugIn, send, textOf, windowOf } from './browser.ts'
import { press, tabTo, type, walk } from './keyboard.ts'
import { look } from './look.ts'
import { newPublisher, password, register, verify } from './publisher.ts'
import { linkIn, mailTo, newPlace, openThings, type Place, type Server, serve } from './server.ts'
import { upload } from './uploads.ts'

let place: Place
let server: Server
let browser: Browser
let pictures: string

const { closing, closeAll } = openThings()
before(async () => {
  place = await newPlace()
  closing(place.remove)
  server = await serve(place)
  closing(() => server.stop())
  browser = await openBrowser()
  closing(() => browser.close())
  pictures = await mkdtemp(join(tmpdir(), 'wheelkeep-pages-'))
})
after(closeAll)

/** Looks at pages one after the other; at the end of the test there must have been nothing wrong with any of them. */
function looker(t: TestContext, page: Page) {
  const faults: string[] = []
  t.diagnostic(`pictures in ${pictures}`)
  return {
    /** Looks at a page, or without `path` at the one that stands there, such as the answer to a form. */
    see: async (name: string, path?: string): Promise<void> =>
      void faults.push(...(await look(page, path && place.site + path, name, pictures))),
    end: async (): Promise<void> => {
      await page.context().close()
      assert.deepEqual(faults, [])
    },
  }
}

/** The browser itself would stop some of what the index is to refuse. */
const sendAnything = (page: Page): Promise<void> =>
  page
    .locator('main form')
    .first()
    .evaluate((form) => form.setAttribute('novalidate', ''))

test('what strangers see is in order: front page, help, registration, log-in', async (t) => {
  const page = await newWindow(browser, place.site)
  const { see, end } = looker(t, page)
  await see('front-empty', '/')
  await see('help', '/help/')
  await see('missing', '/project/nothing/')
  await see('register', '/account/register/')
  await sendAnything(page)
  await send(page, { username: '-', email: 'x', new_password: 'password', password_confirm: 'passwort' }, 'Register')
  await see('register-problems')
  await send(page, { username: 'sara', email: 'sara@example.org', new_password: password, password_confirm: password }, 'Register')
  await see('registered')
  const verification = linkIn(await mailTo(place, 'sara@example.org', /Verify your address/)).slice(place.site.length)
  await see('verify', verification)
  await click(page, button(page, 'Verify the address'))
  await see('verified')
  await see('verify-dead', verification)
  await see('login', '/account/login/')
  await see('login-gate', '/manage/projects/')
  await passwordStep(page, 'sara', 'not her password at all')
  await see('login-refused')
  await end()
})

test('what somebody sees who sets up an account is in order: gate, codes, app, first token', async (t) => {
  const visitor = await register(place, 'ina')
  const page = await windowOf(browser, place.site, visitor)
  const { see, end } = looker(t, page)
  await see('unverified', '/manage/projects/')
  await sendAnything(page)
  await send(page, { email: 'not an address' }, 'Send the mail')
  await see('unverified-problem')
  await see('account-empty', '/manage/account/')
  await verify(place, visitor, 'ina')
  await see('factors-gate', '/manage/projects/')
  await click(page, link(page, 'Make recovery codes'))
  await see('codes-make')
  await click(page, button(page, 'Make recovery codes'))
  await see('codes')
  const [code = ''] = await page.locator('#recovery-codes li').allInnerTexts()
  await send(page, { recovery_code_value: '0000-0000' }, /^Confirm/)
  await see('codes-wrong')
  await send(page, { recovery_code_value: code }, /^Confirm/)
  await see('factors-choose')
  await click(page, link(page, /^Authenticator app/))
  await see('confirm-password')
  await send(page, { password: 'not her password at all' }, 'Confirm')
  await see('confirm-password-wrong')
  await send(page, { password }, 'Confirm')
  await see('totp')
  await send(page, { totp_value: '000000' }, 'Set up the app')
  await see('totp-wrong')
  const app = authenticator((await page.locator('#totp-secret').textContent()) ?? '')
  await send(page, { totp_value: await app.code() }, 'Set up the app')
  await see('projects-empty')
  await click(page, link(page, 'Make a token'))
  await see('tokens-empty')
  await page.locator('main [name=csrf_token]').evaluate((field) => field.setAttribute('value', 'of another session'))
  await send(page, { description: 'too late' }, 'Make the token')
  await see('form-too-old')
  await end()
})

test('what a publisher sees is in order: tokens, projects, releases, from none to some', async (t) => {
  const { visitor, token } = await newPublisher(place, 'petra')
  const page = await windowOf(browser, place.site, visitor)
  const { see, end } = looker(t, page)
  for (const file of [...released('1.0'), ...released('1.1')]) assert.equal(await upload(place.site, token, file), 200)
  await see('projects', '/manage/projects/')
  await see('project-releases', '/manage/project/wheelbarrow/releases/')
  await see('project', '/project/wheelbarrow/')
  await see('release', '/project/wheelbarrow/1.0/')
  await see('front', '/')
  await see('tokens', '/manage/account/token/')
  await send(page, { description: 'for the tests' }, 'Make the token')
  await see('token-problem')
  await send(page, { description: 'build server' }, 'Make the token')
  await see('token-made')
  await click(page, link(page, 'I have copied it'))
  await click(page, button(page, 'Revoke build server'))
  await see('token-revoked')
  await see('account', '/manage/account/')
  await send(page, { password: 'wrong', new_password: 'short', password_confirm: 'shorter' }, 'Change the password')
  await see('account-problem')
  await end()
})

/** A release with all that a page may show. */
const released = (version: string) => {
  const metadata = {
    Summary: 'A wheel and a tray: carries what one person can’t',
    'Requires-Python': '>=3.9',
    'License-Expression': 'MIT OR Apache-2.0',
    Keywords: 'wheels,barrows',
    Author: 'Petra',
    'Project-URL': ['Source, https://code.example/wheelbarrow', 'Changes, https://code.example/wheelbarrow/changes'],
    Classifier: ['Programming Language :: Python :: 3', 'Topic :: Utilities'],
    'Requires-Dist': ['tyre>=3', 'spoke; extra == "round"'],
    'Provides-Extra': 'round',
    'Description-Content-Type': 'text/markdown',
  }
  const description =
    '# wheelbarrow\n\nCarries *one* load.\n\n```python\nimport wheelbarrow\n```\n\n| load | weight |\n|---|---:|\n| sand | 90 kg |\n'
  const parts = { name: 'wheelbarrow', version, metadata, description }
  return [buildWheel(parts), buildSdist(parts)]
}

test('what somebody with a security key sees is in order: keys, log-in, step-up, repair', async (t) => {
  const kim = await newPublisher(place, 'kim')
  const page = await newWindow(browser, place.site)
  const { see, end } = looker(t, page)
  await plugIn(page)
  await logIn(page, kim)
  await see('factors', '/manage/account/two-factor/')
  await see('keys-empty', '/manage/account/webauthn-provision')
  await send(page, { label: 'Blue one' }, 'Add a security key')
  await see('confirm-code')
  await send(page, { totp_value: await kim.app.code() }, 'Confirm')
  await see('keys-once-more')
  await click(page, button(page, 'Add a security key'))
  await see('keys')
  await page.getByLabel('Name of Blue one').fill(' ')
  await click(page, button(page, 'Rename Blue one'))
  await see('keys-rename-problem')
  await see('factors-two', '/manage/account/two-factor/')
  await click(page, button(page, 'Remove the authenticator app'))
  await see('confirm-key')
  await click(page, button(page, 'Use a security key'))
  await see('confirmed')
  await page.context().clearCookies()
  await passwordStep(page, 'kim')
  await see('second-step')
  await send(page, { totp_value: '000000' }, 'Log in')
  await see('second-step-wrong')
  await click(page, link(page, 'Use a recovery code'))
  await see('recovery-code')
  await send(page, { recovery_code_value: '0000' }, 'Log in')
  await see('recovery-code-wrong')
  await send(page, { recovery_code_value: kim.codes[1] ?? '' }, 'Log in')
  await see('recovery-code-replacement')
  await see('factors-repair', '/manage/projects/')
  assert.equal(pathOf(page), '/manage/account/two-factor/')
  await end()
})

test('the way from registration to the first token needs no mouse', async () => {
  const page = await newWindow(browser, place.site)
  await page.goto('/account/register/')
  await walk(page)
  await type(page, { username: 'toni', email: 'toni@example.org', new_password: password, password_confirm: password })
  await page.goto(linkIn(await mailTo(place, 'toni@example.org', /Verify your address/)))
  await press(page, button(page, 'Verify the address'))
  await page.goto('/manage/projects/')
  await walk(page)
  await type(page, { username: 'toni', password })
  await walk(page)
  await press(page, link(page, 'Make recovery codes'))
  await press(page, button(page, 'Make recovery codes'))
  const [code = ''] = await page.locator('#recovery-codes li').allInnerTexts()
  await walk(page)
  await type(page, { recovery_code_value: code })
  await press(page, link(page, /^Authenticator app/))
  await type(page, { password })
  await walk(page)
  const app = authenticator((await page.locator('#totp-secret').textContent()) ?? '')
  await type(page, { totp_value: await app.code() })
  await press(page, link(page, 'Make a token'))
  await walk(page)
  await type(page, { description: 'laptop' })
  assert.match(await textOf(page, '#api-token'), /^wku_/)
  await walk(page)
  await tabTo(page, page.locator('.menu summary'))
  await page.keyboard.press('Enter')
  await press(page, page.getByRole('button', { name: 'Log out' }))
  assert.match(await textOf(page, '.flash.success'), /You are logged out/)
  await walk(page)
  await page.context().close()
})

test('what an operator has closed says so on the pages', async (t) => {
  await server.stop()
  server = await serve(place, { READ_ONLY: 'on', REGISTRATION: 'closed' })
  const { see, end } = looker(t, await newWindow(browser, place.site))
  await see('read-only', '/')
  await see('registration-closed', '/account/register/')
  await end()
})
