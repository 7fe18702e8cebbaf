import type { Actor, Person } from '../../audit/audit.ts'
import type { Config } from '../../config.ts'
import { programName } from '../../lib/program-name.ts'
import { exactUtc, type Instant } from '../../lib/time.ts'
import { mailBody } from '../../mail/layout.ts'
import { type Notice, securityNotice } from '../../mail/notice.ts'

export const recoveryCodesMade = (config: Config, person: Person): Notice =>
  securityNotice(config, person, 'New recovery codes were made for your account', 'Any that you had before have ended.')

/** Goes out before the log-in is complete, so there is no session to speak of. */
export const recoveryCodeUsed = (config: Config, actor: Actor, username: string, left: number): Notice =>
  mailBody({
    site: config.site_url,
    subject: 'A recovery code was used to log in to your account',
    paragraphs: [
      `Somebody logged in to your account ${username} with its password and one of your recovery codes. The code is used up; another one was shown in its place, so that ${left} are left.`,
      'That session can add and remove second factors, nothing else.',
    ],
    facts: factsOf(actor),
    afterwards: [
      'If this was you, there is nothing to do. If not, somebody has your password and your codes: open the index from your bookmark, remove the factors that you don’t know, make new recovery codes, and change your password.',
    ],
    foot: 'You get this because the address belongs to your account. We never send links that log you in.',
  })

/** The password was right, then too many codes were wrong (T80). */
export const recoveryCodesBlocked = (config: Config, actor: Actor, username: string, until: Instant): Notice =>
  mailBody({
    site: config.site_url,
    subject: 'Too many wrong recovery codes were typed for your account',
    paragraphs: [
      `Somebody who knows the password of your account ${username} typed wrong recovery codes until we stopped taking them. Nothing was opened. They can be used again from ${exactUtc(until)} on; your other factors work.`,
    ],
    facts: factsOf(actor),
    afterwards: [
      'If this was you, look for the codes that you saved last. If not, open the index from your bookmark and change your password, here and wherever else you use it.',
    ],
    foot: 'You get this because the address belongs to your account. We never send links that log you in.',
  })

const factsOf = ({ at, ip, user_agent }: Actor): [string, string][] => [
  ['When', exactUtc(at)],
  ['From', `${ip ?? 'an unknown address'}, ${programName(user_agent)}`],
]
