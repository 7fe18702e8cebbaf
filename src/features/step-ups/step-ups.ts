import type { App } from '../../app.ts'
import { type Person, record } from '../../audit/audit.ts'
import { transaction } from '../../db/database.ts'
import type { LoginMethod } from '../../db/schema.ts'
import { refuse } from '../../errors.ts'
import { noteIfWrong } from '../limits/limits.ts'
import { provePassword } from '../passwords/passwords.ts'
import { factorsOf } from '../second-factors/second-factors.ts'
import { proveSecurityKey } from '../security-keys/security-keys.ts'
import { type Act, grantStepUp, renewSession, sessionId } from '../sessions/sessions.ts'
import { proveTotp } from '../totp/totp.ts'

/** What somebody sent to prove themself; only the strongest that the account has is looked at. */
export interface Proof {
  readonly password: string
  readonly totp_value: string
  readonly credential: string
}

/**
 * Proves the person anew for `act`, with the strongest class of factor the account has and no weaker one (T38): security key,
 * else code, else password. Hands back the session's new cookie.
 */
export async function reauthenticate(app: App, person: Person, act: Act, proof: Proof): Promise<string> {
  const factors = await factorsOf(app.db, person.user_id)
  const method: LoginMethod = factors.security_keys > 0 ? 'security_key' : factors.totp ? 'totp' : 'password'
  if (method === 'security_key' && !proof.credential) refuse('factor_too_weak')
  await noteIfWrong(prove(app, person, act, method, proof), () => noteFailure(app, person, act))
  return passStepUp(app, person, act, method)
}

function prove(app: App, person: Person, act: Act, method: LoginMethod, proof: Proof): Promise<unknown> {
  const ceremony = { holder_id: person.session_id, purpose: 'step_up' as const, act }
  if (method === 'security_key') return proveSecurityKey(app, person, person.user_id, ceremony, proof.credential)
  return method === 'totp' ? proveTotp(app, person, person.user_id, proof.totp_value) : provePassword(app, person, proof.password)
}

/** The person proved themself anew: the session gets another id, and may do `act` once. Hands back the new cookie. */
const passStepUp = (app: App, person: Person, act: Act, method: LoginMethod): Promise<string> =>
  transaction(app.db, async (db) => {
    const isRaised = person.method === 'totp' && method === 'security_key'
    const cookie = await renewSession(db, person, { authenticated_at: person.at, ...(isRaised && { method }) })
    if (act !== 'sensitive') await grantStepUp(db, sessionId(cookie), act, person.at)
    await record(db, person, 'step_up:passed', { user_id: person.user_id, act, method })
    return cookie
  })

const noteFailure = (app: App, person: Person, act: Act): Promise<void> =>
  transaction(app.db, (db) => record(db, person, 'step_up:failed', { user_id: person.user_id, act }))
