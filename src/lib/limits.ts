import type { Instant } from './time.ts'

/** At most `count` within `seconds`; several such rules may hold at once. */
export type Limit = readonly { readonly count: number; readonly seconds: number }[]

/** Hits that are counted in one process only: for acts so many that a row for each would cost more than the act. */
export type Counters = Map<string, { hits: number; ends_at: Instant }>

/** What is limited (D13). Each name is per account or recipient, the same name with `_ip` per address; `password_all` is the whole index. */
export const defaultLimits = {
  password: '10/900',
  password_ip: '20/300',
  password_all: '1000/300',
  totp: '5/300 20/3600 50/86400',
  totp_ip: '10/300',
  webauthn: '10/300',
  webauthn_ip: '30/300',
  recovery_code: '5/3600 10/86400',
  recovery_code_ip: '10/3600',
  reset_mail: '3/3600 5/86400',
  reset_mail_ip: '20/3600',
  login_mail: '10/3600',
  login_mail_ip: '20/3600',
  registration: '10/86400',
  registration_ip: '30/3600',
  invite: '20/86400',
  invite_ip: '30/3600',
  token: '10/3600',
  token_ip: '30/3600',
  publisher: '10/3600',
  publisher_ip: '30/3600',
  oidc_mint: '60/60',
  oidc_mint_ip: '120/60',
  upload: '600/60',
  upload_ip: '2000/60',
  new_project: '50/86400',
  new_project_ip: '200/3600',
} as const

export type LimitName = keyof typeof defaultLimits
export type Limits = Readonly<Record<LimitName, Limit>>

/** Reads `count/seconds`, or several of them with a space between. */
export function parseLimit(text: string): Limit | undefined {
  const rules = text.trim().split(/ +/).map(parseRule)
  return rules.every((rule) => rule !== undefined) ? rules : undefined
}

function parseRule(text: string): Limit[number] | undefined {
  const [, count, seconds] = /^([1-9][0-9]{0,8})\/([1-9][0-9]{0,8})$/.exec(text) ?? []
  return count && seconds ? { count: Number(count), seconds: Number(seconds) } : undefined
}
