/**
 * Critical acts, each with its target: a step-up pays for exactly one of them, once, within five minutes (D7). `sensitive`
 * stands for all those for which a proof of the last ten minutes will do.
 */
export type Act =
  | 'sensitive'
  | 'totp:add'
  | 'totp:remove'
  | 'security_key:add'
  | `security_key:remove ${string}`
  | 'recovery_codes:regenerate'

const phrases: Record<string, string> = {
  sensitive: 'go on',
  'totp:add': 'set up an authenticator app',
  'totp:remove': 'remove your authenticator app',
  'security_key:add': 'add a security key',
  'security_key:remove': 'remove a security key',
  'recovery_codes:regenerate': 'make new recovery codes',
}

/** What the act is called on the page that asks for the step-up, or nothing if there is no such act. */
export const phraseOf = (act: string): string | undefined => phrases[act.split(' ')[0] ?? '']

export const isAct = (act: string): act is Act => phraseOf(act) !== undefined && act.length <= 1400
