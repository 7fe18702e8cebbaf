import type { App } from '../../app.ts'
import type { Actor } from '../../audit/audit.ts'
import type { User } from '../../db/schema.ts'
import { AppError } from '../../errors.ts'
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
  await orNote(proved, () => noteFailure(app, actor, user, method))
  return completeLogin(app, actor, user, cookie, method)
}

/** The second step by recovery code: opens a session that may only repair the factors, and makes the code that replaces it (D5). */
export async function useRecoveryCode(app: App, actor: Actor, { user, cookie }: Attempt, text: string) {
  const proved = await orNote(proveRecoveryCode(app, actor, user, text), () => noteFailure(app, actor, user, 'recovery_code'))
  return { ...proved, cookie: await completeLogin(app, actor, user, cookie, 'recovery_code') }
}

/** A refused proof is noted before the refusal goes on. */
async function orNote<Done>(proved: Promise<Done>, note: () => Promise<void>): Promise<Done> {
  try {
    return await proved
  } catch (error) {
    if (error instanceof AppError) await note()
    throw error
  }
}
