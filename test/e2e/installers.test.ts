import assert from 'node:assert/strict'
import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { selfSigned } from '../../src/testing/certificate.ts'
import { newPublisher } from './publisher.ts'
import { build, done, openTools, type Source, type Tools, writeSource } from './python.ts'
import { newPlace, openThings, type Place, type Server, serve } from './server.ts'

let place: Place
let server: Server
let tools: Tools

/** Two projects: a plain one with a release for a Python of the future, and one that needs it, more of it with an extra. */
const sources: Source[] = [
  {
    name: 'wheelbarrow',
    version: '1.0',
    backend: 'hatchling',
    project: 'requires-python = ">=3.8"\noptional-dependencies = { tyres = [] }',
  },
  {
    name: 'wheelbarrow',
    version: '1.10',
    backend: 'hatchling',
    project: 'requires-python = ">=3.8"\noptional-dependencies = { tyres = [] }',
  },
  { name: 'wheelbarrow', version: '2.0', backend: 'hatchling', project: 'requires-python = ">=3.99"' },
  { name: 'tyre', version: '3.1', backend: 'flit_core' },
  {
    name: 'Wheel.Wright',
    version: '0.5',
    backend: 'hatchling',
    project:
      'requires-python = ">=3.8"\ndependencies = ["wheelbarrow[tyres]>=1.0"]\noptional-dependencies = { Round-Things = ["tyre~=3.0"] }',
    tables: '[tool.hatch.build.targets.wheel]\npackages = ["Wheel.Wright"]',
  },
]

const { closing, closeAll } = openThings()
before(async () => {
  place = await newPlace()
  closing(place.remove)
  server = await serve(place)
  closing(() => server.stop())
  tools = openTools(place.folder)
  const { token } = await newPublisher(place, 'mona')
  const roots = await Promise.all(sources.map((source) => writeSource(place.folder, source)))
  for (const root of roots) {
    const files = await build(tools, root)
    done(
      await tools.run('uv', [
        'publish',
        '--trusted-publishing',
        'never',
        '--publish-url',
        `${place.site}/legacy/`,
        '--token',
        token,
        ...files,
      ]),
    )
  }
})
after(closeAll)

const index = (): string[] => ['--index-url', `${place.site}/simple/`]
/** pip keeps copies of what came over plain http only from hosts that it was told to trust. */
const trusted = ['--trusted-host', 'localhost']
const newFolder = (): Promise<string> => mkdtemp(join(place.folder, 'target-'))

const asked = (act: () => Promise<unknown>): Promise<string[]> => server.asked(act)

const pips = ['pip', 'old pip']

for (const pip of pips) {
  test(`${pip} installs a project with its dependency and its extra, and no release for another Python`, async () => {
    const target = await newFolder()
    done(await tools.run(pip, ['install', ...index(), '--target', target, 'wheel-wright[round-things]']))
    const found = (await readdir(target)).filter((name) => name.endsWith('.dist-info')).sort()
    assert.deepEqual(found, ['tyre-3.1.dist-info', 'wheel_wright-0.5.dist-info', 'wheelbarrow-1.10.dist-info'])
    const said = done(await tools.run('python', ['-c', 'import wheelbarrow; print(wheelbarrow.version)'], { PYTHONPATH: target }))
    assert.equal(said, '1.10\n')
  })

  test(`${pip} names the versions of a project in their order`, async () => {
    const out = done(await tools.run(pip, ['index', 'versions', ...index(), 'wheelbarrow']))
    assert.match(out, /Available versions: 1\.10, 1\.0$/m)
  })

  test(`${pip} downloads again what it has, asking only whether it changed`, async () => {
    const download = async (): Promise<void> =>
      void done(await tools.run(pip, ['download', ...index(), ...trusted, '--dest', await newFolder(), 'wheelbarrow==1.0']))
    const first = await asked(download)
    assert.ok(first.includes('GET /simple/wheelbarrow/ 200'), first.join('\n'))
    assert.deepEqual(await asked(download), ['GET /simple/wheelbarrow/ 304'])
  })

  test(`${pip} reads the page as HTML`, async () => {
    const page = `${place.site}/simple/tyre/?format=application/vnd.pypi.simple.v1%2Bhtml`
    const target = await newFolder()
    const requests = await asked(async () =>
      done(await tools.run(pip, ['download', '--no-index', '--find-links', page, '--dest', target, 'tyre'])),
    )
    assert.ok(requests.includes('GET /simple/tyre/ 200'), requests.join('\n'))
    assert.deepEqual(await readdir(target), ['tyre-3.1-py2.py3-none-any.whl'])
  })
}

test('pip builds the source distribution too, with what is at hand', async () => {
  const target = await newFolder()
  const words = ['install', ...index(), '--target', target, '--no-binary', ':all:', '--no-build-isolation', 'tyre']
  done(await tools.run('pip', words))
  assert.ok((await readdir(target)).includes('tyre-3.1.dist-info'))
})

test('pip reads the metadata beside a wheel before it fetches the wheel', async () => {
  const words = ['install', '--dry-run', '--ignore-installed', ...index(), '--target', await newFolder(), 'wheel-wright']
  const requests = await asked(async () => done(await tools.run('pip', words)))
  const metadata = requests.filter((line) => line.endsWith('.whl.metadata 200'))
  assert.equal(metadata.length, 2, requests.join('\n'))
})

test('pip finds the index under the other names of this machine too', async () => {
  const out = done(await tools.run('pip', ['index', 'versions', '--index-url', `http://127.0.0.1:${place.port}/simple/`, 'tyre']))
  assert.match(out, /Available versions: 3\.1$/m)
})

test('pip says that there is no such project, and asks nobody else', async () => {
  const requests = await asked(async () => {
    const { code, said } = await tools.run('pip', ['download', ...index(), 'wheelhouse'])
    assert.equal(code, 1)
    assert.match(said, /No matching distribution found for wheelhouse/)
  })
  assert.deepEqual(requests, ['GET /simple/wheelhouse/ 404'])
})

test('uv installs a project with its dependency and its extra, and no release for another Python', async () => {
  const target = await newFolder()
  const requests = await asked(async () =>
    done(await tools.run('uv', ['pip', 'install', ...index(), '--target', target, 'wheel.wright[round-things]'])),
  )
  const found = (await readdir(target)).filter((name) => name.endsWith('.dist-info')).sort()
  assert.deepEqual(found, ['tyre-3.1.dist-info', 'wheel_wright-0.5.dist-info', 'wheelbarrow-1.10.dist-info'])
  assert.equal(requests.filter((line) => line.endsWith('.whl.metadata 200')).length, 3, requests.join('\n'))
})

test('uv compiles a lock file with hashes, and asks again only whether the pages changed', async () => {
  const wanted = join(place.folder, 'requirements.in')
  await writeFile(wanted, 'wheel-wright\n')
  const compile = async (): Promise<string> =>
    done(
      await tools.run('uv', ['pip', 'compile', ...index(), '--generate-hashes', '--no-header', wanted], {
        UV_CACHE_DIR: join(place.folder, 'uv'),
      }),
    )
  const first = await compile()
  assert.match(first, /^wheel-wright==0\.5 \\\n {4}--hash=sha256:[0-9a-f]{64}/m)
  assert.match(first, /^wheelbarrow==1\.10 \\/m)
  let second = ''
  const requests = await asked(async () => {
    second = await compile()
  })
  assert.deepEqual(requests.sort(), ['GET /simple/wheel-wright/ 304', 'GET /simple/wheelbarrow/ 304'])
  assert.equal(second, first)
})

test('uv reads the page as HTML', async () => {
  const words = ['pip', 'compile', '--no-index', '--find-links', `${place.site}/simple/tyre/`, '--no-header', '-']
  await writeFile(join(place.folder, 'tyre.in'), 'tyre\n')
  const out = done(await tools.run('uv', [...words.slice(0, -1), join(place.folder, 'tyre.in')]))
  assert.match(out, /^tyre==3\.1$/m)
})

test('over https with a certificate of its own, pip installs what was published over http', async () => {
  await server.stop()
  const [cert, key] = [join(place.folder, 'cert.pem'), join(place.folder, 'key.pem')]
  const pair = selfSigned('localhost')
  await Promise.all([writeFile(cert, pair.cert), writeFile(key, pair.key)])
  const site = `https://localhost:${place.port}`
  server = await serve(place, { SITE_URL: site, TLS_CERT: cert, TLS_KEY: key })
  const from = ['--index-url', `${site}/simple/`, '--target', await newFolder(), 'tyre']
  done(await tools.run('pip', ['install', '--cert', cert, ...from]))
})
