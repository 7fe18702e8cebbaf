import type { App } from '../../app.ts'
import type { Actor } from '../../audit/audit.ts'
import { type Database, type Tx, transaction } from '../../db/database.ts'
import { AppError, asProblem, type ErrorCode, refuse } from '../../errors.ts'
import { addressBuckets } from '../../lib/client-address.ts'
import type { Counters, Limit, LimitName } from '../../lib/limits.ts'
import { hours, type Instant, minutes, seconds } from '../../lib/time.ts'
import { addHit, deleteEndedLimits, removeHit } from './queries.ts'

/** The hit that an attempt took, to be given back if the attempt was right: in which windows it counts. */
export type Hit = readonly { readonly bucket: string; readonly ends_at: Instant }[]

/** What has a limit of its own per address too. */
type Action = { [Name in LimitName]: `${Name}_ip` extends LimitName ? Name : never }[LimitName]

/**
 * Takes one hit before an attempt: for `subject` (account id, recipient; nothing if there is none), for the address it comes
 * from, and for the address's network at ten times the figure (D13). Refuses `too_many`; the hit counts all the same. `noteFull`
 * says that the limit of `subject` itself is passed, and until when, once in each window: an address that others share says nothing
 * about one account.
 */
export async function takeHit(
  app: App,
  actor: Actor,
  action: Action,
  subject?: string,
  noteFull?: (tx: Tx, until: Instant) => Promise<void>,
): Promise<Hit> {
  const own = subjectBuckets(app, action, subject)
  const windows = await transaction(app.db, async (db) => {
    const windows: Window[] = []
    for (const bucket of [...own, ...addressBucketsOf(app, actor, action)])
      windows.push({ ...bucket, ...(await addHit(db, bucket.bucket, actor.at, bucket.length)) })
    const full = noteFull && lastFull(windows.slice(0, own.length))
    if (full && (await isFirstTime(db, full, actor.at))) await noteFull(db, full.ends_at)
    return windows
  })
  const full = lastFull(windows)
  if (full) refuseForNow(full.ends_at - actor.at)
  return windows
}

interface Bucket {
  readonly bucket: string
  readonly count: number
  readonly length: Instant
}

type Window = Bucket & { readonly hits: number; readonly ends_at: Instant }

/** Of the windows that are over their figure the one that ends last: until then nothing is taken. */
const lastFull = (windows: readonly Window[]): Window | undefined =>
  windows.filter(({ hits, count }) => hits > count).sort((a, b) => b.ends_at - a.ends_at)[0]

/** Whether nobody was told of this window before. Counted in a row of its own, which no hit that is given back makes less. */
const isFirstTime = (tx: Tx, { bucket, ends_at }: Window, at: Instant): Promise<boolean> =>
  isFirstIn(tx, ends_at - at, `${bucket} told`, at)

/** Whether `name` comes for the first time in a window of this length, which begins with it. */
export const isFirstIn = async (tx: Tx, length: Instant, name: string, at: Instant): Promise<boolean> =>
  (await addHit(tx, name, at, length)).hits === 1

/** Says how long. */
function refuseForNow(wait: Instant): never {
  const [count, unit] =
    wait > minutes(90) ? [wait / hours(1), 'hour'] : wait > seconds(90) ? [wait / minutes(1), 'minute'] : [wait / 1000, 'second']
  const text = `Too many tries. Wait ${Math.ceil(count)} ${unit}${Math.ceil(count) === 1 ? '' : 's'}, then try again.`
  return refuse('too_many', { retryAfter: Math.ceil(wait / 1000), problems: [asProblem('too_many', text)] })
}

/**
 * A right attempt costs nothing: gives its own hit back, and nobody else's (T9). Row by row, in the order of `takeHit`: attempts of one
 * account or network wait for each other, and never in a circle.
 */
export const giveBack = (app: App, hit: Hit): Promise<void> =>
  transaction(app.db, async (db) => {
    for (const { bucket, ends_at } of hit) await removeHit(db, bucket, ends_at)
  })

/** An attempt that was refused `busy` wasn't looked at, so it costs nothing either: gives its hit back before the refusal goes on. */
export async function giveBackIfBusy<Done>(app: App, hit: Hit, attempt: Promise<Done>): Promise<Done> {
  try {
    return await attempt
  } catch (error) {
    if (error instanceof AppError && error.code === 'busy') await giveBack(app, hit)
    throw error
  }
}

/** The refusals of a proof that was looked at. What was refused unread (`too_many`, `busy`, `challenge_expired` …) is no wrong one. */
const wrong: readonly ErrorCode[] = ['password_wrong', 'totp_wrong', 'security_key_rejected', 'recovery_code_wrong']

/** A wrong proof is noted, in a transaction of its own, before the refusal goes on. */
export async function noteIfWrong<Done>(proof: Promise<Done>, note: () => Promise<void>): Promise<Done> {
  try {
    return await proof
  } catch (error) {
    if (error instanceof AppError && wrong.includes(error.code)) await note()
    throw error
  }
}

/** Takes away windows that have ended. They come in any order, so who wants one just then may have to run again. */
export const sweepLimits = (db: Database, now: Instant): Promise<void> => transaction(db, (db) => deleteEndedLimits(db, now))

/** Counts towards a limit of the whole index, and says whether it is passed: an alarm, not a refusal. */
export async function isAlarming(app: App, actor: Actor, name: 'password_all'): Promise<boolean> {
  const [bucket] = bucketsOf(name, '', app.config.limits[name])
  if (!bucket) return false
  const { hits } = await transaction(app.db, (db) => addHit(db, bucket.bucket, actor.at, bucket.length))
  return hits > bucket.count
}

const subjectBuckets = (app: App, action: Action, subject: string | undefined) =>
  subject === undefined ? [] : bucketsOf(action, subject, app.config.limits[action])

function addressBucketsOf(app: App, { ip }: Actor, action: Action) {
  if (ip === null) return []
  const { address, network } = addressBuckets(ip)
  const limit = app.config.limits[`${action}_ip`]
  return [...bucketsOf(`${action}_ip`, address, limit), ...bucketsOf(`${action}_ip`, network, limit, 10)]
}

const bucketsOf = (name: string, subject: string, limit: Limit, times = 1): Bucket[] =>
  limit.map((rule) => ({ bucket: `${name} ${subject} ${rule.seconds}`, count: rule.count * times, length: seconds(rule.seconds) }))

/** Like `takeHit`, but counted in memory, per process, at so many `times` the figures. Refuses `too_many`. */
export function takeQuickHit(app: App, actor: Actor, action: Action, subject: string, times = 1): void {
  if (app.counters.size > 10_000) dropEnded(app.counters, actor.at)
  const waits = [...subjectBuckets(app, action, subject), ...addressBucketsOf(app, actor, action)].flatMap(({ bucket, count, length }) => {
    const known = app.counters.get(bucket)
    const counter = known && known.ends_at > actor.at ? known : { hits: 0, ends_at: actor.at + length }
    app.counters.set(bucket, counter)
    counter.hits += 1
    return counter.hits > count * times ? [counter.ends_at - actor.at] : []
  })
  if (waits.length > 0) refuseForNow(Math.max(...waits))
}

function dropEnded(counters: Counters, now: Instant): void {
  for (const [bucket, { ends_at }] of counters) if (ends_at <= now) counters.delete(bucket)
}
