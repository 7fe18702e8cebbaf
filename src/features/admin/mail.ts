import type { Config } from '../../config.ts'
import { exactUtc, type Instant } from '../../lib/time.ts'
import { mailBody } from '../../mail/layout.ts'
import type { Notice } from '../../mail/notice.ts'

export const adminGranted = (config: Config, username: string, at: Instant): Notice =>
  notice(config, 'Your account is an administrator now', `${username} was made an administrator of this index`, at)

export const adminRevoked = (config: Config, username: string, at: Instant): Notice =>
  notice(config, 'Your account is no administrator any more', `${username} stopped being an administrator of this index`, at)

const notice = ({ site_url }: Config, subject: string, fact: string, at: Instant): Notice =>
  mailBody({
    site: site_url,
    subject,
    paragraphs: [
      `Your account ${fact}, by a command on the host. Its sessions were ended: log in again.`,
      'Did you not expect this? Speak to the people who run the host.',
    ],
    facts: [['When', exactUtc(at)]],
    foot: 'You get this because the address belongs to your account. We never send links that log you in.',
  })
