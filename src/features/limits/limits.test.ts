import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noPerson } from '../../audit/audit.ts'
import { refuse } from '../../errors.ts'
import { parseIp } from '../../lib/ip.ts'
import { minutes } from '../../lib/time.ts'
import { type TestApp, testApp } from '../../testing/app.ts'
import { password } from '../../testing/people.ts'
import { openHasher } from '../passwords/hash.ts'
import { giveBack, takeHit } from './limits.ts'

/** What the log-in answers to a wrong password. */
const guess = async (app: TestApp, username: string, ip?: string) =>
  app.browser(ip).submit('/account/login/', { username, password: 'wrong password x' })

const statuses = async (app: TestApp, ips: string[]) => {
  const found: number[] = []
  for (const ip of ips) found.push((await guess(app, `name-${ip.replaceAll(':', '-')}`, ip)).status)
  return found
}

const hitsOf = async (app: TestApp): Promise<Record<string, number>> =>
  Object.fromEntries((await app.db.selectFrom('limits').selectAll().execute()).map(({ bucket, hits }) => [bucket, hits]))

const from = (app: TestApp, ip: string) => ({ ...noPerson(app.now()), ip: parseIp(ip) ?? null })

test('right log-ins at once, of a few accounts and from one network, all come in and cost nothing', async () => {
  await using app = await testApp({ LIMITS: '{"password":"1000/300 1000/900","password_ip":"1000/300 1000/900"}' })
  Object.assign(app.app, { hasher: openHasher({ memoryCost: 64, timeCost: 1, parallelism: 1 }) }) // at full cost they queue, and never meet
  const names = ['mona', 'nils', 'olga']
  for (const name of names) await app.person(name, { totp: false })
  const browsers = Array.from({ length: 60 }, (_, n) => app.browser(`192.0.2.${n % 5}`))
  await Promise.all(browsers.map((browser) => browser.get('/account/login/')))
  const answers = await Promise.all(
    browsers.map((browser, n) => browser.post('/account/login/', { username: names[n % 3] ?? '', password })),
  )
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([303]))
  const { 'password_all  300': all, ...others } = await hitsOf(app)
  assert.deepEqual([all, new Set(Object.values(others))], [60, new Set([0])])
})

test('T9: a hit whose window has ended gives none of the next window back', async () => {
  await using app = await testApp({ LIMITS: '{"password":"5/60","password_ip":"5/60"}' })
  const late = await takeHit(app.app, from(app, '192.0.2.1'), 'password', 'mona')
  app.pass(minutes(1))
  const fresh = await takeHit(app.app, from(app, '192.0.2.1'), 'password', 'mona')
  await giveBack(app.app, late)
  assert.deepEqual(new Set(Object.values(await hitsOf(app))), new Set([1]))
  await giveBack(app.app, fresh)
  assert.deepEqual(new Set(Object.values(await hitsOf(app))), new Set([0]))
})

/** Does `act` while as many log-ins wait for their hash as may: how the hasher then refuses has a test of its own. */
async function whileBusy<Done>({ app }: TestApp, act: () => Promise<Done>): Promise<Done> {
  const { hasher } = app
  Object.assign(app, { hasher: { ...hasher, verify: async () => refuse('busy') } })
  return act().finally(() => Object.assign(app, { hasher }))
}

test('a password that nobody looked at, as the index was busy, costs no try: at log-in and at step-up', async () => {
  await using app = await testApp({ LIMITS: '{"password":"1/900","password_ip":"1000/300"}' })
  const mona = await app.person('mona', { totp: false })
  const browser = app.browser()
  const [login, stepUp] = ['/account/login/', '/account/reauthenticate/']
  await Promise.all([browser.get(login), mona.get(stepUp)])
  const refused = await whileBusy(app, async () => [
    await browser.post(login, { username: 'mona', password }),
    await browser.post(login, { username: 'nobody', password }),
    await mona.post(stepUp, { password }),
  ])
  for (const { status, text } of refused)
    assert.deepEqual([status, /The index is busy just now\. Nothing was changed/.test(text)], [503, true])
  assert.deepEqual([(await browser.post(login, { username: 'nobody', password })).status], [403])
  assert.deepEqual(
    [(await mona.post(stepUp, { password })).status, (await browser.post(login, { username: 'mona', password })).status],
    [303, 303],
  )
})

test('D13: a network is stopped at ten times the figure of an address; its neighbours go on', async () => {
  await using app = await testApp({ LIMITS: '{"password_ip":"1/300"}' })
  const v4 = Array.from({ length: 10 }, (_, n) => `192.0.2.${n + 1}`)
  assert.deepEqual(await statuses(app, v4), Array(10).fill(403))
  assert.deepEqual(await statuses(app, ['192.0.2.11', '192.0.3.1']), [429, 403])
  const v6 = Array.from({ length: 10 }, (_, n) => `2001:db8:1:${n}::1`)
  assert.deepEqual(await statuses(app, v6), Array(10).fill(403))
  assert.deepEqual(await statuses(app, ['2001:db8:1:a::1', '2001:db8:2::1']), [429, 403])
})

test('D13: past the limit of the whole index an alarm is logged, and nobody is refused', async () => {
  await using app = await testApp({ LIMITS: '{"password_all":"2/300"}' })
  const alarms = () => app.lines.filter(({ level, message }) => level === 'warning' && /^More log-ins than the limit/.test(message)).length
  assert.deepEqual([(await guess(app, 'a1')).status, (await guess(app, 'a2')).status, alarms()], [403, 403, 0])
  assert.deepEqual([(await guess(app, 'a3')).status, alarms()], [403, 1])
  app.pass(minutes(5))
  assert.deepEqual([(await guess(app, 'a4')).status, alarms()], [403, 1])
})

const waits: Record<string, string> = {
  '1/1': '1 second',
  '1/80': '80 seconds',
  '1/900': '15 minutes',
  '1/5400': '90 minutes',
  '1/86400': '24 hours',
  '1/60 1/7200': '2 hours',
}
for (const [limit, wait] of Object.entries(waits))
  test(`whoever is stopped at ${limit} reads that it takes ${wait}`, async () => {
    await using app = await testApp({ LIMITS: JSON.stringify({ password: limit }) })
    await guess(app, 'mona')
    const { status, text } = await guess(app, 'mona')
    assert.equal(status, 429)
    assert.ok(text.includes(`Too many tries. Wait ${wait}, then try again.`), text)
  })
