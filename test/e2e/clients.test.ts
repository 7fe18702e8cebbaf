import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { caveatText } from '../../src/lib/caveats.ts'
import { attenuate, decode, encode } from '../../src/lib/macaroon.ts'
import { formatToken, parseToken } from '../../src/lib/token-text.ts'
import { newPublisher, password } from './publisher.ts'
import { build, done, openTools, type Source, type Tools, writeSource } from './python.ts'
import type { Outcome } from './run.ts'
import { newPlace, openThings, type Place, type Server, serve } from './server.ts'

let place: Place
let server: Server
let tools: Tools
let token: string

const { closing, closeAll } = openThings()
before(async () => {
  place = await newPlace()
  closing(place.remove)
  server = await serve(place)
  closing(() => server.stop())
  tools = openTools(place.folder)
  token = (await newPublisher(place, 'mona')).token
})
after(closeAll)

/** The project that everything here is about; each client publishes a version of its own. */
const barrow = (version: string, more: Partial<Source> = {}): Source => ({
  name: 'wheelbarrow',
  version,
  backend: 'hatchling',
  project: 'requires-python = ">=3.8"\noptional-dependencies = { tyres = [] }',
  ...more,
})

/** Debian's twine knows metadata up to 2.2. */
const oldMetadata =
  '[tool.hatch.build.targets.wheel]\ncore-metadata-version = "2.1"\n[tool.hatch.build.targets.sdist]\ncore-metadata-version = "2.1"'

const built = async (source: Source): Promise<string[]> => build(tools, await writeSource(place.folder, source))

/** What each client does to publish files with this user name and secret. */
const uploaders: Record<string, (files: string[], secret?: string, username?: string) => Promise<Outcome>> = {
  twine: (files, secret = token, username = '__token__') =>
    tools.run('twine', ['upload', '--non-interactive', '--disable-progress-bar', ...files], twineSettings(username, secret)),
  'old twine': (files, secret = token, username = '__token__') =>
    tools.run('old twine', ['upload', '--non-interactive', '--disable-progress-bar', ...files], twineSettings(username, secret)),
  uv: (files, secret = token, username = '__token__') =>
    tools.run('uv', ['publish', '--trusted-publishing', 'never', '--publish-url', `${place.site}/legacy/`, ...files], {
      UV_PUBLISH_USERNAME: username,
      UV_PUBLISH_PASSWORD: secret,
    }),
  hatch: (files, secret = token, username = '__token__') =>
    tools.run('hatch', ['publish', '--no-prompt', '--repo', `${place.site}/legacy/`, '--user', username, '--auth', secret, ...files]),
}

const twineSettings = (username: string, secret: string): Record<string, string> => ({
  TWINE_REPOSITORY_URL: `${place.site}/legacy/`,
  TWINE_USERNAME: username,
  TWINE_PASSWORD: secret,
})

/** flit builds what it publishes, so it wants the source. */
const flitPublish = (root: string, secret = token): Promise<Outcome> =>
  tools.run(
    'flit',
    ['publish', '--no-use-vcs'],
    { FLIT_INDEX_URL: `${place.site}/legacy/`, FLIT_USERNAME: '__token__', FLIT_PASSWORD: secret },
    root,
  )

/** The token, narrowed offline, as its holder may do without asking the index. */
function narrowed(caveat: Parameters<typeof caveatText>[0]): string {
  const { kind, macaroon } = parseToken(token) ?? assert.fail('the page showed no token')
  const narrower = attenuate(decode(macaroon) ?? assert.fail('no macaroon'), [caveatText(caveat)])
  return formatToken(kind, encode(narrower ?? assert.fail('too narrow')))
}

const versions: Record<string, string> = { twine: '1.0', 'old twine': '1.1', uv: '1.2', hatch: '1.3' }
const indexUrl = (): string => `${place.site}/simple/`

/** What the index was sent while that ran to a good end. */
const sent = async (publish: () => Promise<Outcome>): Promise<string[]> => {
  const requests = await server.asked(async () => done(await publish()))
  return requests.filter((line) => line.startsWith('POST'))
}

for (const [client, publish] of Object.entries(uploaders)) {
  const version = versions[client] ?? ''
  const tables = client === 'old twine' ? oldMetadata : ''

  test(`${client} publishes a wheel and a source distribution, the same again without complaint, and is told why other bytes are refused`, async () => {
    const files = await built(barrow(version, { tables }))
    assert.deepEqual(await sent(() => publish(files)), ['POST /legacy/ 200', 'POST /legacy/ 200'])
    done(await publish(files))
    const others = await built(barrow(version, { tables, says: 'Other bytes under the same names' }))
    const { code, said } = await publish(others)
    assert.notEqual(code, 0, said)
    assert.match(said, /File already exists: wheelbarrow-/)
  })

  test(`${client} shows why a token or a password is refused`, async () => {
    const files = await built(barrow('9.0', { tables }))
    const refused = async (secret: string, username: string, sentence: string): Promise<void> => {
      const { code, said } = await publish(files, secret, username)
      assert.notEqual(code, 0, said)
      assert.ok(said.replaceAll('’', "'").includes(sentence), said)
    }
    const wrong = token.replace(/.{6}$/, '000000')
    await refused(wrong, '__token__', 'This API token is none of ours, was revoked, or has ended.')
    await refused(password, 'mona', 'User name and password no longer upload.')
    await refused(narrowed(['nbf', 4_000_000_000]), '__token__', "This API token isn't valid yet.")
  })
}

test('flit publishes what it builds, and shows why a token is refused', async () => {
  const root = await writeSource(place.folder, barrow('1.4', { backend: 'flit_core' }))
  const { code, said } = await flitPublish(root, token.replace(/.{6}$/, '000000'))
  assert.notEqual(code, 0, said)
  assert.match(said.replaceAll('’', "'"), /This API token is none of ours/)
  done(await flitPublish(root))
})

test('uv publish --check-url leaves out what is published, and finds other bytes before it sends them', async () => {
  const check = ['--check-url', indexUrl(), '--publish-url', `${place.site}/legacy/`, '--trusted-publishing', 'never', '--token', token]
  const files = await built(barrow('1.5'))
  done(await tools.run('uv', ['publish', ...check, ...files]))
  assert.deepEqual(await sent(() => tools.run('uv', ['publish', ...check, ...files])), [])
  const others = await built(barrow('1.5', { says: 'Other bytes' }))
  const { code, said } = await tools.run('uv', ['publish', ...check, ...others])
  assert.notEqual(code, 0, said)
  assert.match(said, /do not match/)
})
