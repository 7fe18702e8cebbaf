import type { Selectable } from 'kysely'
import type { Instant } from '../lib/time.ts'

/** Every table, as `migrations/` makes it. Sealed texts are those of `keys/keys.ts`, for the row and column they stand in. */
export interface Schema {
  users: {
    id: string
    username: string
    canonical_username: string
    full_name: string
    /** Sealed argon2id hash. */
    password: string
    password_changed_at: Instant
    /** Raising it ends every session, token and link of the account. */
    security_epoch: number
    webauthn_user_id: string
    admin_since: Instant | null
    frozen_at: Instant | null
    created_at: Instant
  }
  emails: {
    id: string
    user_id: string
    address: string
    canonical_address: string
    primary_since: Instant | null
    verified_at: Instant | null
    created_at: Instant
  }
  /** A view: how each account stands towards the gate. Its primary address; what it has for a second step. */
  standings: {
    user_id: string
    address: string
    verified_at: Instant | null
    security_keys: number
    working_totps: number
    /** Switched off after a hundred wrong codes (T33). */
    disabled_totps: number
    /** Confirmed and unused. */
    recovery_codes: number
  }
  /** `id` is the SHA-256 of the token in the mail. */
  email_links: { id: string; email_id: string; security_epoch: number; expires_at: Instant }

  /** The password was right, the second step is missing. `id` is the SHA-256 of the cookie. */
  login_attempts: { id: string; user_id: string; security_epoch: number; chain: string; expires_at: Instant }
  /** `id` is the SHA-256 of the cookie. `authenticated_at`: the last proof, at log-in or step-up. */
  sessions: {
    id: string
    user_id: string
    security_epoch: number
    method: LoginMethod
    ip: string | null
    user_agent: string | null
    authenticated_at: Instant
    last_seen_at: Instant
    created_at: Instant
  }
  step_ups: { session_id: string; act: string; expires_at: Instant }
  /** A form that had to wait for a step-up. `fields` is sealed. */
  kept_forms: { id: string; session_id: string; path: string; fields: string; expires_at: Instant }
  limits: { bucket: string; hits: number; ends_at: Instant }

  /** `actor_id` did it, with a session or a token; `user_id` and `project_id` are whom it concerns. */
  events: {
    id: string
    tag: string
    actor_id: string | null
    session_id: string | null
    token_id: string | null
    ip: string | null
    user_agent: string | null
    user_id: string | null
    project_id: string | null
    details: string
    at: Instant
  }
  jobs: {
    id: string
    name: string
    payload: string
    run_at: Instant
    attempts: number
    leased_until: Instant | null
    failed_at: Instant | null
    last_error: string | null
  }

  /** `secret` is sealed. `last_step`: the newest time step that was accepted. */
  totps: {
    user_id: string
    secret: string
    last_step: number
    failures: number
    disabled_at: Instant | null
    last_used_at: Instant | null
    created_at: Instant
  }
  pending_totps: { session_id: string; secret: string; expires_at: Instant }
  security_keys: {
    credential_id: string
    user_id: string
    label: string
    public_key: string
    sign_count: number
    device_type: 'singleDevice' | 'multiDevice'
    transports: string
    last_used_at: Instant | null
    created_at: Instant
  }
  /** `holder_id`: the session or log-in attempt that may answer; `act`: what a step-up is for. */
  webauthn_challenges: { holder_id: string; purpose: ChallengePurpose; act: string | null; challenge: string; expires_at: Instant }
  recovery_codes: {
    id: string
    user_id: string
    mac: string
    confirmed_at: Instant | null
    used_at: Instant | null
    created_at: Instant
  }

  /** One row: the serial of the newest change to the index, without gaps; the host that security keys are bound to. */
  index_state: { id: 1; serial: number; host: string | null }
  projects: {
    id: string
    name: string
    normalized_name: string
    lookalike_key: string
    last_serial: number
    created_at: Instant
  }
  project_roles: { project_id: string; user_id: string; role: Role; created_at: Instant }
  /** `version_key`: equal for equal versions (PEP 440). `…_order`: texts that sort as versions do, one of them without pre-releases. `metadata`: JSON of the first file's. */
  releases: {
    id: string
    project_id: string
    version: string
    version_key: string
    version_order: string
    final_order: string | null
    metadata: string
    description_html: string
    created_at: Instant
  }
  files: {
    id: string
    project_id: string
    release_id: string
    filename: string
    slot: string
    kind: 'bdist_wheel' | 'sdist'
    size: number
    sha256: string
    blake2_256: string
    md5: string
    metadata_sha256: string | null
    metadata_size: number | null
    requires_python: string | null
    yanked_at: Instant | null
    yanked_reason: string | null
    uploaded_by: string | null
    created_at: Instant
  }

  /** `root_key` is sealed. `project_id` is null for a token of every project of its user. */
  api_tokens: {
    id: string
    user_id: string
    project_id: string | null
    description: string
    root_key: string
    security_epoch: number
    expires_at: Instant
    last_used_at: Instant | null
    revoked_at: Instant | null
    created_at: Instant
  }

  migrations: { name: string; sha256: string; applied_at: Instant }
}

/** How a session was last proved. `recovery_code` may only repair the factors; `security_key` can't be phished. */
export type LoginMethod = 'password' | 'totp' | 'security_key' | 'recovery_code'
export type ChallengePurpose = 'register' | 'log_in' | 'step_up'
export type Role = 'owner' | 'maintainer'

export type User = Selectable<Schema['users']>
export type Email = Selectable<Schema['emails']>
export type Project = Selectable<Schema['projects']>
export type Release = Selectable<Schema['releases']>
export type File = Selectable<Schema['files']>
export type ApiToken = Selectable<Schema['api_tokens']>
