import { randomBytes } from 'node:crypto'
import type { App } from '../../app.ts'
import { type Actor, type Person, record, type Uploader } from '../../audit/audit.ts'
import { type Database, lockRow, shareRow, type Tx, transaction } from '../../db/database.ts'
import type { ApiToken } from '../../db/schema.ts'
import { asProblem, refuse, refuseAll } from '../../errors.ts'
import { caveatText, type Denial, decideCaveats, type TokenUse } from '../../lib/caveats.ts'
import { type Label, parseLabel } from '../../lib/label.ts'
import { decode, encode, mint, verifySignature } from '../../lib/macaroon.ts'
import { type NormalizedName, normalize, parseProjectName } from '../../lib/names.ts'
import { days, type Instant, minutes } from '../../lib/time.ts'
import { formatToken, parseToken } from '../../lib/token-text.ts'
import { notify } from '../emails/emails.ts'
import { takeHit } from '../limits/limits.ts'
import { holdSession } from '../sessions/sessions.ts'
import { tokenCreated, tokenRevoked } from './mail.ts'
import {
  findLiveToken,
  insertToken,
  type LiveToken,
  listTokens,
  listUploadableProjects,
  updateTokenRevoked,
  updateTokenUsed,
} from './queries.ts'

/** A token unused for so long has ended (D8). */
const idleTime = days(30)
const mostDays = 90

/** When a token ends, unless it is used before that. */
export const endOf = ({ expires_at, last_used_at, created_at }: Pick<ApiToken, 'expires_at' | 'last_used_at' | 'created_at'>): Instant =>
  Math.min(expires_at, (last_used_at ?? created_at) + idleTime)

export interface TokenForm {
  readonly description: string
  /** `scope:user` or `scope:project:NAME` */
  readonly token_scope: string
  readonly expires_in_days: string
}

/**
 * Makes an API token (D8): its text is handed back once and can't be made again. Refuses all that is wrong with the fields at once
 * (`token_description_refused`, `token_scope_refused`, `token_expiry_refused`), `token_scope_refused` also for a project that isn't
 * theirs, `token_description_taken`, `too_many`, `not_logged_in` if the session ended meanwhile.
 */
export async function createToken(
  app: App,
  person: Person,
  form: TokenForm,
): Promise<{ text: string; description: string; project: string | null; expires_at: Instant }> {
  const { description, scope, lifetime } = readForm(form)
  const expires_at = person.at + lifetime
  await takeHit(app, person, 'token', person.user_id)
  return transaction(app.db, async (db) => {
    await lockRow(db, 'users', person.user_id)
    await holdSession(db, person)
    const project = await projectOfScope(db, person, scope)
    if (await hasTokenCalled(db, person, description)) refuse('token_description_taken')
    const { id, root_key, text } = newToken(app, project?.id, expires_at)
    const { user_id, at: created_at } = person
    const row = {
      id,
      user_id,
      project_id: project?.id ?? null,
      description,
      root_key,
      security_epoch: person.user.security_epoch,
      expires_at,
      created_at,
    }
    await insertToken(db, row)
    await record(db, person, 'api_token:created', {
      user_id,
      token_id: id,
      description,
      expires_at,
      ...(project && { project: project.name }),
    })
    await notify(db, app, user_id, tokenCreated(app.config, person, description, project?.name ?? null, expires_at), created_at)
    return { text, description, project: project?.name ?? null, expires_at }
  })
}

function readForm(form: TokenForm): { description: Label; scope: Scope; lifetime: number } {
  const description = parseLabel(form.description)
  const scope = parseScope(form.token_scope)
  const lifetime = parseLifetime(form.expires_in_days)
  if (description && scope && lifetime !== undefined) return { description, scope, lifetime }
  return refuseAll(
    [
      description ? [] : asProblem('token_description_refused'),
      scope ? [] : asProblem('token_scope_refused'),
      lifetime === undefined ? asProblem('token_expiry_refused') : [],
    ].flat(),
  )
}

/** The projects that a token is for: the one of that name, or all of its owner's. */
type Scope = 'all' | { readonly project: NormalizedName }

function parseScope(text: string): Scope | undefined {
  if (text === 'scope:user') return 'all'
  const name = text.startsWith('scope:project:') ? parseProjectName(text.slice('scope:project:'.length)) : undefined
  return name && { project: normalize(name) }
}

/** 1 to 90 days. */
function parseLifetime(text: string): number | undefined {
  const number = /^[0-9]{1,2}$/.test(text) ? Number(text) : 0
  return number >= 1 && number <= mostDays ? days(number) : undefined
}

/** The project that the scope names, nothing for all of them. Somebody else's project and none at all are one answer. */
async function projectOfScope(db: Database, person: Person, scope: Scope) {
  if (scope === 'all') return undefined
  const projects = await listUploadableProjects(db, person.user_id)
  return projects.find(({ normalized_name }) => normalized_name === scope.project) ?? refuse('token_scope_refused')
}

const hasTokenCalled = async (db: Database, person: Person, description: Label): Promise<boolean> =>
  (await listTokens(db, person.user_id)).some((token) => token.description === description && endOf(token) > person.at)

/** A token's three parts: its id, its root key as it is stored, and the text to paste. */
function newToken(app: App, project_id: string | undefined, expires_at: Instant) {
  const identifier = randomBytes(16)
  const rootKey = randomBytes(32)
  const id = identifier.toString('hex')
  const caveats = [caveatText(['exp', Math.floor(expires_at / 1000)]), caveatText(['ops', ['upload']])]
  if (project_id !== undefined) caveats.push(caveatText(['projects', [project_id]]))
  const text = formatToken(project_id === undefined ? 'u' : 'p', encode(mint(rootKey, identifier, caveats)))
  return { id, root_key: app.keys.seal('tokenroot', placeOf(id), rootKey), text }
}

const placeOf = (id: string) => `api_tokens|${id}|root_key` as const

/** Ends a token at once: when this returns, nothing more is published with it (T123). Refuses `token_not_found`. */
export const revokeToken = (app: App, person: Person, id: string): Promise<void> =>
  transaction(app.db, async (db) => {
    const { description } = (await updateTokenRevoked(db, person.user_id, id, person.at)) ?? refuse('token_not_found')
    await record(db, person, 'api_token:revoked', { user_id: person.user_id, token_id: id, description })
    await notify(db, app, person.user_id, tokenRevoked(app.config, person, description), person.at)
  })

/**
 * Whose token this text is, for an upload whose project isn't known yet. The MAC is checked before any caveat is read (T111);
 * then the account's gate and those caveats that can be decided now. Refuses `token_invalid`, `token_forbids`, `address_unverified`,
 * `second_factor_missing`.
 */
export async function authenticateToken(app: App, actor: Actor, text: string): Promise<Uploader> {
  const parsed = parseToken(text)
  const macaroon = parsed && decode(parsed.macaroon)
  const id = macaroon?.identifier.toString('hex') ?? ''
  const live = await findLiveToken(app.db, id, actor.at, actor.at - idleTime)
  const caveats = macaroon && live && verifySignature(macaroon, app.keys.open('tokenroot', placeOf(id), live.root_key))
  if (!live || !caveats) return refuse('token_invalid')
  refuseUngated(live)
  const uploader = { ...actor, user: live.user, user_id: live.user.id, token_id: id, caveats }
  refuseDenied(uploader, {}, ['other_project', 'other_file', 'other_release'])
  if ((live.last_used_at ?? 0) < actor.at - minutes(1)) await updateTokenUsed(app.db, id, actor.at)
  return uploader
}

/**
 * Decides again, in the transaction that publishes: the token and its owner as they stand now, and every caveat against the row
 * that will be written (T165). Whoever revokes the token waits until `tx` ends.
 */
export async function authorizeUpload(tx: Tx, uploader: Uploader, use: Pick<TokenUse, 'project_id' | 'sha256' | 'version'>): Promise<void> {
  await shareRow(tx, 'api_tokens', uploader.token_id)
  const live = (await findLiveToken(tx, uploader.token_id, uploader.at, uploader.at - idleTime)) ?? refuse('token_invalid')
  refuseUngated(live)
  refuseDenied(uploader, use, [])
}

/** Decides the caveats alone, without the database. Refuses `token_forbids`. */
export const refuseForbidden = (uploader: Uploader, use: Partial<Pick<TokenUse, 'project_id' | 'sha256' | 'version'>>): void =>
  refuseDenied(uploader, use, [])

function refuseUngated({ verified, factors }: LiveToken): void {
  if (!verified) refuse('address_unverified')
  if (factors === 0) refuse('second_factor_missing')
}

/** `undecided`: denials that only say that something isn't known yet. */
function refuseDenied({ caveats, at, ip }: Uploader, use: Pick<TokenUse, 'project_id' | 'sha256' | 'version'>, undecided: Denial[]): void {
  const denied = decideCaveats(caveats, { ...use, now: at, op: 'upload', ip })
  if (denied && !undecided.includes(denied.reason))
    refuse('token_forbids', { problems: [{ rule: `token-${denied.reason.replaceAll('_', '-')}`, text: sentences[denied.reason] }] })
}

const sentences: Record<Denial, string> = {
  caveat_unknown: 'This API token has a restriction that this index doesn’t know. Make a new one on the page API tokens.',
  expired: 'This API token has ended. Make a new one on the page API tokens.',
  not_yet: 'This API token isn’t valid yet.',
  other_project: 'This API token is for another project. Use one for this project, or one for all of yours.',
  other_operation: 'This API token doesn’t allow uploads.',
  other_file: 'This API token is bound to other files than this one.',
  other_address: 'This API token is bound to other network addresses than yours.',
  other_release: 'This API token is bound to another release than this one.',
}
