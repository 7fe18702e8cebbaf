import type { App } from '../../app.ts'
import { noPerson, record } from '../../audit/audit.ts'
import { type Database, type Tx, transaction } from '../../db/database.ts'
import type { User } from '../../db/schema.ts'
import type { Instant } from '../../lib/time.ts'
import { canonicalUsername, parseUsername } from '../../lib/username.ts'
import { userByName } from '../accounts/accounts.ts'
import { notify, primaryEmail } from '../emails/emails.ts'
import { factorsOf, hasWorkingFactor } from '../second-factors/second-factors.ts'
import { adminGranted, adminRevoked } from './mail.ts'
import { deleteSessions, findUser, updateAdmin } from './queries.ts'

/**
 * Makes an account an administrator: one with a verified primary address and a second factor (T20: nobody becomes the first one
 * another way). Its sessions end, so that the next one has the shorter times of administrators (D7). Hands back why not.
 */
export const grantAdmin = (app: App, username: string): Promise<string | undefined> =>
  withAccount(app, username, async (db, { id: user_id, username }, at) => {
    const { verified_at } = await primaryEmail(db, user_id)
    if (verified_at === null) return `${username} has no verified address yet. Open the link in the mail first.`
    if (!hasWorkingFactor(await factorsOf(db, user_id)))
      return `${username} has no second factor yet. Set one up on the page Second factors first.`
    if (!(await updateAdmin(db, user_id, at))) return `${username} is an administrator already.`
    await deleteSessions(db, user_id)
    await record(db, noPerson(at), 'admin:granted', { user_id })
    await notify(db, app, user_id, adminGranted(app.config, username, at), at)
    return undefined
  })

/** Makes an administrator an account like any other. Hands back why not. */
export const revokeAdmin = (app: App, username: string): Promise<string | undefined> =>
  withAccount(app, username, async (db, { id: user_id, username }, at) => {
    if (!(await updateAdmin(db, user_id, null))) return `${username} is no administrator.`
    await deleteSessions(db, user_id)
    await record(db, noPerson(at), 'admin:revoked', { user_id })
    await notify(db, app, user_id, adminRevoked(app.config, username, at), at)
    return undefined
  })

/** Whether anybody has registered. Their secrets are sealed with the master key, so from then on no other one will do. */
export const hasAccounts = async (db: Database): Promise<boolean> => (await findUser(db)) !== undefined

const withAccount = (app: App, text: string, act: (db: Tx, user: User, at: Instant) => Promise<string | undefined>) =>
  transaction(app.db, async (db) => {
    const username = parseUsername(text)
    const user = username && (await userByName(db, canonicalUsername(username)))
    return user ? act(db, user, app.clock()) : `There is no account called ${text}.`
  })
