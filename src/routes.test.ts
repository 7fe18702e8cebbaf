import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { testApp } from './testing/app.ts'
import type { PersonOptions } from './testing/people.ts'
import { site } from './testing/site.ts'
import { newUploader } from './testing/uploads.ts'
import { version } from './version.ts'

/**
 * Every route with its guards, reviewed by hand: a forgotten one fails here. `signedIn` is the gate; what stands under
 * `signedInUngated` is open without a second factor, because it leads to one, or leads out.
 */
const reviewed: Record<string, string> = {
  // installers: no account, ever
  'GET /simple': '',
  'GET /simple/': '',
  'GET /simple/:name': '',
  'GET /simple/:name/': '',
  'GET /packages/:a/:b/:rest/:filename': '',
  // publishers: a token, whose owner passed the gate
  'POST /legacy': 'uploadToken',
  'POST /legacy/': 'uploadToken',
  // management: behind the gate
  'POST /manage/account/webauthn-provision/rename': 'signedIn csrf',
  'GET /manage/account/token/': 'signedIn',
  'POST /manage/account/token/': 'noReferrer signedIn csrf sensitive',
  'POST /manage/account/token/:id/revoke': 'signedIn csrf',
  'GET /manage/projects/': 'signedIn',
  'GET /manage/project/:name/releases/': 'signedIn',
  // open without a second factor: they lead to one, or out
  'GET /manage/account/': 'signedInUngated',
  'POST /manage/account/password': 'signedInUngated csrf',
  'GET /manage/unverified-account/': 'signedInUngated',
  'POST /manage/unverified-account/': 'signedInUngated csrf',
  'POST /account/logout/': 'signedInUngated csrf',
  'GET /account/reauthenticate/': 'signedInUngated',
  'POST /account/reauthenticate/options': 'forScript signedInUngated csrf',
  'POST /account/reauthenticate/': 'signedInUngated csrf',
  'GET /account/reauthenticate/kept': 'signedInUngated',
  'GET /manage/account/two-factor/': 'signedInUngated',
  'GET /manage/account/recovery-codes/generate': 'signedInUngated',
  'POST /manage/account/recovery-codes/generate': 'signedInUngated csrf sensitive',
  'POST /manage/account/recovery-codes/regenerate': 'signedInUngated csrf stepUp',
  'GET /manage/account/recovery-codes/burn': 'signedInUngated',
  'POST /manage/account/recovery-codes/burn': 'signedInUngated csrf',
  'GET /manage/account/totp-provision': 'signedInUngated addressVerified codesConfirmed mayProvision',
  'POST /manage/account/totp-provision': 'signedInUngated csrf addressVerified codesConfirmed mayProvision',
  'POST /manage/account/totp-delete': 'signedInUngated csrf stepUp',
  'GET /manage/account/webauthn-provision': 'signedInUngated addressVerified codesConfirmed',
  'POST /manage/account/webauthn-provision/options': 'forScript signedInUngated csrf addressVerified codesConfirmed stepUp',
  'POST /manage/account/webauthn-provision': 'signedInUngated csrf addressVerified codesConfirmed stepUp',
  'POST /manage/account/webauthn-provision/delete': 'signedInUngated csrf stepUp',
  // people who are not logged in
  'GET /account/register/': 'visitor',
  'POST /account/register/': 'visitor csrf',
  'GET /account/verify-email/': 'noReferrer visitor anybody',
  'POST /account/verify-email/': 'noReferrer visitor anybody csrf',
  'GET /account/login/': 'visitor',
  'POST /account/login/': 'visitor csrf',
  'GET /account/two-factor/': 'startedLogin',
  'POST /account/two-factor/options': 'forScript startedLogin csrf',
  'POST /account/two-factor/': 'startedLogin csrf',
  'GET /account/recovery-code/': 'startedLogin',
  'POST /account/recovery-code/': 'startedLogin csrf',
  // public pages
  'GET /': 'anybody',
  'GET /project/:name/': 'anybody',
  'GET /project/:name/:version/': 'anybody',
  'GET /help/': 'anybody',
  'GET /assets/*': '',
  'GET /favicon.ico': '',
  'GET /robots.txt': '',
  // operators
  'GET /_health/': '',
  'GET /_health/ready': '',
}

test('every route has the guards of the reviewed table', async () => {
  await using app = await testApp()
  const found: Record<string, string> = {}
  for (const { method, path, handler } of app.routes.routes) {
    if (method === 'ALL') continue
    const route = `${method} ${path}`
    found[route] = `${found[route] ?? ''} ${handler.name}`.trim()
  }
  assert.deepEqual(found, reviewed)
})

test('the version is that of package.json', async () => {
  assert.equal(version, JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')).version)
})

const routesLike = (method: string, guards: RegExp): string[] =>
  Object.entries(reviewed).flatMap(([route, names]) =>
    route.startsWith(`${method} `) && guards.test(names) ? [route.slice(method.length + 1)] : [],
  )

/** A path with something in place of its parameters. */
const filled = (path: string): string => path.replace(':name', 'demo').replace(':id', 'none')

test('the gate: every managing page sends those who miss something to it, with the way back', async () => {
  await using app = await testApp()
  const states: [options: PersonOptions, page: string][] = [
    [{ verified: false, totp: false }, '/manage/unverified-account/'],
    [{ totp: false }, '/manage/account/two-factor/'],
    [{ method: 'recovery_code' }, '/manage/account/two-factor/'],
    [{ method: 'password', totp: true }, '/account/login/'],
  ]
  for (const [n, [options, page]] of states.entries()) {
    const person = await app.person(`person${n}`, options)
    for (const path of routesLike('GET', /\bsignedIn\b/).map(filled)) {
      const { status, location } = await person.get(path)
      assert.deepEqual([status, location], [303, `${page}?${new URLSearchParams({ next: path })}`], `${n} ${path}`)
    }
    for (const path of routesLike('POST', /\bsignedIn\b/).map(filled)) {
      assert.equal((await person.post(path)).location?.split('?')[0], page, `${n} POST ${path}`)
    }
    if (page !== '/account/login/')
      assert.match((await person.get(`${page}?next=%2Fmanage%2Fprojects%2F`)).text, /class="flash error" role="alert"/)
  }
})

test('T93: each form of somebody logged in wants a token of this session and a page of ours', async () => {
  await using app = await testApp()
  const [mona, nils] = [await app.person('mona'), await app.person('nils')]
  await mona.get('/manage/account/')
  await nils.get('/manage/account/')
  const session = { cookie: `__Host-wk_s=${mona.cookies.get('__Host-wk_s')}` }
  const ours = { 'sec-fetch-site': 'same-origin' }
  const token = { 'x-csrf-token': mona.token() }
  const bad: Record<string, Record<string, string>> = {
    'no token': ours,
    nonsense: { ...ours, 'x-csrf-token': 'x' },
    'somebody else’s token': { ...ours, 'x-csrf-token': nils.token() },
    'from another site': { ...token, 'sec-fetch-site': 'cross-site', origin: site },
    'from a neighbour': { ...token, 'sec-fetch-site': 'same-site' },
    typed: { ...token, 'sec-fetch-site': 'none' },
    'older browser, another origin': { ...token, origin: 'https://evil.example' },
    'older browser, origin null': { ...token, origin: 'null' },
    'neither header': token,
  }
  for (const path of routesLike('POST', /\bsignedIn(Ungated)? csrf/).map(filled)) {
    for (const [name, headers] of Object.entries(bad)) {
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      const answer = await app.request(path, { method: 'POST', headers: { ...session, ...form, ...headers } })
      assert.equal(answer.status, 403, `${path}: ${name}`)
      assert.match(await answer.text(), /This form has become too old/, `${path}: ${name}`)
    }
    if (path === '/account/logout/') continue // the right one would end the session
    const good = await app.request(path, { method: 'POST', headers: { ...session, ...token, origin: site } })
    assert.doesNotMatch(await good.text(), /This form has become too old/, `${path}: an older browser with our origin`)
  }
})

test('T94, T102: headers on every answer, refusals and bugs too; nothing personal is kept by caches', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  const answers = [
    await mona.get('/manage/account/'),
    await mona.get('/nothing'),
    await mona.post('/manage/account/password'),
    await mona.get('/manage/account/x.css'),
    await mona.get('/'),
  ]
  await app.db.schema.alterTable('api_tokens').renameTo('away').execute()
  answers.push(await mona.get('/manage/account/token/'))
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 404, 400, 404, 200, 500],
  )
  for (const { headers } of answers) {
    assert.match(
      headers.get('content-security-policy') ?? '',
      /^default-src 'none'; script-src 'self'; .*require-trusted-types-for 'script'.*upgrade-insecure-requests$/,
    )
    assert.match(headers.get('strict-transport-security') ?? '', /^max-age=63072000/)
    assert.deepEqual(
      ['cache-control', 'x-content-type-options', 'cross-origin-opener-policy'].map((name) => headers.get(name)),
      ['no-store', 'nosniff', 'same-origin'],
    )
  }
  assert.doesNotMatch(answers.at(-1)?.text ?? '', /away|SQL|at .*\.ts/)
  assert.equal(app.takeBugs().length, 1)
})

test('T116: an API token is no session: it opens no page and changes nothing but what it may upload to', async () => {
  await using app = await testApp()
  const { token } = await newUploader(app, await app.person('mona'))
  const before = await app.events()
  const ours = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
  for (const authorization of [`Bearer ${token}`, `Basic ${Buffer.from(`__token__:${token}`).toString('base64')}`]) {
    for (const path of routesLike('GET', /\bsignedIn(Ungated)?\b/).map(filled)) {
      const { status, headers } = await app.request(path, { headers: { authorization, cookie: `__Host-wk_s=${token}` } })
      assert.deepEqual([status, headers.get('location')?.split('?')[0]], [303, '/account/login/'], path)
    }
    for (const path of routesLike('POST', /\bsignedIn(Ungated)?\b/).map(filled)) {
      const { status, headers } = await app.request(path, { method: 'POST', headers: { ...ours, authorization } })
      if (status !== 403) assert.deepEqual([status, headers.get('location')?.split('?')[0]], [303, '/account/login/'], path)
    }
  }
  assert.deepEqual(await app.events(), before)
})

test('T108: NUL in an address, and acts that are none, get an answer and break nothing', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  for (const path of [
    '/account/reauthenticate/kept?form=%00&act=sensitive',
    '/project/%00/',
    '/packages/aa/bb/c/%00',
    '/simple/?format=%00',
  ])
    assert.equal((await mona.get(path)).status, 404, path)
  assert.equal((await mona.submit('/manage/account/token/', {}, '/manage/account/token/%00/revoke')).status, 404)
  for (const act of [
    'constructor',
    '__proto__',
    'totp:add x',
    'security_key:remove',
    'security_key:remove a b',
    'sensitive\n',
    'toString ',
  ])
    assert.equal((await mona.get(`/account/reauthenticate/?${new URLSearchParams({ act })}`)).status, 404, act)
  for (const act of ['sensitive', 'totp:add', 'security_key:remove A-z_0'])
    assert.equal((await mona.get(`/account/reauthenticate/?${new URLSearchParams({ act })}`)).status, 200, act)
})

test('what browsers and crawlers look for at the root is there', async () => {
  await using app = await testApp()
  for (const [path, type] of [
    ['/favicon.ico', 'image/x-icon'],
    ['/robots.txt', 'text/plain; charset=utf-8'],
  ] as const) {
    const { status, headers } = await app.request(path)
    assert.deepEqual([status, headers.get('content-type'), headers.get('cache-control')], [200, type, 'public, max-age=86400'])
  }
})

test('T210: what isn’t there, and requests that an address doesn’t take', async () => {
  await using app = await testApp()
  for (const path of ['/.git/config', '/.env', '/debug', '/metrics', '/assets/../package.json', '/dist/main.js.map'])
    assert.equal((await app.request(path)).status, 404, path)
  const cases: [method: string, path: string, allow: string][] = [
    ['POST', '/simple/demo/', 'GET, HEAD'],
    ['GET', '/legacy/', 'POST'],
    ['DELETE', '/account/login/', 'GET, HEAD, POST'],
  ]
  for (const [method, path, allow] of cases) {
    const answer = await app.request(path, { method })
    assert.deepEqual([answer.status, answer.headers.get('allow')], [405, allow], `${method} ${path}`)
  }
})

test('a page asked for without its last slash is one redirect away, with its query', async () => {
  await using app = await testApp()
  const cases = { '/help': '/help/', '/account/login?next=%2Fa': '/account/login/?next=%2Fa', '/project/demo': '/project/demo/' }
  for (const [path, location] of Object.entries(cases)) {
    const answer = await app.request(path)
    assert.deepEqual([answer.status, answer.headers.get('location')], [301, location], path)
  }
  for (const path of ['//evil.example', '/project//evil.example', '/nothing']) assert.equal((await app.request(path)).status, 404, path)
})

test('what is refused without a page of its own says what happened, what to do, and the way back', async () => {
  await using app = await testApp()
  const headers = { referer: `${site}/account/login/?next=%2Fhelp%2F`, 'sec-fetch-site': 'same-origin' }
  const answer = await app.request('/account/login/', { method: 'POST', headers, body: new URLSearchParams({ username: 'mona' }) })
  const text = await answer.text()
  assert.match(text, /<h1>This form has become too old, or another site sent it<\/h1><p>Load the page again\.<\/p>/)
  assert.match(text, /<a href="\/account\/login\/\?next=%2Fhelp%2F">Back to the page<\/a>/)
  const missing = await (await app.request('/project/demo/', { headers: { referer: 'https://evil.example/' } })).text()
  assert.match(missing, /<h1>There is no project called &#39;demo&#39; here<\/h1><p>Check its spelling\.<\/p>/)
  assert.doesNotMatch(missing, /evil/)
})

test('a form sent after the session ended: the log-in says that nothing was changed, and leads back to its page', async () => {
  await using app = await testApp()
  const mona = await app.person('mona')
  await mona.get('/manage/account/token/')
  mona.cookies.delete('__Host-wk_s')
  const body = new URLSearchParams({ csrf_token: mona.token(), description: 'CI' })
  const headers = { referer: `${site}/manage/account/token/` }
  const sent = await mona.request('/manage/account/token/', { method: 'POST', headers, body })
  assert.deepEqual([sent.status, sent.location], [303, '/account/login/?next=%2Fmanage%2Faccount%2Ftoken%2F'])
  assert.match((await mona.get(sent.location ?? '')).text, /You were logged out meanwhile, so nothing was changed/)
  const elsewhere = await mona.request('/manage/account/token/', { method: 'POST', headers: { referer: 'https://evil.example/' }, body })
  assert.equal(elsewhere.location, '/account/login/?next=%2Fmanage%2Faccount%2F')
})

test('one host: pages asked for under another name are sent to theirs, changes are refused, machines are served on loopback', async () => {
  await using app = await testApp()
  const ask = (host: string, path: string, method = 'GET') => app.request(path, { method, headers: { host } })
  const sent = await ask('other.example', '/help/?a=1')
  assert.deepEqual([sent.status, sent.headers.get('location')], [308, `${site}/help/?a=1`])
  assert.equal((await ask('other.example', '/account/login/', 'POST')).status, 421)
  assert.equal((await ask('other.example', '/simple/')).status, 308)
  for (const host of ['localhost:8400', '127.0.0.1:8400', '[::1]:8400', 'index.example'])
    assert.equal((await ask(host, '/simple/')).status, 200, host)
})

test('READ_ONLY: every change is refused with a sentence, reading goes on', async () => {
  await using app = await testApp({ READ_ONLY: 'on' })
  const mona = await app.person('mona')
  const refused = await mona.submit('/manage/account/', {}, '/manage/account/password')
  assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '60'])
  assert.match(refused.text, /This index is read-only just now/)
  assert.match((await mona.get('/')).text, /<strong>Read-only just now/)
})
