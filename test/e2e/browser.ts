import assert from 'node:assert/strict'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import type { Publisher } from './publisher.ts'
import { password } from './publisher.ts'
import type { Visitor } from './visitor.ts'

/** Chromium with an empty profile and without its chatter with the world (Playwright sees to most of that): it finds nobody but us. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env.WHEELKEEP_TEST_CHROMIUM
  assert.ok(executablePath, 'WHEELKEEP_TEST_CHROMIUM is not set: run scripts/test, or load .test/env')
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost']
  return chromium.launch({ executablePath, args })
}

/** A window of somebody whom the index doesn't know yet. */
export async function newWindow(browser: Browser, site: string, more: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ baseURL: site, ...more })
  return context.newPage()
}

/** A window of the same person as `visitor`, logged in or not. */
export async function windowOf(browser: Browser, site: string, { cookies }: Visitor): Promise<Page> {
  const page = await newWindow(browser, site)
  await page.context().addCookies([...cookies].map(([name, value]) => ({ name, value, url: site })))
  return page
}

/** Does what leads to another page, and waits for that. */
export async function follow(page: Page, act: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForEvent('load'), act()])
}

export const click = (page: Page, target: Locator): Promise<void> => follow(page, () => target.click())

/** A link or button of the page's content, by its words. */
export const link = (page: Page, name: string | RegExp): Locator => page.locator('main').getByRole('link', { name }).first()
export const button = (page: Page, name: string | RegExp): Locator => page.locator('main').getByRole('button', { name }).first()

/** Fills in fields of the page's content by their names, then presses the button. */
export async function send(page: Page, fields: Record<string, string>, name: string | RegExp): Promise<void> {
  for (const [field, text] of Object.entries(fields)) await page.locator(`main [name=${field}]:not([type=hidden])`).first().fill(text)
  await click(page, button(page, name))
}

export const pathOf = (page: Page): string => new URL(page.url()).pathname
export const textOf = (page: Page, selector: string): Promise<string> => page.locator(selector).first().innerText()

/** Opens the log-in page and passes both steps, with the code of the app. */
export async function logIn(page: Page, { username, app }: Pick<Publisher, 'username' | 'app'>): Promise<void> {
  await passwordStep(page, username)
  await send(page, { totp_value: await app.code() }, 'Log in')
}

/** The first step, on the log-in page, wherever one came from. */
export async function passwordStep(page: Page, username: string, text = password): Promise<void> {
  if (pathOf(page) !== '/account/login/') await page.goto('/account/login/')
  await send(page, { username, password: text }, 'Continue')
}

/** A security key in the USB port: it answers at once, as if touched. */
export async function plugIn(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'usb', automaticPresenceSimulation: true },
  })
}
