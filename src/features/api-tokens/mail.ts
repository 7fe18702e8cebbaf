import type { Person } from '../../audit/audit.ts'
import type { Config } from '../../config.ts'
import { day, type Instant } from '../../lib/time.ts'
import { type Notice, securityNotice } from '../../mail/notice.ts'

export const tokenCreated = (config: Config, person: Person, description: string, project: string | null, expires_at: Instant): Notice =>
  securityNotice(
    config,
    person,
    `The API token “${description}” was made`,
    `It may upload to ${project ?? 'all of your projects'} until ${day(expires_at)}.`,
  )

export const tokenRevoked = (config: Config, person: Person, description: string): Notice =>
  securityNotice(config, person, `The API token “${description}” was revoked`, 'Nothing can be uploaded with it any more.')
