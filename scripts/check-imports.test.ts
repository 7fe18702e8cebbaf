import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { checkHouse } from './house/check.ts'

type Tree = Readonly<Record<string, string>>

/** A small house in which all is allowed, among it what looks like a fault at first sight. */
const house: Tree = {
  'main.ts': `import { app } from './app.ts'\nimport { routes } from './routes.ts'\n\nawait routes(app(process.env))\n`,
  'app.ts': `export interface App {\n  readonly name: string | undefined\n}\n\nexport const app = (env: NodeJS.ProcessEnv): App => ({ name: env.NAME })\n`,
  'routes.ts': `import { Hono } from 'hono'\nimport { keyRoutes } from './features/keys/routes.tsx'\n\nexport const routes = () => new Hono().route('/', keyRoutes)\n`,
  'lib/time.ts': `import { isIP } from 'node:net'\n\nexport const day = (text: string) => isIP(text)\n`,
  'lib/words.ts': `// at import time process.env is not read\nexport const words = \`export default \${'any: any'} .selectFrom( \${\`\nrun()\`}\`\n`,
  'db/database.ts': `import { sql } from 'kysely'\nimport { day } from '../lib/time.ts'\n\nexport const one = () => sql(day(''))\n`,
  'http/context.ts': `import type { Context } from 'hono'\n\nexport type Ctx = Context\n`,
  'ui/page.tsx': `import { raw } from 'hono/html'\n\nexport const Page = () => <p>It isn't any: {raw('')} don't</p>\n`,
  'features/keys/keys.ts': `import { user } from '../users/users.ts'\nimport { rows } from './queries.ts'\n\nexport const keys = () => [user, rows]\n`,
  'features/keys/queries.ts': `export type Key = string\nexport const rows = (db: Db) => db.selectFrom('keys')\n`,
  'features/keys/routes.tsx': `import { Hono } from 'hono'\nimport type { Ctx } from '../../http/context.ts'\nimport { signedIn } from '../users/guards.ts'\nimport { keys } from './keys.ts'\nimport { View } from './views.tsx'\n\nexport const keyRoutes = new Hono().get('/', signedIn, (_: Ctx) => [keys, View])\n`,
  'features/keys/views.tsx': `import { Page } from '../../ui/page.tsx'\nimport type { User } from '../users/queries.ts'\nimport { type Key } from './queries.ts'\n\nexport const View = (key: Key, user: User) => [Page, key, user]\n`,
  'features/users/users.ts': `export const user = 1\n`,
  'features/users/queries.ts': `export type User = string\nexport const find = 1\n`,
  'features/users/guards.ts': `import type { Ctx } from '../../http/context.ts'\n\nexport const signedIn = (_: Ctx) => true\n`,
  'features/users/users.test.ts': `import '../keys/views.tsx'\n\nrun()\n`,
  'features/users/hash-worker.ts': `import { serve } from '../../workers/pool.ts'\n\nserve()\n`,
  'testing/app.ts': `import { app } from '../app.ts'\n\nexport const testApp = () => app(process.env)\n`,
}

/** Builds the house with this tree added, below a new folder, and looks at it. */
function inHouse<Seen>(tree: Tree, look: (folder: string) => Seen): Seen {
  const folder = mkdtempSync(join(tmpdir(), 'house-'))
  try {
    for (const [path, text] of Object.entries({ ...house, ...tree })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    return look(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const faultsOf = (tree: Tree) => inHouse(tree, checkHouse).faults.map(({ path, line, says }) => `${path}:${line} ${says}`)

const imports = (specifier: string, clause = '{ x }') => `import ${clause} from '${specifier}'\n\nexport const it = x\n`
const functionOf = (lines: number) => `export function long() {\n${'  one()\n'.repeat(lines - 2)}}\n`

const faults: readonly [path: string, text: string, fault: string][] = [
  ['lib/a.ts', imports('../app.ts'), '1 imports ../app.ts: lib/ imports nothing of ours outside lib/'],
  ['lib/a.ts', imports('../app.ts', 'type { x }'), '1 imports ../app.ts: lib/ imports nothing of ours outside lib/'],
  ['lib/a.ts', imports('node:fs/promises'), '1 imports node:fs/promises: lib/ is pure: no input, no output'],
  ...['audit', 'mail', 'queue', 'files', 'http', 'keys', 'workers'].map((room): [string, string, string] => [
    `${room}/a.ts`,
    imports('../features/users/users.ts'),
    '1 imports ../features/users/users.ts: features stand above this folder',
  ]),
  ['db/a.ts', imports('../audit/b.ts'), '1 imports ../audit/b.ts: db/ imports lib/ and files of src/ itself only'],
  [
    'mail/a.ts',
    imports('../ui/page.tsx'),
    '1 imports ../ui/page.tsx: audit, mail, queue, files and keys know nothing of pages and requests',
  ],
  ['ui/a.tsx', imports('../db/database.ts'), '1 imports ../db/database.ts: ui/ imports ui/ and lib/ only'],
  ['browser/a.ts', imports('../lib/time.ts'), '1 imports ../lib/time.ts: browser/ imports browser/ only'],
  ['queue/a.ts', imports('../jobs.ts'), '1 imports ../jobs.ts: main, routes and jobs stand above everything'],
  ['features/users/a.ts', imports('./hash-worker.ts'), '1 imports ./hash-worker.ts: the file of a worker thread is started, not imported'],
  ['open.ts', imports('./testing/app.ts'), '1 imports ./testing/app.ts: testing/ is for tests'],
  ['open.ts', imports('./browser/a.ts'), '1 imports ./browser/a.ts: modules of the page are served, not imported'],
  [
    'features/users/views.tsx',
    imports('./queries.ts'),
    '1 imports ./queries.ts: views are pure functions of props: only types of queries and db',
  ],
  ...['routes.tsx', 'views.tsx', 'queries.ts', 'mail.ts'].map((file): [string, string, string] => [
    'features/users/a.ts',
    imports(`../keys/${file}`, '{ type y, x }'),
    `1 imports ../keys/${file}: of another feature only the domain file, guards.ts and types of queries.ts`,
  ]),
  ['features/users/a.ts', imports('./guards.ts'), '1 imports ./guards.ts: guards are for routes and other guards'],
  [
    'open.ts',
    imports('./features/users/queries.ts'),
    '1 imports ./features/users/queries.ts: from outside its folder, only src/routes.ts imports routes of a feature, and nobody its views or queries',
  ],
  ['features/users/a.ts', imports('hono', 'type { Context }'), "1 imports hono: only routes, guards and http/ see the framework's context"],
  ['features/users/a.ts', imports('hono/cookie'), "1 imports hono/cookie: only routes, guards and http/ see the framework's context"],
  ['open.ts', imports('./http/context.ts'), "1 imports ./http/context.ts: only routes, guards and http/ see the framework's context"],
  ['features/users/a.ts', imports('kysely', '{ sql }'), '1 imports kysely: only queries.ts, db, audit and queue build SQL'],
  ...['selectFrom', 'insertInto', 'updateTable', 'deleteFrom'].map((verb): [string, string, string] => [
    'features/users/a.ts',
    `export const it = (db: Db) =>\n  db\n    .${verb}('users')\n`,
    '3 only queries.ts, db, audit and queue build SQL',
  ]),
  ['config.ts', `export const it = () => process.env.HOME\n`, '1 only main.ts reads the environment'],
  ['config.ts', `export const it = () => \`\${process.env.HOME}\`\n`, '1 only main.ts reads the environment'],
  ['config.ts', imports('node:process', '{ env }'), '1 imports node:process: only main.ts reads the environment'],
  ['lib/a.ts', `export default 1\n`, '1 no default exports'],
  ['lib/a.ts', `const x = 1\nexport { x as default }\n`, '2 no default exports'],
  ['lib/index.ts', `export const x = 1\n`, '1 no barrels'],
  ['lib/a.ts', `export { day } from './time.ts'\nexport type { X } from './x.ts'\n`, '1 no barrels'],
  ['lib/a.ts', `import { day } from './time.ts'\n\nexport { day }\n`, '1 no barrels'],
  ['lib/a.ts', `export * from './time.ts'\nexport const x = 1\n`, '1 no barrels'],
  ['lib/a.ts', `export const x = (y: any) => y\n`, '1 no any'],
  ['lib/a.ts', `export const x = (y: string) => y as any\n`, '1 no any'],
  ['lib/a.ts', `export type X = Map<string, any>\n`, '1 no any'],
  ['lib/a.ts', imports('#lib/time'), '1 imports #lib/time: no path aliases'],
  ['lib/a.ts', `export const x = new Map()\n\nx.set('a', 1)\n`, '3 nothing runs on import'],
  ['lib/a.ts', `export const x = 1\nif (x) {\n  run()\n}\n`, '2 nothing runs on import'],
  ['lib/a.ts', functionOf(61), '1 a function of 61 lines; 60 are the most'],
  ['lib/a.ts', `export const x = 1\n`.repeat(301), '1 a file of 301 lines; 300 are the most'],
]

for (const [path, text, fault] of faults) {
  test(`found: ${path}: ${fault}`, () => assert.deepEqual(faultsOf({ [path]: text }), [`${path}:${fault}`]))
}

test('a ring of imports is found, types included, and told whole', () => {
  const ring = { 'lib/a.ts': imports('./b.ts'), 'lib/b.ts': imports('./c.ts', 'type { x }'), 'lib/c.ts': imports('./a.ts') }
  assert.deepEqual(faultsOf(ring), ['lib/c.ts:1 a cycle: lib/a.ts → lib/b.ts → lib/c.ts → lib/a.ts'])
})

test('a house in order has no fault, up to the largest sizes', () => {
  const { faults, sizes } = inHouse({ 'lib/a.ts': functionOf(60), 'lib/b.ts': `export const x = 1\n`.repeat(300) }, checkHouse)
  assert.deepEqual(faults, [])
  assert.deepEqual(sizes, ['18 files: lines p50 3, p90 7, max 300 (lib/b.ts:1)', '10 functions: lines p50 1, p90 1, max 60 (lib/a.ts:1)'])
})

test('functions of every shape are measured from their first line to their last', () => {
  const shapes = `
export async function plain(
  a: string,
): Promise<void> {
  await a
}

export const arrow = async (a: string): Promise<string> =>
  await a

export const block = ({ a }: { a: string }) => {
  for (const b of a) {
    use(b)
  }
  return a.map((c) => {
    return c
  })
}

export const object = {
  async method(a: string): Promise<void> {
    await a
  },
}
`
  const empty = Object.fromEntries(Object.keys(house).map((path) => [path, '']))
  const { sizes } = inHouse({ ...empty, 'lib/a.ts': shapes }, checkHouse)
  assert.equal(sizes[1], '5 functions: lines p50 3, p90 5, max 8 (lib/a.ts:11)')
})

test('a template string without an end stops the check', () => {
  assert.throws(() => faultsOf({ 'lib/a.ts': 'export const x = `' }), /lib\/a\.ts: a template string does not end/)
})

test('the command prints faults and sizes, and fails if there is a fault', () => {
  const script = fileURLToPath(new URL('check-imports.ts', import.meta.url))
  const run = (tree: Tree) =>
    inHouse(tree, (folder) => {
      const { status, stdout } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' })
      return { status, lines: stdout.split('\n').length, fault: stdout.includes('/lib/a.ts:1 no default exports\n') }
    })
  assert.deepEqual(run({}), { status: 0, lines: 3, fault: false })
  assert.deepEqual(run({ 'lib/a.ts': 'export default 1\n' }), { status: 1, lines: 4, fault: true })
})
