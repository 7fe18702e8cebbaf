import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day, days, exactUtc, hours, inWords, minutes, seconds } from './time.ts'

const now = Date.UTC(2026, 10, 22, 0, 19, 44, 999)

test('a moment is told exactly in UTC, and its day in words', () => {
  assert.equal(exactUtc(now), '2026-11-22 00:19:44 UTC')
  assert.equal(day(now), '22 Nov 2026')
})

test('inWords: rounded down, past and future, and the day beyond 30 days', () => {
  const table: [distance: number, past: string, future: string][] = [
    [0, 'just now', 'just now'],
    [seconds(59), 'just now', 'in less than a minute'],
    [minutes(1), '1 minute ago', 'in 1 minute'],
    [minutes(3) + seconds(59), '3 minutes ago', 'in 3 minutes'],
    [hours(1), '1 hour ago', 'in 1 hour'],
    [hours(23), '23 hours ago', 'in 23 hours'],
    [days(1), '1 day ago', 'in 1 day'],
    [days(30), '30 days ago', 'in 30 days'],
    [days(31), '22 Oct 2026', '23 Dec 2026'],
  ]
  for (const [distance, past, future] of table) {
    assert.equal(inWords(now - distance, now), past)
    assert.equal(inWords(now + distance, now), future)
  }
})
