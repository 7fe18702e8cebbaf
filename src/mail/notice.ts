import type { Person } from '../audit/audit.ts'
import type { Config } from '../config.ts'
import { programName } from '../lib/program-name.ts'
import { exactUtc } from '../lib/time.ts'
import { mailBody } from './layout.ts'
import type { Mail } from './mail.ts'

/** A mail before it is known to whom it goes. */
export type Notice = Omit<Mail, 'to'>

/** Tells a person what was done with their account: subject = the fact; then who, when, from where; no log-in link (D14). */
export const securityNotice = (
  { site_url }: Pick<Config, 'site_url'>,
  { user, at, ip, user_agent }: Person,
  fact: string,
  more = '',
): Notice =>
  mailBody({
    site: site_url,
    subject: fact,
    paragraphs: [`${fact}.`, more].filter(Boolean),
    facts: [
      ['Account', user.username],
      ['When', exactUtc(at)],
      ['From', `${ip ?? 'an unknown address'}, ${programName(user_agent)}`],
    ],
    afterwards: [
      'If this was you, there is nothing to do. If not, open the index from your bookmark, remove what you don’t know, and change your password.',
    ],
    foot: 'You get this because the address belongs to your account. We never send links that log you in.',
  })
