import { day, exactUtc, type Instant, inWords } from '../lib/time.ts'

/** A moment: in words as seen from `now` (without it the day), the exact instant for machines and on hover. */
export const Time = ({ at, now }: { at: Instant; now?: Instant }) => (
  <time datetime={new Date(at).toISOString()} title={exactUtc(at)}>
    {now === undefined ? day(at) : inWords(at, now)}
  </time>
)
