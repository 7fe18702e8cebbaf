import assert from 'node:assert/strict'
import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import { newCookie, sessionId } from '../features/sessions/sessions.ts'
import { minutes } from '../lib/time.ts'
import { codeAt, stepAt } from '../lib/totp.ts'
import type { TestApp, TestPerson } from './app.ts'
import type { Answer, TestBrowser } from './browser.ts'
import { site } from './site.ts'
import { softKey } from './soft-key.ts'

export const pages = {
  factors: '/manage/account/two-factor/',
  generate: '/manage/account/recovery-codes/generate',
  regenerate: '/manage/account/recovery-codes/regenerate',
  burn: '/manage/account/recovery-codes/burn',
  app: '/manage/account/totp-provision',
  removeApp: '/manage/account/totp-delete',
  keys: '/manage/account/webauthn-provision',
} as const

/** The recovery codes that a page shows. */
export const codesOn = ({ text }: Answer): string[] => [...text.matchAll(/<li>([0-9A-Z-]{30})<\/li>/g)].map(([, code]) => code ?? '')

/** Makes recovery codes and types the first one back, as the pages ask. */
export async function saveCodes(person: TestPerson): Promise<string[]> {
  const codes = codesOn(await person.submit(pages.generate, {}))
  assert.equal((await person.post(pages.burn, { recovery_code_value: codes[0] ?? '' })).status, 303)
  return codes
}

/** Makes new recovery codes in place of the old ones and confirms them. */
export async function renewCodes(person: TestPerson): Promise<string[]> {
  await person.stepUp('recovery_codes:regenerate')
  const codes = codesOn(await person.submit(pages.generate, {}, pages.regenerate))
  assert.equal((await person.post(pages.burn, { recovery_code_value: codes[0] ?? '' })).status, 303)
  return codes
}

/** The secret on the page that sets up an app. */
export function secretOn({ status, text }: Answer): Buffer {
  assert.equal(status, 200, text)
  const base32 = /id="totp-secret">(.*?)<\/p>/.exec(text)?.[1]?.replace(/<\/?span>/g, '') ?? ''
  assert.match(base32, /^[A-Z2-7]{32}$/)
  const bits = Array.from(base32, (letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [])
}

/** The code that an app with this secret shows, `later` steps from now. */
export const codeOf = ({ now }: TestApp, secret: Buffer, later = 0): string => codeAt(secret, stepAt(now()) + later)

/** Sets up an authenticator app; recovery codes are saved. Hands back its secret. */
export async function addApp(app: TestApp, person: TestPerson): Promise<Buffer> {
  await person.stepUp('totp:add')
  const secret = secretOn(await person.get(pages.app))
  assert.equal((await person.post(pages.app, { totp_value: codeOf(app, secret) })).status, 303)
  return secret
}

/** Everything on the way to a key but the last click. */
export async function almostKey(person: TestPerson): Promise<PublicKeyCredentialCreationOptionsJSON> {
  await person.stepUp('security_key:add')
  await person.get(pages.keys)
  const { status, text } = await person.options(`${pages.keys}/options`)
  assert.equal(status, 200, text)
  return JSON.parse(text)
}

/** Adds a security key; recovery codes are saved. */
export async function addKey(person: TestPerson, label: string, key = softKey(site)) {
  const credential = JSON.stringify(key.register(await almostKey(person)))
  const { status, text } = await person.post(pages.keys, { label, credential })
  assert.equal(status, 303, text)
  return key
}

/** A browser after the right password, before the second step. */
export async function attemptOf(app: TestApp, { user_id }: TestPerson, ip?: string): Promise<TestBrowser> {
  const browser = app.browser(ip)
  const cookie = newCookie()
  const id = sessionId(cookie)
  const row = { id, user_id, security_epoch: 1, chain: id, expires_at: app.now() + minutes(10) }
  await app.db.insertInto('login_attempts').values(row).execute()
  browser.cookies.set('__Host-wk_login', cookie)
  assert.equal((await browser.get('/account/two-factor/')).status, 200)
  return browser
}

/** Options for an answer of a known key, from the page that was loaded last. */
export async function keyOptions(browser: Pick<TestBrowser, 'options'>, path: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { status, text } = await browser.options(path)
  assert.equal(status, 200, text)
  return JSON.parse(text)
}

/** Whether the browser has a session now. */
export const isLoggedIn = async (browser: Pick<TestBrowser, 'get'>): Promise<boolean> => (await browser.get(pages.factors)).status === 200

/** Whether the answer is this refusal on a page that says so. */
export function refused({ status, text }: Answer, expected: number, sentence: RegExp): void {
  assert.equal(status, expected, text)
  assert.match(text, /<title>Problem: /)
  assert.match(text, sentence)
}
