/** Milliseconds since the epoch: how every moment is stored, passed and compared. */
export type Instant = number

export const seconds = (n: number): number => n * 1000
export const minutes = (n: number): number => n * 60_000
export const hours = (n: number): number => n * 3_600_000
export const days = (n: number): number => n * 86_400_000

/** The day in words and UTC, as “3 Mar 2026”. */
export const day = (at: Instant): string => dayWords.format(at)

/** The moment to the second, as “2026-03-03 09:05:00 UTC”: what stands on hover, in mails and in exports. */
export const exactUtc = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`

/** How long ago or ahead, as “3 minutes ago” or “in 2 days”; beyond 30 days the day, as “3 Mar 2026”. */
export function inWords(at: Instant, now: Instant): string {
  const distance = Math.abs(at - now)
  if (distance < minutes(1)) return at > now ? 'in less than a minute' : 'just now'
  if (distance >= days(31)) return day(at)
  const [length, unit] = units.find(([length]) => distance >= length) ?? units[2]
  const count = Math.floor(distance / length)
  const words = `${count} ${unit}${count === 1 ? '' : 's'}`
  return at > now ? `in ${words}` : `${words} ago`
}

const units = [
  [days(1), 'day'],
  [hours(1), 'hour'],
  [minutes(1), 'minute'],
] as const

const dayWords = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
