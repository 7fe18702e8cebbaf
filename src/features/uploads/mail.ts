import type { Uploader } from '../../audit/audit.ts'
import type { Config } from '../../config.ts'
import { programName } from '../../lib/program-name.ts'
import { exactUtc } from '../../lib/time.ts'
import { mailBody } from '../../mail/layout.ts'
import type { Notice } from '../../mail/notice.ts'

/** To everybody who may change the project: whoever publishes in their name is seen at once (D14). */
export const releasePublished = ({ site_url }: Config, uploader: Uploader, project: string, version: string): Notice =>
  mailBody({
    site: site_url,
    subject: `${project} ${version} was published`,
    paragraphs: [
      `${uploader.user.username} published the release ${version} of ${project} with an API token.`,
      'If you know of it, there is nothing to do.',
      'If not, open the index from your bookmark, revoke the token on the page API tokens, and write to the operators of the index.',
    ],
    facts: [
      ['When', exactUtc(uploader.at)],
      ['From', uploader.ip ?? 'an unknown address'],
      ['With', programName(uploader.user_agent)],
    ],
    foot: `You get this because you may change ${project}.`,
  })
