import { type Import, lineAt, type Source } from './source.ts'

/** A sentence about one line of one file. */
export interface Fault {
  readonly path: string
  readonly line: number
  readonly says: string
}

/** Everything in these sources that the house does not allow: directions, cycles and the rules of ARCHITECTURE.md that Biome does not know. */
export const faults = (sources: readonly Source[]): Fault[] => [
  ...sources.flatMap((source) => source.imports.flatMap((found) => importFaults(source, found))),
  ...sources.flatMap(codeFaults),
  ...cycles(sources),
]

interface Place {
  readonly path: string
  /** The folder below src/; `top` for files directly in it. */
  readonly room: string
  /** The folder below features/. */
  readonly feature: string | undefined
  /** The file name without its extension. */
  readonly name: string
}

function place(path: string): Place {
  const [room = '', feature] = path.split('/')
  const name = path.replace(/^.*\//, '').replace(/\.tsx?$/, '')
  return { path, room: path.includes('/') ? room : 'top', feature: room === 'features' ? feature : undefined, name }
}

type ImportRule = { readonly says: string; readonly broken: (from: Place, to: Place | undefined, found: Import) => boolean }

const base = ['db', 'audit', 'mail', 'queue', 'files', 'http', 'ui', 'keys', 'workers']
const isTable = (to: Place) => to.room === 'top' && ['main', 'routes', 'jobs'].includes(to.name)
const isRoutes = (it: Place) => it.name === 'routes' && (it.room === 'features' || it.room === 'top')
const seesContext = (it: Place) =>
  isRoutes(it) || (it.room === 'features' && it.name === 'guards') || it.room === 'http' || it.room === 'testing'
const buildsSql = (it: Place) => ['db', 'audit', 'queue', 'testing'].includes(it.room) || (it.room === 'features' && it.name === 'queries')
const isDoor = (to: Place) => to.name === to.feature
const isWorker = (it: Place) => it.name.endsWith('-worker')
const onlyTypes = (found: Import) => found.values.length === 0

const importRules: readonly ImportRule[] = [
  { says: 'lib/ imports nothing of ours outside lib/', broken: (from, to) => from.room === 'lib' && to !== undefined && to.room !== 'lib' },
  {
    says: 'lib/ is pure: no input, no output',
    broken: (from, _, { specifier }) =>
      from.room === 'lib' && /^(?:node:)?(?:fs|http|https|http2|tls|dgram|dns|child_process|worker_threads|process)\b/.test(specifier),
  },
  { says: 'features stand above this folder', broken: (from, to) => base.includes(from.room) && to?.room === 'features' },
  {
    says: 'db/ imports lib/ and files of src/ itself only',
    broken: (from, to) => from.room === 'db' && to !== undefined && !['db', 'lib', 'top'].includes(to.room),
  },
  {
    says: 'audit, mail, queue, files and keys know nothing of pages and requests',
    broken: (from, to) => ['audit', 'mail', 'queue', 'files', 'keys'].includes(from.room) && (to?.room === 'http' || to?.room === 'ui'),
  },
  {
    says: 'ui/ imports ui/ and lib/ only',
    broken: (from, to) => from.room === 'ui' && to !== undefined && !['ui', 'lib'].includes(to.room),
  },
  { says: 'browser/ imports browser/ only', broken: (from, to) => from.room === 'browser' && to !== undefined && to.room !== 'browser' },
  { says: 'modules of the page are served, not imported', broken: (from, to) => from.room !== 'browser' && to?.room === 'browser' },
  {
    says: 'main, routes and jobs stand above everything',
    broken: (from, to) => !['top', 'testing'].includes(from.room) && to !== undefined && isTable(to),
  },
  { says: 'the file of a worker thread is started, not imported', broken: (_, to) => to !== undefined && isWorker(to) },
  { says: 'testing/ is for tests', broken: (from, to) => from.room !== 'testing' && to?.room === 'testing' },
  {
    says: 'views are pure functions of props: only types of queries and db',
    broken: (from, to, found) =>
      from.room === 'features' && from.name === 'views' && (to?.name === 'queries' || to?.room === 'db') && !onlyTypes(found),
  },
  {
    says: 'of another feature only the domain file, guards.ts and types of queries.ts',
    broken: (from, to, found) =>
      from.room === 'features' &&
      to?.feature !== undefined &&
      to.feature !== from.feature &&
      !isDoor(to) &&
      to.name !== 'guards' &&
      !(to.name === 'queries' && onlyTypes(found)),
  },
  {
    says: 'guards are for routes and other guards',
    broken: (from, to) =>
      to?.room === 'features' && to.name === 'guards' && !isRoutes(from) && from.name !== 'guards' && from.room !== 'testing',
  },
  {
    says: 'from outside its folder, only src/routes.ts imports routes of a feature, and nobody its views or queries',
    broken: (from, to, found) =>
      from.room !== 'features' &&
      from.room !== 'testing' &&
      to?.room === 'features' &&
      !onlyTypes(found) &&
      (['views', 'queries'].includes(to.name) || (to.name === 'routes' && !isRoutes(from))),
  },
  {
    says: "only routes, guards and http/ see the framework's context",
    broken: (from, to, found) => !seesContext(from) && (to?.path === 'http/context.ts' || isFramework(from, found)),
  },
  {
    says: 'only queries.ts, db, audit and queue build SQL',
    broken: (from, _, found) =>
      !buildsSql(from) && ['kysely', 'pg', 'better-sqlite3', 'node:sqlite'].includes(found.specifier) && !onlyTypes(found),
  },
  {
    says: 'only main.ts reads the environment',
    broken: (from, _, found) =>
      !readsEnvironment(from) && /^(?:node:)?process$/.test(found.specifier) && /^(?:env|\*)$/m.test(found.names.join('\n')),
  },
  { says: 'no path aliases', broken: (_from, _to, { specifier }) => /^(?:#|~|@\/|\/|src\/)/.test(specifier) },
]

/** Hono, but not its JSX; files of src/ itself may pass the app around. */
const isFramework = (from: Place, { specifier, names }: Import) =>
  /^hono(?:$|\/(?!jsx|html))/.test(specifier) && !(from.room === 'top' && specifier === 'hono' && names.every((name) => name === 'Hono'))

const readsEnvironment = (it: Place) => it.path === 'main.ts' || it.room === 'testing'
const runsOnImport = (it: Place) => it.path === 'main.ts' || isWorker(it) || ['browser', 'testing'].includes(it.room)

function importFaults({ path }: Source, found: Import): Fault[] {
  const from = place(path)
  const to = found.target === undefined ? undefined : place(found.target)
  return importRules
    .filter((rule) => rule.broken(from, to, found))
    .map(({ says }) => ({ path, line: found.line, says: `imports ${found.specifier}: ${says}` }))
}

const codeRules: readonly { readonly says: string; readonly pattern: RegExp; readonly except?: (it: Place) => boolean }[] = [
  {
    says: 'only queries.ts, db, audit and queue build SQL',
    pattern: /\.\s*(?:selectFrom|insertInto|updateTable|deleteFrom|replaceInto|mergeInto)\s*\(/g,
    except: buildsSql,
  },
  { says: 'only main.ts reads the environment', pattern: /\bprocess\s*(?:\.\s*env\b|\[)|\}\s*=\s*process\b/g, except: readsEnvironment },
  { says: 'no default exports', pattern: /^export\s+default\b|\bas\s+default\b/gm },
  { says: 'no barrels', pattern: /^export\s+(?:type\s+)?\*/gm },
  { says: 'no any', pattern: /(?:[:<|&,(=[]|=>|\bas|\bextends)\s*any\b(?=\s*(?:[\][>,;)|&={}?]|$))/gm },
  {
    says: 'nothing runs on import',
    pattern:
      /^(?:(?:await|if|for|while|do|try|switch|new|void|delete|throw)\b|[[({;!]|(?!import\b)[\w$.]+(?:\(|\.|\s*(?:[-+*/|&?]*=)[^=>]))/gm,
    except: runsOnImport,
  },
]

function codeFaults({ path, code, imports }: Source): Fault[] {
  const here = place(path)
  const found = codeRules.flatMap(({ says, pattern, except }) =>
    except?.(here) ? [] : [...code.matchAll(pattern)].map(({ index }) => ({ path, line: lineAt(code, index), says })),
  )
  return isBarrel(here, code, imports) ? [...found, { path, line: 1, says: 'no barrels' }] : found
}

const isBarrel = ({ name }: Place, code: string, imports: readonly Import[]) =>
  name === 'index' ||
  (imports.length > 0 && code.replace(/^(?:import|export)\s+(?:type\s+)?\{[^}]*\}(?:\s*from\s*['"]\s*['"])?/gm, '').trim() === '')

/** Files that import each other in a ring, types included: each ring once, by the import that closes it. */
function cycles(sources: readonly Source[]): Fault[] {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  const done = new Set<string>()
  const visit = (source: Source, trail: readonly string[]): Fault[] => {
    if (done.has(source.path)) return []
    const here = [...trail, source.path]
    const found = source.imports.flatMap(({ target = '', line }) => {
      const start = here.indexOf(target)
      if (start >= 0) return [{ path: source.path, line, says: `a cycle: ${[...here.slice(start), target].join(' → ')}` }]
      const next = byPath.get(target)
      return next ? visit(next, here) : []
    })
    done.add(source.path)
    return found
  }
  return sources.flatMap((source) => visit(source, []))
}
