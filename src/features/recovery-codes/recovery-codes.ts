import type { App } from '../../app.ts'
import { type Actor, type Person, record } from '../../audit/audit.ts'
import { type Database, lockRow, type Tx, transaction } from '../../db/database.ts'
import type { User } from '../../db/schema.ts'
import { refuse } from '../../errors.ts'
import { newRecoveryCode, parseRecoveryCode, type RecoveryCode, recoveryCodeCount } from '../../lib/recovery-code.ts'
import type { Instant } from '../../lib/time.ts'
import { uuidv7 } from '../../lib/uuid.ts'
import { notify } from '../emails/emails.ts'
import { giveBack, takeHit } from '../limits/limits.ts'
import { holdSession, spendStepUp } from '../sessions/sessions.ts'
import { recoveryCodesBlocked, recoveryCodesMade, recoveryCodeUsed } from './mail.ts'
import { type CodeSet, confirmCodes, deleteCodes, findCodeSet, findUnusedCode, insertCodes, takeCode } from './queries.ts'

/** How the account stands with recovery codes: unconfirmed ones open nothing (D5). */
export const codeSetOf = (db: Database, user_id: string): Promise<CodeSet> => findCodeSet(db, user_id)

/** Makes the first codes; they are handed back once and can't be made again. Refuses `recovery_codes_exist`. */
export const generateRecoveryCodes = (app: App, person: Person): Promise<RecoveryCode[]> =>
  transaction(app.db, async (db) => {
    await lockRow(db, 'users', person.user_id)
    await holdSession(db, person)
    if ((await findCodeSet(db, person.user_id)).unused > 0) refuse('recovery_codes_exist')
    return makeCodes(db, app, person)
  })

/** Makes codes in place of those there are, which end. Refuses `step_up_required`. */
export const regenerateRecoveryCodes = (app: App, person: Person): Promise<RecoveryCode[]> =>
  transaction(app.db, async (db) => {
    await lockRow(db, 'users', person.user_id)
    await spendStepUp(db, person, 'recovery_codes:regenerate')
    return makeCodes(db, app, person)
  })

async function makeCodes(tx: Tx, app: App, person: Person): Promise<RecoveryCode[]> {
  const { user_id, at } = person
  const codes = Array.from({ length: recoveryCodeCount }, newRecoveryCode)
  await deleteCodes(tx, user_id)
  await insertCodes(
    tx,
    codes.map((code) => newRow(app, user_id, code, at, null)),
  )
  await record(tx, person, 'recovery_codes:generated', { user_id })
  await notify(tx, app, user_id, recoveryCodesMade(app.config, person), at)
  return codes
}

function newRow(app: App, user_id: string, code: RecoveryCode, created_at: Instant, confirmed_at: Instant | null) {
  const mac = app.keys.mac('rc', user_id + code).toString('hex')
  return { id: uuidv7(created_at), user_id, mac, confirmed_at, used_at: null, created_at }
}

/** Under which macs the code may be stored. None for a text that is no code. */
function macsOf(app: App, user_id: string, text: string): string[] | undefined {
  const code = parseRecoveryCode(text)
  return code && app.keys.macs('rc', user_id + code).map((mac) => mac.toString('hex'))
}

/** One code typed back shows that they were saved: they count from then on, and all stay good (D5). Refuses `too_many`, `recovery_code_wrong`. */
export async function confirmRecoveryCodes(app: App, person: Person, text: string): Promise<void> {
  const { user_id, at } = person
  const hit = await takeHit(app, person, 'recovery_code', user_id)
  const macs = macsOf(app, user_id, text) ?? refuse('recovery_code_wrong')
  await transaction(app.db, async (db) => {
    await lockRow(db, 'users', user_id)
    if (!(await findUnusedCode(db, user_id, macs))) refuse('recovery_code_wrong')
    if (await confirmCodes(db, user_id, at)) await record(db, person, 'recovery_codes:confirmed', { user_id })
  })
  await giveBack(app, hit)
}

/**
 * The second step of a log-in by recovery code: the code is used up, and another one takes its place (D5, T78, T81). Both only if
 * `open` opens the session, in the same transaction: else nobody is shown the new one. Hands back that, how many are left with it, and
 * the session's cookie. Refuses `too_many`, of which the owner hears (T80), `recovery_code_wrong`, and what `open` refuses.
 */
export async function proveRecoveryCode(
  app: App,
  actor: Actor,
  user: User,
  text: string,
  open: (tx: Tx) => Promise<string>,
): Promise<{ replacement: RecoveryCode; left: number; cookie: string }> {
  const hit = await takeHit(app, actor, 'recovery_code', user.id, (db, until) => noteBlocked(db, app, actor, user, until))
  const macs = macsOf(app, user.id, text) ?? refuse('recovery_code_wrong')
  const proved = await transaction(app.db, async (db) => {
    await lockRow(db, 'users', user.id)
    if (!(await takeCode(db, user.id, macs, actor.at))) refuse('recovery_code_wrong')
    const replacement = newRecoveryCode()
    await insertCodes(db, [newRow(app, user.id, replacement, actor.at, actor.at)])
    const { confirmed: left } = await findCodeSet(db, user.id)
    await record(db, actor, 'recovery_code:used', { user_id: user.id, left })
    await notify(db, app, user.id, recoveryCodeUsed(app.config, actor, user.username, left), actor.at)
    return { replacement, left, cookie: await open(db) }
  })
  await giveBack(app, hit)
  return proved
}

/** Whoever is here knows the password: the owner hears of it, and for how long no code is taken (T80). */
async function noteBlocked(tx: Tx, app: App, actor: Actor, { id: user_id, username }: User, until: Instant): Promise<void> {
  await record(tx, actor, 'recovery_code:blocked', { user_id, until })
  await notify(tx, app, user_id, recoveryCodesBlocked(app.config, actor, username, until), actor.at)
}
