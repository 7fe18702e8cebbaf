import type { LoginMethod, Role } from '../db/schema.ts'

/** Whose account, which project an event concerns: both are columns, so that each can show its own history. */
type OfUser<Details = object> = { user_id: string } & Details
type OfProject<Details = object> = { project_id: string } & Details

/** Every security event that the index records, with what it carries (D19). Tags are `subject:action`. */
export interface Events {
  'account:created': OfUser<{ username: string }>
  /** Its address was never verified, so it went after 30 days. */
  'account:expired': OfUser<{ username: string }>
  'account:login_succeeded': OfUser<{ method: LoginMethod }>
  /** `reason` is for the log: the person is told one sentence for all. Without `user_id`: nobody has that name. */
  'account:login_failed': Partial<OfUser> & { reason: LoginMethod }
  'account:logged_out': OfUser
  /** So many proofs were wrong, at log-in or step-up, that none of this kind is taken `until` then. Noted once in that time. */
  'proof:blocked': Partial<OfUser> & { method: LoginMethod; until: number }
  'step_up:passed': OfUser<{ act: string; method: LoginMethod }>
  'step_up:failed': OfUser<{ act: string }>
  'email:added': OfUser<{ address: string }>
  'email:verified': OfUser<{ address: string }>
  'email:replaced': OfUser<{ old_address: string; address: string }>
  'password:changed': OfUser
  'totp:added': OfUser
  'totp:removed': OfUser
  'totp:disabled': OfUser
  'security_key:added': OfUser<{ credential_id: string; label: string }>
  'security_key:removed': OfUser<{ credential_id: string; label: string }>
  'security_key:renamed': OfUser<{ credential_id: string; old_label: string; label: string }>
  'security_key:counter_regressed': OfUser<{ credential_id: string; label: string }>
  /** It answered rightly, but says of itself that it may be copied, or that it can't, other than at first (T48). */
  'security_key:eligibility_changed': OfUser<{ credential_id: string; label: string }>
  'recovery_codes:generated': OfUser
  'recovery_codes:confirmed': OfUser
  'recovery_code:used': OfUser<{ left: number }>
  /** The same for recovery codes. Older ones don't say until when. */
  'recovery_code:blocked': OfUser<{ until?: number }>
  'api_token:created': OfUser<{ token_id: string; description: string; expires_at: number; project?: string }>
  'api_token:revoked': OfUser<{ token_id: string; description: string }>
  'project:created': OfProject<{ name: string }>
  'role:added': OfProject & OfUser<{ role: Role }>
  'release:created': OfProject<{ version: string }>
  'file:uploaded': OfProject<{ filename: string; sha256: string; size: number }>
  'admin:granted': OfUser
  'admin:revoked': OfUser
}
