import type { App } from '../../app.ts'
import type { Actor } from '../../audit/audit.ts'
import { type Database, transaction } from '../../db/database.ts'
import { asProblem, refuse } from '../../errors.ts'
import { addressBuckets } from '../../lib/client-address.ts'
import type { Counters, Limit, LimitName } from '../../lib/limits.ts'
import { hours, type Instant, minutes, seconds } from '../../lib/time.ts'
import { addHit, deleteEndedLimits, removeHit } from './queries.ts'

/** The hit that an attempt took, to be given back if the attempt was right. */
export type Hit = readonly string[]

/** What has a limit of its own per address too. */
type Action = { [Name in LimitName]: `${Name}_ip` extends LimitName ? Name : never }[LimitName]

/**
 * Takes one hit before an attempt: for `subject` (account id, recipient; nothing if there is none), for the address it comes
 * from, and for the address's network at ten times the figure (D13). Refuses `too_many`; the hit counts all the same.
 */
export async function takeHit(app: App, actor: Actor, action: Action, subject?: string): Promise<Hit> {
  const buckets = [...subjectBuckets(app, action, subject), ...addressBucketsOf(app, actor, action)]
  const over = await transaction(app.db, async (db) => {
    const waits: number[] = []
    for (const { bucket, count, length } of buckets) {
      const { hits, ends_at } = await addHit(db, bucket, actor.at, length)
      if (hits > count) waits.push(ends_at - actor.at)
    }
    return waits
  })
  if (over.length > 0) refuseForNow(Math.max(...over))
  return buckets.map(({ bucket }) => bucket)
}

/** Says how long. */
function refuseForNow(wait: Instant): never {
  const [count, unit] =
    wait > minutes(90) ? [wait / hours(1), 'hour'] : wait > seconds(90) ? [wait / minutes(1), 'minute'] : [wait / 1000, 'second']
  const text = `Too many tries. Wait ${Math.ceil(count)} ${unit}${Math.ceil(count) === 1 ? '' : 's'}, then try again.`
  return refuse('too_many', { retryAfter: Math.ceil(wait / 1000), problems: [asProblem('too_many', text)] })
}

/** A right attempt costs nothing: gives its own hit back, and nobody else's (T9). */
export const giveBack = (app: App, hit: Hit): Promise<void> => removeHit(app.db, [...hit])

/** Takes away windows that have ended. */
export const sweepLimits = (db: Database, now: Instant): Promise<void> => deleteEndedLimits(db, now)

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

const bucketsOf = (name: string, subject: string, limit: Limit, times = 1) =>
  limit.map((rule) => ({ bucket: `${name} ${subject} ${rule.seconds}`, count: rule.count * times, length: seconds(rule.seconds) }))

/** Like `takeHit`, but counted in memory, per process. Refuses `too_many`. */
export function takeQuickHit(app: App, actor: Actor, action: Action, subject: string): void {
  if (app.counters.size > 10_000) dropEnded(app.counters, actor.at)
  const waits = [...subjectBuckets(app, action, subject), ...addressBucketsOf(app, actor, action)].flatMap(({ bucket, count, length }) => {
    const known = app.counters.get(bucket)
    const counter = known && known.ends_at > actor.at ? known : { hits: 0, ends_at: actor.at + length }
    app.counters.set(bucket, counter)
    counter.hits += 1
    return counter.hits > count ? [counter.ends_at - actor.at] : []
  })
  if (waits.length > 0) refuseForNow(Math.max(...waits))
}

function dropEnded(counters: Counters, now: Instant): void {
  for (const [bucket, { ends_at }] of counters) if (ends_at <= now) counters.delete(bucket)
}
