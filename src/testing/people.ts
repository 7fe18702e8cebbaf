import { randomBytes } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import type { Hono } from 'hono'
import type { App } from '../app.ts'
import { transaction } from '../db/database.ts'
import type { LoginMethod } from '../db/schema.ts'
import { type Act, grantStepUp, openSession, sessionId } from '../features/sessions/sessions.ts'
import type { Env } from '../http/context.ts'
import { parseIp } from '../lib/ip.ts'
import { codeAt, newTotpSecret, stepAt } from '../lib/totp.ts'
import { uuidv7 } from '../lib/uuid.ts'
import { newBrowser } from './browser.ts'

/** How an account stands at first; by default its address is verified and it has an authenticator app. */
export type PersonOptions = Partial<{ verified: boolean; totp: boolean; method: LoginMethod; ip: string }>

export const password = 'mostly harmless tadpole'

/** Cheap on purpose: dozens of accounts a test; log-in replaces it by one with the real cost. */
const cheapHash = hash(password, { memoryCost: 64, timeCost: 1, parallelism: 1 })

/** Writes an account as registration and set-up would have, and logs its browser in. */
export async function newPerson(app: App, web: Hono<Env>, username: string, options: PersonOptions = {}) {
  const { verified = true, totp = true, method = totp ? 'totp' : 'password', ip } = options
  const at = app.clock()
  const user_id = uuidv7(at)
  const email = `${username}@example.org`
  const secret = newTotpSecret()
  const times = { created_at: at, security_epoch: 1 }
  const user = {
    ...times,
    id: user_id,
    username,
    canonical_username: username.toLowerCase(),
    full_name: '',
    password: app.keys.seal('pw', `users|${user_id}|password`, Buffer.from(await cheapHash)),
    password_changed_at: at,
    webauthn_user_id: randomBytes(64).toString('base64url'),
    admin_since: null,
    frozen_at: null,
  }
  const cookie = await transaction(app.db, async (db) => {
    await db.insertInto('users').values(user).execute()
    const address = {
      id: uuidv7(at),
      user_id,
      address: email,
      canonical_address: email,
      primary_since: at,
      verified_at: verified ? at : null,
      created_at: at,
    }
    await db.insertInto('emails').values(address).execute()
    if (totp) {
      const sealed = app.keys.seal('totp', `totps|${user_id}|secret`, secret)
      await db.insertInto('totps').values({ user_id, secret: sealed, last_step: 0, failures: 0, created_at: at }).execute()
      await db
        .insertInto('recovery_codes')
        .values({ id: uuidv7(at), user_id, mac: uuidv7(at), confirmed_at: at, created_at: at })
        .execute()
    }
    return openSession(
      db,
      { user_id, session_id: null, token_id: null, ip: parseIp(ip ?? '') ?? null, user_agent: 'Test/1', at },
      user,
      method,
    )
  })
  const browser = newBrowser(web, ip)
  browser.cookies.set('__Host-wk_s', cookie)
  const session_id = () => sessionId(browser.cookies.get('__Host-wk_s') ?? '')
  return {
    ...browser,
    user_id,
    username,
    email,
    session_id,
    /** The code that the person's app shows now. */
    code: () => codeAt(secret, stepAt(app.clock())),
    /** Does what `/account/reauthenticate/` does at the end. */
    stepUp: (act: Act) => transaction(app.db, (db) => grantStepUp(db, session_id(), act, app.clock())),
  }
}
