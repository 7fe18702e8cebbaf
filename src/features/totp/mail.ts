import type { Actor, Person } from '../../audit/audit.ts'
import type { Config } from '../../config.ts'
import { programName } from '../../lib/program-name.ts'
import { exactUtc } from '../../lib/time.ts'
import { mailBody } from '../../mail/layout.ts'
import { type Notice, securityNotice } from '../../mail/notice.ts'

export const totpAdded = (config: Config, person: Person): Notice =>
  securityNotice(
    config,
    person,
    'An authenticator app was set up for your account',
    'Its codes are asked for at log-in. Every other session has ended.',
  )

export const totpRemoved = (config: Config, person: Person): Notice =>
  securityNotice(config, person, 'The authenticator app was removed from your account', 'Every other session has ended.')

/** Whoever typed the codes isn't logged in (T33). */
export const totpDisabled = ({ site_url }: Config, { at, ip, user_agent }: Actor): Notice =>
  mailBody({
    site: site_url,
    subject: 'Your authenticator app was switched off after 100 wrong codes',
    paragraphs: [
      'Somebody knows your password and typed 100 wrong codes in a row. Nothing was opened, but codes of this app are taken no more.',
      'Log in with a security key or a recovery code, set the app up anew, and change your password, here and wherever else you use it.',
    ],
    facts: [
      ['When', exactUtc(at)],
      ['From', `${ip ?? 'an unknown address'}, ${programName(user_agent)}`],
    ],
    foot: 'You get this because the address belongs to your account. We never send links that log you in.',
  })
