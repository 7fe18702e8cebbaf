import type { App } from '../../app.ts'
import type { Actor } from '../../audit/audit.ts'
import type { User } from '../../db/schema.ts'
import { noteIfWrong } from '../limits/limits.ts'
import { proveRecoveryCode } from '../recovery-codes/recovery-codes.ts'
import { proveSecurityKey } from '../security-keys/security-keys.ts'
import { sessionId } from '../sessions/sessions.ts'
import { proveTotp } from '../totp/totp.ts'
import { completeLogin, noteFailure } from './logins.ts'

interface Attempt {
  readonly user: User
  readonly cookie: string
}

/**
 * The second step by code or security key. Hands back the session's cookie. Refuses what the factor refuses (`totp_wrong`,
 * `security_key_rejected`, `challenge_expired`, `too_many` …) and `login_expired`.
 */
export async function passSecondStep(
  app: App,
  actor: Actor,
  attempt: Attempt,
  proof: { totp_value: string; credential: string },
): Promise<string> {
  const { user, cookie } = attempt
  const method = proof.credential ? 'security_key' : 'totp'
  const proved: Promise<unknown> = proof.credential
    ? proveSecurityKey(app, actor, user.id, { holder_id: sessionId(cookie), purpose: 'log_in', act: null }, proof.credential)
    : proveTotp(app, actor, user.id, proof.totp_value)
  await noteIfWrong(proved, () => noteFailure(app, actor, user, method))
  return completeLogin(app.db, actor, user, cookie, method)
}

/**
 * The second step by recovery code: opens a session that may only repair the factors, and makes the code that replaces it (D5).
 * Refuses what `proveRecoveryCode` refuses, and `login_expired`; then the code isn't used up.
 */
export const useRecoveryCode = (app: App, actor: Actor, { user, cookie }: Attempt, text: string) =>
  noteIfWrong(
    proveRecoveryCode(app, actor, user, text, (db) => completeLogin(db, actor, user, cookie, 'recovery_code')),
    () => noteFailure(app, actor, user, 'recovery_code'),
  )
