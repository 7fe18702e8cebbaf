import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { type TestApp, testApp } from './testing/app.ts'
import { codesOn, pages, secretOn } from './testing/factors.ts'
import { password } from './testing/people.ts'

/** Everything that stands in the tables, as one text. */
async function dump({ db }: TestApp): Promise<string> {
  const tables = await db.introspection.getTables()
  const rows = await Promise.all(tables.map(({ name }) => sql`select * from ${sql.table(name)}`.execute(db)))
  return JSON.stringify(rows.map(({ rows }) => rows))
}

/** A registration up to a token, a form that waits, and a log-in that is half done; all that opened something on the way. */
async function secretsOf(app: TestApp): Promise<Record<string, string>> {
  const browser = app.browser()
  const typed = { username: 'stella', email: 'stella@example.org', full_name: '', new_password: password, password_confirm: password }
  await browser.submit('/account/register/', typed)
  const link = /token=([A-Za-z0-9_-]{43})/.exec((await app.mails())[0]?.text ?? '')?.[1] ?? assert.fail('no link')
  await browser.submit('/account/login/', { username: 'stella', password })
  const mona = await app.person('mona')
  const made = await mona.submit('/manage/account/token/', { description: 'a', token_scope: 'scope:user', expires_in_days: '7' })
  await mona.submit(pages.factors, { note: 'a form that waits' }, pages.regenerate)
  await mona.stepUp('recovery_codes:regenerate')
  const [code = ''] = codesOn(await mona.submit(pages.generate, {}, pages.regenerate))
  const nils = await app.person('nils', { totp: false })
  const [first = ''] = codesOn(await nils.submit(pages.generate, {}))
  await nils.post(pages.burn, { recovery_code_value: first })
  await nils.stepUp('totp:add')
  const secret = secretOn(await nils.get(pages.app))
  const thief = app.browser()
  await thief.submit('/account/login/', { username: 'mona', password })
  return {
    password,
    'link of a mail': link,
    'session cookie': browser.cookies.get('__Host-wk_s') ?? '',
    'log-in cookie': thief.cookies.get('__Host-wk_login') ?? '',
    'API token': /id="api-token">wku_([^<]+)</.exec(made.text)?.[1]?.slice(0, -6) ?? '',
    'recovery code': code,
    'recovery code as typed': code.replaceAll('-', ''),
    'kept form': 'a form that waits'.replaceAll(' ', '+'),
    'app secret in hex': secret.toString('hex'),
    'app secret': secret.toString('base64url'),
  }
}

test('T203: a stolen database opens nothing, and neither does the log: no secret stands in them', async () => {
  await using app = await testApp()
  const secrets = await secretsOf(app)
  const [stolen, logged] = [await dump(app), JSON.stringify(app.lines)]
  for (const [name, secret] of Object.entries(secrets)) {
    assert.ok(secret.length >= 16, name)
    for (const text of [secret, Buffer.from(secret).toString('base64url'), Buffer.from(secret).toString('hex')]) {
      assert.ok(!stolen.includes(text), `the ${name} stands in the database`)
      assert.ok(!logged.includes(text), `the ${name} stands in the log`)
    }
  }
  assert.ok(stolen.includes('stella@example.org'))
})
