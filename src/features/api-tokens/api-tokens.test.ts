import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseIp } from '../../lib/ip.ts'
import { attenuate, decode, encode } from '../../lib/macaroon.ts'
import { day, days, minutes } from '../../lib/time.ts'
import { formatToken, parseToken } from '../../lib/token-text.ts'
import { type TestApp, type TestPerson, testApp } from '../../testing/app.ts'
import { addFile } from '../../testing/projects.ts'
import { generateRecoveryCodes } from '../recovery-codes/recovery-codes.ts'
import { createToken } from './api-tokens.ts'

const page = '/manage/account/token/'
const form = { description: 'build server', token_scope: 'scope:user', expires_in_days: '7' }

async function makeToken(person: TestPerson, fields: Partial<typeof form> = {}): Promise<string> {
  const made = await person.submit(page, { ...form, ...fields })
  assert.equal(made.status, 200, made.text)
  return /<code id="api-token">([^<]+)<\/code>/.exec(made.text)?.[1] ?? assert.fail('no token on the page')
}

/** The answer to an upload without a body: everything before the body was right if it complains of the body. */
async function knock(app: TestApp, authorization?: string): Promise<[number, string]> {
  const answer = await fetch(`${await app.listen()}/legacy/`, {
    method: 'POST',
    headers: { accept: 'text/plain', ...(authorization && { authorization }) },
  })
  return [answer.status, (await answer.text()).split('\n')[0] ?? '']
}
const basic = (name: string, password: string): string => `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`
const accepted = [415, '415 Uploads are multipart/form-data.']
const unknown = [403, '403 This API token is none of ours, was revoked, or has ended. Make a new one on the page API tokens.']

test('a token is made, shown once, listed, told of by mail and event', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const token = await makeToken(mona)
  assert.match(token, /^wku_[A-Za-z0-9_-]{100,}$/)
  const list = await mona.get(page)
  assert.match(list.text, /<th scope="row">build server<\/th>/)
  assert.doesNotMatch(list.text, /wku_/)
  const [event] = await app.events()
  assert.partialDeepStrictEqual(event, { tag: 'api_token:created', user_id: mona.user_id, description: 'build server' })
  const [mail] = await app.mails()
  assert.deepEqual([mail?.to, mail?.subject], ['mona@example.org', 'The API token “build server” was made'])
  assert.doesNotMatch(mail?.text ?? '', /wku_/)
  assert.doesNotMatch(JSON.stringify(await app.db.selectFrom('api_tokens').selectAll().execute()), new RegExp(token.slice(4, 60)))
})

test('what is offered to copy beside a new token is one word a setting, as a shell takes it', async () => {
  await using app = await testApp()
  const { text } = await (await app.person('mona')).submit(page, form)
  const settings = [...text.matchAll(/<code id="token-use[^>]*>([^<]+)</g)].flatMap(([, lines = '']) => lines.split('\n'))
  assert.equal(settings.length, 5)
  for (const setting of settings) assert.match(setting, /^[A-Z_]+=[\w:/.-]+$/)
})

test('it opens uploads as password of __token__ and as bearer, with spaces around it', async () => {
  await using app = await testApp()
  const token = await makeToken(await app.person('mona'))
  for (const authorization of [
    basic('__token__', token),
    basic('__token__', ` ${token}\n`),
    `Bearer ${token}`,
    `bearer ${token}`,
    `token ${token}`,
  ]) {
    assert.deepEqual(await knock(app, authorization), accepted, authorization.slice(0, 10))
  }
})

test('T14, T120: passwords never upload, and the refusal says what does', async () => {
  await using app = await testApp()
  const token = await makeToken(await app.person('mona'))
  const sentence = '403 User name and password no longer upload. Use the user name __token__ and an API token as the password.'
  for (const authorization of [basic('mona', 'mostly harmless tadpole'), basic('mona', 'wrong'), basic('mona', token), basic('', token)]) {
    assert.deepEqual(await knock(app, authorization), [403, sentence])
  }
  assert.deepEqual(await knock(app), [
    401,
    '401 Uploads need an API token: user name __token__, password the token. Make one on the page API tokens.',
  ])
  const elsewhere = await fetch(`${await app.listen()}/legacy/?token=${token}`, { method: 'POST', headers: { cookie: `token=${token}` } })
  assert.deepEqual([elsewhere.status, elsewhere.headers.get('www-authenticate')], [401, 'Basic realm="index.example"'])
})

test('T109 to T113: only what we minted counts, and every caveat narrows', async () => {
  await using app = await testApp()
  const token = await makeToken(await app.person('mona'))
  const macaroon = decode(parseToken(token)?.macaroon ?? Buffer.alloc(0)) ?? assert.fail()
  const narrowed = (...caveats: string[]) => `Bearer ${formatToken('u', encode(attenuate(macaroon, caveats) ?? assert.fail()))}`
  const bytes = encode(macaroon)
  const flipped = Buffer.from(bytes)
  flipped.writeUInt8(flipped.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)

  assert.deepEqual(await knock(app, `Bearer ${formatToken('u', flipped)}`), unknown)
  assert.deepEqual(await knock(app, `Bearer ${token}x`), unknown)
  assert.deepEqual(await knock(app, `Bearer ${token.slice(0, -1)}`), unknown)
  assert.deepEqual(await knock(app, 'Bearer wku_x'), unknown)
  assert.deepEqual(await knock(app, narrowed(`["exp",${Math.floor(app.now() / 1000) + 60}]`)), accepted)
  assert.match((await knock(app, narrowed('["exp",1]')))[1], /^403 This API token has ended/)
  assert.match((await knock(app, narrowed('["nbf",99999999999]')))[1], /isn’t valid yet/)
  assert.match((await knock(app, narrowed('["ops",["yank"]]')))[1], /doesn’t allow uploads/)
  assert.match((await knock(app, narrowed('["mood","good"]')))[1], /restriction that this index doesn’t know/)
  assert.match((await knock(app, narrowed('not json')))[1], /restriction that this index doesn’t know/)
  assert.deepEqual(await knock(app, narrowed('["cidr",["127.0.0.0/8"]]')), accepted)
  assert.match((await knock(app, narrowed('["cidr",["10.0.0.0/8"]]')))[1], /other network addresses/)
})

test('T123: a revoked token ends at once; somebody else’s can’t be revoked', async () => {
  await using app = await testApp()
  const [mona, nils] = [await app.person('mona'), await app.person('nils')]
  const token = await makeToken(mona)
  const { id } = await app.db.selectFrom('api_tokens').select('id').executeTakeFirstOrThrow()
  await nils.submit(page, {}, `${page}${id}/revoke`)
  assert.match((await nils.get(page)).text, /class="flash error".*You have no such token/s)
  assert.deepEqual(await knock(app, `Bearer ${token}`), accepted)
  await mona.submit(page, {}, `${page}${id}/revoke`)
  assert.match((await mona.get(page)).text, /class="flash success".*The token is revoked/s)
  assert.deepEqual(await knock(app, `Bearer ${token}`), unknown)
  assert.deepEqual(
    (await app.events()).map(({ tag }) => tag),
    ['api_token:created', 'api_token:revoked'],
  )
  assert.equal((await app.mails()).at(-1)?.subject, 'The API token “build server” was revoked')
})

test('it ends on its day, and after 30 days without use', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const [week, quarter] = [await makeToken(mona), await makeToken(mona, { description: 'other', expires_in_days: '90' })]
  app.pass(days(7))
  assert.deepEqual(await knock(app, `Bearer ${week}`), unknown)
  app.pass(days(22))
  assert.deepEqual(await knock(app, `Bearer ${quarter}`), accepted)
  app.pass(days(29))
  assert.deepEqual(await knock(app, `Bearer ${quarter}`), accepted)
  app.pass(days(30) + minutes(1))
  assert.deepEqual(await knock(app, `Bearer ${quarter}`), unknown)
})

test('T117, T119: frozen, at a later epoch, without verified address or factor: the owner’s tokens upload nothing', async () => {
  const states: Record<string, (app: TestApp) => Promise<unknown>> = {
    frozen: (app) => app.db.updateTable('users').set({ frozen_at: 1 }).execute(),
    'a later epoch': (app) => app.db.updateTable('users').set({ security_epoch: 2 }).execute(),
    'no verified address': (app) => app.db.updateTable('emails').set({ verified_at: null }).execute(),
    'no second factor': (app) => app.db.deleteFrom('totps').execute(),
    'second factor switched off': (app) => app.db.updateTable('totps').set({ disabled_at: 1 }).execute(),
    deleted: (app) => app.db.deleteFrom('users').execute(),
  }
  for (const [name, change] of Object.entries(states)) {
    await using app = await testApp()
    const token = await makeToken(await app.person('mona'))
    assert.deepEqual(await knock(app, `Bearer ${token}`), accepted)
    await change(app)
    assert.equal((await knock(app, `Bearer ${token}`))[0], 403, name)
  }
})

test('a token that nobody used for thirty days is shown as ended, and gives its name free', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  await makeToken(mona, { expires_in_days: '90' })
  const { created_at } = await app.db.selectFrom('api_tokens').select('created_at').executeTakeFirstOrThrow()
  assert.match((await mona.get(page)).text, new RegExp(day(created_at + days(30))))
  await app.db
    .updateTable('api_tokens')
    .set({ created_at: created_at - days(31) })
    .execute()
  assert.match((await mona.get(page)).text, /class="badge error"[^>]*>(?:<svg.*?<\/svg>)?Ended/s)
  assert.match(await makeToken(mona), /^wku_/)
})

test('a token for one project needs a role in it', async () => {
  await using app = await testApp()
  const [mona, nils] = [await app.person('mona'), await app.person('nils')]
  await addFile(app.app, { project: 'gridcast' })
  const { id: project_id } = await app.db.selectFrom('projects').select('id').executeTakeFirstOrThrow()
  await app.db.insertInto('project_roles').values({ project_id, user_id: mona.user_id, role: 'owner', created_at: 1 }).execute()
  assert.match(await makeToken(mona, { token_scope: 'scope:project:Gridcast' }), /^wkp_/)
  const refused = await nils.submit(page, { ...form, token_scope: 'scope:project:gridcast' })
  assert.deepEqual([refused.status, /Choose what the token may upload to/.test(refused.text)], [400, true])
})

const bad: Record<string, [fields: Partial<typeof form>, status: number, sentence: RegExp]> = {
  'no name': [{ description: '' }, 400, /A name has 1 to 64 characters/],
  'a name of two lines': [{ description: 'a\nb' }, 400, /A name has 1 to 64 characters/],
  'a long name': [{ description: 'x'.repeat(65) }, 400, /A name has 1 to 64 characters/],
  'no scope': [{ token_scope: '' }, 400, /Choose what the token may upload to/],
  'another scope': [{ token_scope: 'scope:everything' }, 400, /Choose what the token may upload to/],
  'an unknown project': [{ token_scope: 'scope:project:none' }, 400, /Choose what the token may upload to/],
  'a project with a path': [{ token_scope: 'scope:project:../x' }, 400, /Choose what the token may upload to/],
  'for ever': [{ expires_in_days: '91' }, 400, /lives 1 to 90 days/],
  'no days': [{ expires_in_days: '0' }, 400, /lives 1 to 90 days/],
  'days in words': [{ expires_in_days: 'seven' }, 400, /lives 1 to 90 days/],
  'a negative day': [{ expires_in_days: '-1' }, 400, /lives 1 to 90 days/],
}

test('bad input: a sentence at its field, what was typed is kept, nothing is stored', async () => {
  await using app = await testApp({ LIMITS: '{"token":"100/60"}' })
  const mona = await app.person('mona')
  for (const [name, [fields, status, sentence]] of Object.entries(bad)) {
    const answer = await mona.submit(page, { ...form, ...fields })
    assert.equal(answer.status, status, name)
    assert.match(answer.text, sentence, name)
    assert.match(answer.text, /<title>\s*Problem: /, name)
  }
  assert.deepEqual(await app.events(), [])
  await makeToken(mona)
  assert.equal((await mona.submit(page, form)).status, 409)
})

test('all that is wrong with the fields is told at once, each at its field', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const { status, text } = await mona.submit(page, { description: '', token_scope: 'scope:everything', expires_in_days: '0' })
  assert.equal(status, 400)
  assert.match(text, /3 things to correct/)
  for (const field of ['description', 'token_scope', 'expires_in_days']) {
    assert.ok(text.includes(`<li><a href="#${field}">`), field)
    assert.ok(text.includes(`id="${field}-problem"`), field)
  }
})

test('making tokens is limited, and needs a proof of the last ten minutes: the form is kept meanwhile', async () => {
  await using app = await testApp({ LIMITS: '{"token":"2/3600"}' })
  const mona = await app.person('mona')
  for (const description of ['a', 'b']) await makeToken(mona, { description })
  const third = await mona.submit(page, { ...form, description: 'c' })
  assert.deepEqual([third.status, Number(third.headers.get('retry-after')) > 3000], [429, true])
  app.pass(minutes(61))
  const late = await app.person('late')
  app.pass(minutes(11))
  const asked = await late.submit(page, form)
  assert.deepEqual([asked.status, asked.location?.split('?')[0]], [303, '/account/reauthenticate/'])
  assert.equal((await late.get(asked.location ?? '')).status, 200)
  const way = new URL(asked.location ?? '', 'https://index.example').searchParams
  const passed = await late.post('/account/reauthenticate/', { ...Object.fromEntries(way), totp_value: late.code() })
  const kept = await late.get(passed.location ?? assert.fail(passed.text))
  const id = /name="kept_form" value="([^"]+)"/.exec(kept.text)?.[1] ?? assert.fail(kept.text)
  const made = await late.post(page, { kept_form: id })
  assert.match(made.text, /id="api-token">wku_/)
  assert.equal((await late.post(page, { kept_form: id })).status, 400)
})

test('T180: a session that ends while its request is under way makes no token and no codes', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', { totp: false })
  const user = await app.db.selectFrom('users').selectAll().executeTakeFirstOrThrow()
  const { user_id, method, authenticated_at, ip, user_agent } = await app.db.selectFrom('sessions').selectAll().executeTakeFirstOrThrow()
  const seen = { session_id: mona.session_id(), token_id: null, ip: parseIp(ip ?? '') ?? null, user_agent, at: app.now() }
  const person = { ...seen, user, user_id, method, authenticated_at } // as the guard saw it
  await mona.submit('/manage/account/', {}, '/account/logout/')
  for (const act of [() => createToken(app.app, person, form), () => generateRecoveryCodes(app.app, person)])
    await assert.rejects(act, { name: 'AppError', code: 'not_logged_in' })
  assert.deepEqual(await app.db.selectFrom('api_tokens').select('id').execute(), [])
})
