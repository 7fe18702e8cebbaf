import type { Actor, Person } from '../../audit/audit.ts'
import type { Config } from '../../config.ts'
import { programName } from '../../lib/program-name.ts'
import { exactUtc } from '../../lib/time.ts'
import { mailBody } from '../../mail/layout.ts'
import { type Notice, securityNotice } from '../../mail/notice.ts'

export const securityKeyAdded = (config: Config, person: Person, label: string): Notice =>
  securityNotice(config, person, `The security key “${label}” was added to your account`, 'Every other session has ended.')

export const securityKeyRemoved = (config: Config, person: Person, label: string): Notice =>
  securityNotice(config, person, `The security key “${label}” was removed from your account`, 'Every other session has ended.')

export const securityKeyRenamed = (config: Config, person: Person, old_label: string, label: string): Notice =>
  securityNotice(config, person, `Your security key “${old_label}” is now called “${label}”`)

/** Told at a log-in or step-up, which goes on (D4). */
export const securityKeyRegressed = (config: Config, actor: Actor, label: string): Notice =>
  suspicion(
    config,
    actor,
    `There may be a copy of your security key “${label}”`,
    'It answered rightly, but its counter went back. Some keys do that when they are reset; a copy of a key does it too. We took the answer, since your password was right as well.',
  )

/** Told when such an answer was refused (T48). */
export const securityKeyChanged = (config: Config, actor: Actor, label: string): Notice =>
  suspicion(
    config,
    actor,
    `Your security key “${label}” was refused`,
    'It answered rightly, but says otherwise than before whether it may be copied. A key doesn’t change that. Nothing was opened.',
  )

const suspicion = ({ site_url }: Config, { at, ip, user_agent }: Actor, subject: string, what: string): Notice =>
  mailBody({
    site: site_url,
    subject,
    paragraphs: [
      what,
      'Open the index from your bookmark, add another key, and remove this one. If that wasn’t you, change your password.',
    ],
    facts: [
      ['When', exactUtc(at)],
      ['From', `${ip ?? 'an unknown address'}, ${programName(user_agent)}`],
    ],
    foot: 'You get this because the address belongs to your account. We never send links that log you in.',
  })
