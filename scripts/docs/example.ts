import type { Person, Uploader } from '../../src/audit/audit.ts'
import { type Config, readConfig } from '../../src/config.ts'
import type { VerifiedCaveats } from '../../src/lib/macaroon.ts'

export const at = Date.UTC(2026, 10, 22)
export const config = exampleConfig()

const user = {
  id: 'an id',
  username: 'ada',
  canonical_username: 'ada',
  full_name: '',
  password: '',
  password_changed_at: at,
  security_epoch: 1,
  webauthn_user_id: '',
  admin_since: null,
  frozen_at: null,
  created_at: at,
}
const actor = { user, user_id: user.id, ip: null, user_agent: null, at }

/** Somebody at their browser, and their build server, for documents that show what the code makes. */
export const person: Person = { ...actor, session_id: 'an id', token_id: null, method: 'totp', authenticated_at: at }
export const uploader: Uploader = { ...actor, session_id: null, token_id: 'an id', caveats: [] as readonly Buffer[] as VerifiedCaveats }

/** Settings of an index with a name, without those of whoever runs this. */
function exampleConfig(): Config {
  const { config, problems } = readConfig({ SITE_URL: 'https://pkg.example.org', MAIL_URL: 'file:outbox' }, { CONFIG: '/dev/null' })
  if (!config) throw new Error(problems.join(' '))
  return config
}
