import type { Events } from '../../audit/events.ts'
import type { LoginMethod } from '../../db/schema.ts'
import { exactUtc } from '../../lib/time.ts'
import { phraseOf } from '../sessions/sessions.ts'
import type { Event } from './queries.ts'

/** What happened, in words for the owner of the account. `details` were written by `record` under the same tag. */
export function eventWords({ tag, details, project }: Event): string {
  return isTag(tag) ? wordsOf(tag, JSON.parse(details), project ?? 'a project that is gone') : tag
}

const wordsOf = <Tag extends keyof Events>(tag: Tag, details: Events[Tag], project: string): string => words[tag](details, project)

const isTag = (tag: string): tag is keyof Events => Object.hasOwn(words, tag)

const proofs: Record<LoginMethod, string> = {
  password: 'password',
  totp: 'code from your app',
  security_key: 'security key',
  recovery_code: 'recovery code',
}

/** The current password stands in its own form, not on the page of step-ups. */
const purpose = (act: string): string => (act === 'password:change' ? 'change the password' : (phraseOf(act) ?? act))

const words: { readonly [Tag in keyof Events]: (details: Events[Tag], project: string) => string } = {
  'account:created': ({ username }) => `Account ${username} made`,
  'account:expired': ({ username }) => `Account ${username} ended, its address never verified`,
  'account:login_succeeded': ({ method }) => `Logged in with ${method === 'password' ? '' : 'password and '}${proofs[method]}`,
  'account:login_failed': ({ reason }) => `Log-in failed: wrong ${proofs[reason]}`,
  'account:logged_out': () => 'Logged out',
  'proof:blocked': ({ method, until }) => `Too many tries with ${proofs[method]}: no more taken until ${exactUtc(until)}`,
  'step_up:passed': ({ act, method }) => `Confirmed with ${proofs[method]}, to ${purpose(act)}`,
  'step_up:failed': ({ act }) => `Confirmation failed, to ${purpose(act)}`,
  'email:added': ({ address }) => `Address ${address} added`,
  'email:verified': ({ address }) => `Address ${address} verified`,
  'email:replaced': ({ old_address, address }) => `Address ${old_address} replaced by ${address}`,
  'password:changed': () => 'Password changed',
  'totp:added': () => 'Authenticator app set up',
  'totp:removed': () => 'Authenticator app removed',
  'totp:disabled': () => 'Authenticator app switched off after 100 wrong codes',
  'security_key:added': ({ label }) => `Security key “${label}” added`,
  'security_key:removed': ({ label }) => `Security key “${label}” removed`,
  'security_key:renamed': ({ old_label, label }) => `Security key “${old_label}” is now called “${label}”`,
  'security_key:counter_regressed': ({ label }) => `Security key “${label}” counted backwards: there may be a copy of it`,
  'security_key:eligibility_changed': ({ label }) => `Security key “${label}” refused: it says of itself what it didn’t at first`,
  'recovery_codes:generated': () => 'Recovery codes made',
  'recovery_codes:confirmed': () => 'Recovery codes confirmed as saved',
  'recovery_code:used': ({ left }) => `Recovery code used, ${left} left`,
  'recovery_code:blocked': ({ until }) =>
    `Too many wrong recovery codes at log-in: no more taken ${until === undefined ? 'for a while' : `until ${exactUtc(until)}`}`,
  'api_token:created': ({ description }) => `API token “${description}” made`,
  'api_token:revoked': ({ description }) => `API token “${description}” revoked`,
  'project:created': ({ name }) => `Project ${name} made`,
  'role:added': ({ role }, project) => `Became ${role} of ${project}`,
  'release:created': ({ version }) => `Release ${version} made`,
  'file:uploaded': ({ filename }) => `File ${filename} uploaded`,
  'admin:granted': () => 'Became an administrator',
  'admin:revoked': () => 'Is no administrator any more',
}
