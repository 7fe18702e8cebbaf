import type { Person } from '../../audit/audit.ts'
import type { Config } from '../../config.ts'
import { programName } from '../../lib/program-name.ts'
import { exactUtc } from '../../lib/time.ts'
import { mailBody } from '../../mail/layout.ts'
import type { Notice } from '../../mail/notice.ts'

/** Says when, from where and with what (D14). */
export const passwordChanged = ({ site_url }: Config, { user, at, ip, user_agent }: Person): Notice =>
  mailBody({
    site: site_url,
    subject: 'Your password was changed',
    paragraphs: [
      `The password of your account ${user.username} was changed. Every other session has ended.`,
      'If that was you, there is nothing to do.',
      'If not, somebody knew your old password and is in your account. Tell the operators of this index at once.',
    ],
    facts: [
      ['When', exactUtc(at)],
      ['From', ip ?? 'an unknown address'],
      ['With', programName(user_agent)],
    ],
    foot: 'You get this because the address belongs to your account. We never send links that log you in.',
  })
