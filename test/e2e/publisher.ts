import assert from 'node:assert/strict'
import { type Authenticator, authenticator } from './authenticator.ts'
import { linkIn, mailTo, type Place } from './server.ts'
import { newVisitor, type Visitor } from './visitor.ts'

export const password = 'mostly harmless tadpole'

/** Registers and logs in, without a window: the address isn't verified yet. */
export async function register(place: Place, username: string): Promise<Visitor> {
  const visitor = newVisitor(place.site)
  await visitor.open('/account/register/')
  const email = `${username}@example.org`
  await visitor.submit({ username, email, new_password: password, password_confirm: password })
  assert.match(visitor.page.text, /Look into your mailbox/)
  await visitor.open('/account/login/')
  await visitor.submit({ username, password })
  return visitor
}

/** Opens the link of the mail and presses its button. */
export async function verify(place: Place, visitor: Visitor, username: string): Promise<void> {
  await visitor.open(linkIn(await mailTo(place, `${username}@example.org`, /Verify your address/)))
  await visitor.submit({}, '/account/verify-email/')
  assert.match(visitor.page.text, /is verified/)
}

/** Makes recovery codes and shows that they are saved, then sets up an authenticator app. Hands both back. */
export async function addFactor(visitor: Visitor): Promise<{ app: Authenticator; codes: string[] }> {
  await visitor.open('/manage/account/totp-provision')
  await visitor.submit({}, '/manage/account/recovery-codes/generate')
  const codes = visitor.texts('recovery-codes')
  await visitor.submit({ recovery_code_value: codes[0] ?? '' })
  await visitor.open('/manage/account/totp-provision')
  await visitor.submit({ password })
  const app = authenticator(visitor.texts('totp-secret')[0] ?? '')
  await visitor.submit({ totp_value: await app.code() })
  return { app, codes }
}

/** Makes a token for all projects and hands back its text. */
export async function makeToken(visitor: Visitor, description: string): Promise<string> {
  await visitor.open('/manage/account/token/')
  await visitor.submit({ description, token_scope: 'scope:user', expires_in_days: '7' })
  const [token] = visitor.texts('api-token')
  assert.ok(token, visitor.page.text)
  return token
}

/** Somebody who may publish: an account from its registration to its token. */
export async function newPublisher(place: Place, username: string) {
  const visitor = await register(place, username)
  await verify(place, visitor, username)
  const factors = await addFactor(visitor)
  return { ...factors, visitor, username, email: `${username}@example.org`, token: await makeToken(visitor, 'for the tests') }
}

export type Publisher = Awaited<ReturnType<typeof newPublisher>>
