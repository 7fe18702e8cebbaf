import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Outcome, run } from './run.ts'

/** Nothing listens there: whatever asks for more than the index of the test fails at once. */
const nowhere = 'http://127.0.0.1:9'

/** Python's tools with a home of their own in `folder`: their caches lie there, and no settings of this machine reach them. */
export function openTools(folder: string) {
  const python = process.env.WHEELKEEP_TEST_PYTHON
  assert.ok(python, 'WHEELKEEP_TEST_PYTHON is not set: run scripts/test, or load .test/env')
  const bin = dirname(python)
  const home = join(folder, 'home')
  const env = {
    PATH: `${bin}:/usr/bin:/bin`,
    HOME: home,
    TMPDIR: folder,
    LANG: 'C.UTF-8',
    COLUMNS: '1000', // else their sentences are broken into lines
    NO_COLOR: '1',
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    NO_PROXY: 'localhost,127.0.0.1',
    PIP_CONFIG_FILE: '/dev/null',
    PIP_CACHE_DIR: join(home, 'pip'),
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    PIP_NO_INPUT: '1',
    PIP_ROOT_USER_ACTION: 'ignore',
    UV_NO_CONFIG: '1',
    UV_CACHE_DIR: join(home, 'uv'),
    UV_PYTHON: python,
    UV_PYTHON_DOWNLOADS: 'never',
    UV_LINK_MODE: 'copy',
    PYTHON_KEYRING_BACKEND: 'keyring.backends.null.Keyring',
    HATCH_DATA_DIR: join(home, 'hatch'),
  }
  const old = (tool: string): string => process.env[`WHEELKEEP_TEST_OLD_${tool}`] ?? join(bin, tool.toLowerCase())
  const programs: Record<string, string> = { python, 'old pip': old('PIP'), 'old twine': old('TWINE') }
  return {
    /** Runs one of the tools of test/requirements.txt, `python`, or one of Debian's (`old pip`, `old twine`; elsewhere the new ones again). */
    run: (tool: string, words: readonly string[], more: Record<string, string> = {}, cwd = folder): Promise<Outcome> =>
      run(programs[tool] ?? join(bin, tool), words, { ...env, ...more }, cwd),
  }
}

export type Tools = ReturnType<typeof openTools>

/** Fails the test with what the tool said, unless it did what it was asked for. */
export function done({ code, said, out }: Outcome): string {
  assert.equal(code, 0, said)
  return out
}

/** What becomes a project. */
export interface Source {
  readonly name: string
  readonly version: string
  readonly backend: 'hatchling' | 'flit_core'
  /** More lines of `[project]`, and tables behind it. */
  readonly project?: string
  readonly tables?: string
  /** What the module says: other text makes other bytes under the same file names. */
  readonly says?: string
}

/** Writes the source into a folder of its own, and hands that back. */
export async function writeSource(
  folder: string,
  { name, version, backend, project = '', tables = '', says = '' }: Source,
): Promise<string> {
  const root = await mkdtemp(join(folder, `${name}-`))
  const module = name.replaceAll('-', '_')
  const api = backend === 'hatchling' ? 'hatchling.build' : 'flit_core.buildapi'
  await mkdir(join(root, module))
  await writeFile(
    join(root, 'pyproject.toml'),
    `[build-system]
requires = ["${backend}"]
build-backend = "${api}"

[project]
name = "${name}"
version = "${version}"
description = "The module ${module}, made by a test"
readme = "README.md"
license = "MIT"
license-files = ["LICENSE"]
keywords = ["wheels", "keeping"]
classifiers = ["Programming Language :: Python :: 3"]
${project}
${tables}
`,
  )
  await writeFile(join(root, 'README.md'), `# ${name}\n\nCarries *one* load.\n\n| load | weight |\n|---|---|\n| sand | 90 kg |\n`)
  await writeFile(join(root, 'LICENSE'), 'Do as you like.\n')
  await writeFile(join(root, module, '__init__.py'), `"""${says || module}"""\n\nversion = "${version}"\n`)
  return root
}

/** Builds wheel and source distribution with the backends at hand, and hands back their paths. */
export async function build(tools: Tools, root: string): Promise<string[]> {
  done(await tools.run('python', ['-m', 'build', '--no-isolation', root]))
  const dist = join(root, 'dist')
  return (await readdir(dist)).map((name) => join(dist, name))
}
