import type { Config } from '../../config.ts'
import { exactUtc, type Instant } from '../../lib/time.ts'
import { mailBody } from '../../mail/layout.ts'
import type { Notice } from '../../mail/notice.ts'

/** The password was right at that time, the second step never came (T21). The job that tells may be late. */
export const unfinishedLogin = ({ site_url }: Config, begun_at: Instant): Notice =>
  mailBody({
    site: site_url,
    subject: 'Somebody typed your password, but not the second step',
    paragraphs: [
      `At ${exactUtc(begun_at)} somebody logged in to your account with the right password and stopped at the second factor. Nothing was opened.`,
      'If that was you, there is nothing to do.',
      'If not, your password is known to somebody. Open the index from your bookmark and change it, here and wherever else you use it.',
    ],
    foot: 'You get this because the address belongs to your account. We never send links that log you in.',
  })
