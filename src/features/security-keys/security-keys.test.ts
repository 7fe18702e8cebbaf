import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { minutes } from '../../lib/time.ts'
import { type TestApp, type TestPerson, testApp } from '../../testing/app.ts'
import type { Answer } from '../../testing/browser.ts'
import { addKey, almostKey, isLoggedIn, pages, refused, saveCodes } from '../../testing/factors.ts'
import { password } from '../../testing/people.ts'
import { site } from '../../testing/site.ts'
import { type Faults, softKey } from '../../testing/soft-key.ts'

const page = pages.keys
const tooLate = /more than five minutes, or was sent twice/
const doesNotFit = /doesn’t fit this page/
const stepUpFor = (act: string): RegExp =>
  new RegExp(`^/account/reauthenticate/\\?act=${encodeURIComponent(act).replaceAll('%20', '\\+')}&`)

const registered = async (person: TestPerson, key = softKey(site), faults: Faults = {}): Promise<string> =>
  JSON.stringify(key.register(await almostKey(person), faults))
const tags = async (app: TestApp): Promise<string[]> => (await app.events()).map(({ tag }) => tag)
const done = ({ status, location }: Answer): boolean => status === 303 && location === page

/** The names on the page. */
async function labels(person: TestPerson): Promise<string[]> {
  const { text } = await person.get(page)
  return [...text.matchAll(/<th scope="row">.*?<\/svg> (.*?)<\/th>/g)].map((hit) => hit[1] ?? '')
}

async function nothingStored(app: TestApp): Promise<void> {
  assert.deepEqual([await app.db.selectFrom('security_keys').selectAll().execute(), await tags(app), await app.mails()], [[], [], []])
}

/** The same person in another browser. */
async function another(app: TestApp, person: TestPerson): Promise<TestPerson> {
  const { session_id, ...browser } = await app.person(`${person.username}2`)
  const id = session_id()
  await app.db.updateTable('sessions').set({ user_id: person.user_id }).where('id', '=', id).execute()
  return { ...browser, session_id, user_id: person.user_id }
}

test('a key is added: page, event and mail; other sessions end (T180)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const [old, other] = [mona.session_id(), await another(app, mona)]
  const { id: credential_id } = await addKey(mona, 'Blue <one>')
  assert.deepEqual(await labels(mona), ['Blue &lt;one&gt;'])
  const about = { user_id: mona.user_id, actor_id: mona.user_id, project_id: null, token_id: null }
  assert.deepEqual(await app.events(), [{ tag: 'security_key:added', ...about, credential_id, label: 'Blue <one>' }])
  const [mail, ...more] = await app.mails()
  assert.deepEqual([mail?.to, mail?.subject, more], ['mona@example.org', 'The security key “Blue <one>” was added to your account', []])
  assert.match(mail?.text ?? '', /When: 2026-11-22 00:00:00 UTC\nFrom: 192\.0\.2\.1, an unknown program/)
  assert.notEqual(mona.session_id(), old)
  assert.equal(await isLoggedIn(other), false)
})

test('the first factor opens the gate, and the way leads back to where one wanted to go', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', { totp: false })
  await saveCodes(mona)
  const options = await almostKey(mona)
  assert.match((await mona.get(`${page}?next=/manage/projects/`)).text, /name="next" value="\/manage\/projects\/"/)
  const credential = JSON.stringify(softKey(site).register(options))
  assert.equal((await mona.post(page, { label: 'Blue', credential, next: '/manage/projects/' })).location, '/manage/projects/')
  assert.equal((await mona.get('/manage/projects/')).status, 200)
})

test('options: bare JSON, a fresh challenge of 32 bytes, for this person, known keys excluded (D4)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const known = await addKey(mona, 'Blue')
  const [first, second] = [await almostKey(mona), await almostKey(mona)]
  assert.equal(Buffer.from(first.challenge, 'base64url').length, 32)
  assert.notEqual(first.challenge, second.challenge)
  assert.deepEqual([first.rp.id, first.timeout, first.attestation, first.user.name], ['index.example', 300_000, 'none', 'mona'])
  assert.equal(Buffer.from(first.user.id, 'base64url').length, 64)
  assert.deepEqual(
    first.pubKeyCredParams.map(({ alg }) => alg),
    [-8, -7, -257],
  )
  assert.deepEqual(first.excludeCredentials, [{ id: known.id, type: 'public-key', transports: ['usb', 'nfc'] }])
})

test('without saved recovery codes no key is added: page and script are told (D5)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', { totp: false })
  await mona.stepUp('security_key:add')
  assert.equal((await mona.get(page)).location, pages.generate)
  await mona.get(pages.factors)
  const options = await mona.options(`${page}/options`)
  assert.deepEqual([options.status, JSON.parse(options.text).code], [403, 'recovery_codes_missing'])
  assert.equal((await mona.post(page, { label: 'Blue', credential: '{}' })).location, pages.generate)
  await nothingStored(app)
})

const faults: Record<string, Faults> = {
  'another challenge (T42)': { challenge: Buffer.alloc(32).toString('base64url') },
  'the answer of a log-in (T42)': { type: 'webauthn.get' },
  'origin http (T44)': { origin: 'http://index.example' },
  'origin with a port (T44)': { origin: `${site}:8443` },
  'origin null (T44)': { origin: 'null' },
  'crossOrigin (T45)': { crossOrigin: true },
  'another RP': { rp_id: 'evil.example' },
  'nobody touched it (T47)': { flags: 0x40 },
  'backed up, yet not eligible (T48)': { flags: 0x51 },
  'an algorithm not offered': { alg: -35 },
  'rawId of another key (T51)': { rawId: Buffer.alloc(32) },
  'an id of 1024 bytes': { id: Buffer.alloc(1024, 1) },
  'attestation cut short (T53)': { attestation: (it) => it.subarray(0, -20) },
  'attestation ten thousand deep (T53)': { attestation: () => Buffer.concat([Buffer.alloc(10_000, 0x81), Buffer.from([0])]) },
  'clientData null (T54)': { clientData: 'null' },
}

test('answers that are refused store nothing and cost the challenge; the same key without the fault is taken', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const key = softKey(site)
  for (const [name, fault] of Object.entries(faults)) {
    const options = await almostKey(mona)
    const answer = await mona.post(page, { label: 'Blue', credential: JSON.stringify(key.register(options, fault)) })
    assert.equal(answer.status, 400, name)
    assert.match(answer.text, doesNotFit, name)
    refused(await mona.post(page, { label: 'Blue', credential: JSON.stringify(key.register(options)) }), 400, tooLate)
  }
  for (const credential of [' ', '{"id":', '{}', 'null', '[]', '"x"', `{"id":"${'x'.repeat(50_000)}"}`]) {
    await almostKey(mona)
    refused(await mona.post(page, { label: 'Blue', credential }), 400, doesNotFit)
  }
  await nothingStored(app)
  await addKey(mona, 'Blue', key)
})

test('a name that is refused stores nothing, costs the challenge, and stays on the page', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  for (const label of ['', ' ', 'x'.repeat(65), 'two\nlines', 'turned\u202e']) {
    const credential = await registered(mona)
    refused(await mona.post(page, { label, credential }), 400, /1 to 64 characters/)
    refused(await mona.post(page, { label: 'Blue', credential }), 400, tooLate)
  }
  refused(await mona.post(page, { label: 'Blue', credential: '{}' }), 400, /value="Blue"/)
  await nothingStored(app)
})

test('a challenge lives five minutes', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const credential = await registered(mona)
  app.pass(minutes(5))
  await mona.stepUp('security_key:add')
  refused(await mona.post(page, { label: 'Blue', credential }), 400, tooLate)
  await nothingStored(app)
})

test('a challenge belongs to its session (T42)', async () => {
  await using app = await testApp()
  const [mona, nils] = [await app.person('mona'), await app.person('nils')]
  const other = await another(app, mona)
  const credential = await registered(mona)
  for (const person of [other, nils]) {
    await person.stepUp('security_key:add')
    await person.get(page)
    refused(await person.post(page, { label: 'Blue', credential }), 400, tooLate)
    await almostKey(person)
    refused(await person.post(page, { label: 'Blue', credential }), 400, doesNotFit)
  }
  await nothingStored(app)
})

test('race: one challenge, answered four times at once, makes one key (T41)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const options = await almostKey(mona)
  const answers = await Promise.all(
    [1, 2, 3, 4].map((n) => mona.post(page, { label: `Key ${n}`, credential: JSON.stringify(softKey(site).register(options)) })),
  )
  assert.equal(answers.filter(done).length, 1)
  assert.deepEqual([(await labels(mona)).length, await tags(app), (await app.mails()).length], [1, ['security_key:added'], 1])
})

test('race: one credential, registered by four people at once, makes one key', async () => {
  await using app = await testApp()
  const key = softKey(site)
  const people = await Promise.all(['mona', 'nils', 'oda', 'per'].map((name) => app.person(name)))
  const forms = await Promise.all(people.map(async (person) => ({ person, credential: await registered(person, key) })))
  const answers = await Promise.all(forms.map(({ person, credential }) => person.post(page, { label: 'Blue', credential })))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409, 409, 409])
  for (const answer of answers.filter(({ status }) => status === 409)) refused(answer, 409, /registered already/)
  assert.deepEqual([await tags(app), (await app.mails()).length], [['security_key:added'], 1])
})

test('a name is used once; what was typed stays on the page', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  await addKey(mona, 'Blue')
  const taken = await mona.post(page, { label: 'Blue', credential: await registered(mona) })
  refused(taken, 409, /value="Blue"[^>]* maxlength="64"[^>]* aria-invalid="true"/)
  assert.deepEqual(await labels(mona), ['Blue'])
})

test('key, step-up, event and mail commit together: without the mail there is none of them', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const credential = await registered(mona)
  await sql`alter table jobs rename to jobs_away`.execute(app.db)
  const broken = await mona.post(page, { label: 'Blue', credential })
  await sql`alter table jobs_away rename to jobs`.execute(app.db)
  assert.equal(broken.status, 500)
  assert.equal(app.takeBugs().length, 1)
  await nothingStored(app)
  assert.equal((await app.db.selectFrom('step_ups').selectAll().execute()).length, 1)
  refused(await mona.post(page, { label: 'Blue', credential }), 400, tooLate)
})

test('without a step-up the script is told, and the form goes for one and comes back to the page with its name', async () => {
  await using app = await testApp()
  const mona = await app.person('mona', { totp: false })
  await saveCodes(mona)
  const looked = await mona.get(`${page}?next=/manage/projects/`)
  assert.equal(looked.status, 200)
  const options = await mona.options(`${page}/options`)
  assert.deepEqual([options.status, options.headers.get('content-type')], [403, 'application/problem+json'])
  assert.equal(JSON.parse(options.text).code, 'step_up_required')
  const asked = await mona.post(page, { label: 'Blue', credential: '', next: '/manage/projects/' })
  assert.match(asked.location ?? '', stepUpFor('security_key:add'))

  const way = Object.fromEntries(new URL(asked.location ?? '', site).searchParams)
  const proved = await mona.submit(asked.location ?? '', { ...way, password }, '/account/reauthenticate/')
  const back = await mona.get(proved.location ?? '')
  assert.equal(back.status, 200, back.text)
  assert.match(back.text, /<title>Security keys/)
  assert.match(back.text, /It is you\..*Press the button once more and touch your key\./)
  assert.match(back.text, /name="label"[^>]* value="Blue"/)
  assert.match(back.text, /name="next" value="\/manage\/projects\/"/)
  const credential = JSON.stringify(softKey(site).register(JSON.parse((await mona.options(`${page}/options`)).text)))
  assert.equal((await mona.post(page, { label: 'Blue', credential, next: '/manage/projects/' })).location, '/manage/projects/')
})

test('a step-up pays for one act, once, for five minutes, in its own session', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const [blue, red] = [await addKey(mona, 'Blue'), await addKey(mona, 'Red')]
  const away = async (person: TestPerson, { id }: { id: string }) =>
    assert.match(
      (await person.submit(pages.factors, { credential_id: id }, `${page}/delete`)).location ?? '',
      stepUpFor(`security_key:remove ${id}`),
    )
  assert.match((await mona.submit(page, { label: 'x', credential: '{}' })).location ?? '', stepUpFor('security_key:add')) // spent by Red
  await mona.stepUp(`security_key:remove ${blue.id}`)
  await away(mona, red)
  await away(await another(app, mona), blue)
  app.pass(minutes(5))
  await away(mona, blue)
  assert.equal((await labels(mona)).length, 2)
})

test('a key is removed: page, event and mail; other sessions end (T180)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const { id: credential_id } = await addKey(mona, 'Blue')
  await addKey(mona, 'Red')
  const other = await another(app, mona)
  await mona.stepUp(`security_key:remove ${credential_id}`)
  assert.equal((await mona.submit(page, { credential_id }, `${page}/delete`)).location, pages.factors)
  assert.match((await mona.get(pages.factors)).text, /The security key is removed/)
  assert.deepEqual(await labels(mona), ['Red'])
  const { tag, label, credential_id: id } = (await app.events()).at(-1)
  assert.deepEqual([tag, label, id], ['security_key:removed', 'Blue', credential_id])
  assert.equal((await app.mails()).at(-1)?.subject, 'The security key “Blue” was removed from your account')
  assert.equal(await isLoggedIn(other), false)
})

test('race: the last factor stays, also when two sessions remove both keys at once', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const [blue, red] = [await addKey(mona, 'Blue'), await addKey(mona, 'Red')]
  const other = await another(app, mona)
  await app.db.deleteFrom('totps').where('user_id', '=', mona.user_id).execute()
  for (const [person, { id }] of [
    [mona, blue],
    [other, red],
  ] as const) {
    await person.get(page)
    await person.stepUp(`security_key:remove ${id}`)
  }
  const remove = (person: TestPerson, { id }: { id: string }) => person.post(`${page}/delete`, { credential_id: id })
  const answers = await Promise.all([remove(mona, blue), remove(other, red)])
  assert.equal(answers.filter(({ location }) => location === pages.factors).length, 1)
  assert.equal((await app.db.selectFrom('security_keys').selectAll().execute()).length, 1)
  assert.equal((await tags(app)).filter((tag) => tag === 'security_key:removed').length, 1)
})

test('the last factor is refused, and its page offers no button for it', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const { id: credential_id } = await addKey(mona, 'Blue')
  await app.db.deleteFrom('totps').execute()
  await mona.stepUp(`security_key:remove ${credential_id}`)
  refused(await mona.submit(page, { credential_id }, `${page}/delete`), 409, /last second factor/)
  for (const shown of [page, pages.factors]) assert.doesNotMatch((await mona.get(shown)).text, /webauthn-provision\/delete/)
  assert.deepEqual(await labels(mona), ['Blue'])
})

test('somebody else’s key and none at all get the same answer, and keep their name (T191)', async () => {
  await using app = await testApp()
  const [mona, nils] = [await app.person('mona'), await app.person('nils')]
  const { id } = await addKey(mona, 'Blue')
  await nils.get(page)
  for (const credential_id of [id, 'none', '']) {
    await nils.stepUp(`security_key:remove ${credential_id}`)
    refused(await nils.post(`${page}/delete`, { credential_id }), 404, /no such security key/)
    refused(await nils.post(`${page}/rename`, { credential_id, label: 'Mine' }), 404, /no such security key/)
  }
  assert.deepEqual(await labels(mona), ['Blue'])
  assert.deepEqual(await tags(app), ['security_key:added'])
})

test('a key is renamed: page, event and mail; the same name again is no change; the session stays', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const { id: credential_id } = await addKey(mona, 'Blue')
  const session = mona.session_id()
  for (const label of ['Green', ' Green ']) assert.ok(done(await mona.submit(page, { credential_id, label }, `${page}/rename`)))
  assert.deepEqual(await labels(mona), ['Green'])
  assert.deepEqual(
    (await app.events()).slice(1).map(({ tag, old_label, label }) => [tag, old_label, label]),
    [['security_key:renamed', 'Blue', 'Green']],
  )
  assert.deepEqual(
    (await app.mails()).slice(1).map(({ subject }) => subject),
    ['Your security key “Blue” is now called “Green”'],
  )
  assert.equal(mona.session_id(), session)
})

test('a new name is refused like a first one; two at once for one name make one', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const [blue, red] = [await addKey(mona, 'Blue'), await addKey(mona, 'Red')]
  await mona.get(page)
  const rename = (credential_id: string, label: string) => mona.post(`${page}/rename`, { credential_id, label })
  refused(await rename(blue.id, ''), 400, new RegExp(`href="#label-${blue.id}">A name has 1 to 64`))
  refused(await rename(blue.id, 'Red'), 409, /You have a key of that name/)
  const answers = await Promise.all([rename(blue.id, 'Green'), rename(red.id, 'Green')])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409])
  assert.equal((await tags(app)).filter((tag) => tag === 'security_key:renamed').length, 1)
})

test('names are changed by those only who passed the gate; lost keys are removed by those who repair (D5)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const { id: credential_id } = await addKey(mona, 'Blue')
  await app.db.updateTable('sessions').set({ method: 'recovery_code' }).execute()
  await mona.get(page)
  assert.match((await mona.post(`${page}/rename`, { credential_id, label: 'Mine' })).location ?? '', /^\/manage\/account\/two-factor\//)
  assert.equal((await mona.post(`${page}/delete`, { credential_id })).location, pages.factors)
  assert.deepEqual(await tags(app), ['security_key:added', 'security_key:removed'])
})

test('each change needs the token of the page, sent from a page of ours (T93)', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  await mona.get(page)
  for (const path of [page, `${page}/options`, `${page}/delete`, `${page}/rename`]) {
    assert.equal((await mona.post(path, { csrf_token: 'x' })).status, 403)
    const body = new URLSearchParams({ csrf_token: mona.token() })
    const crossed = await mona.request(path, { method: 'POST', body, headers: { 'sec-fetch-site': 'cross-site' } })
    assert.equal(crossed.status, 403)
  }
})
