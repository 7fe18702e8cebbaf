/** A version by PEP 440, got only from `parseVersion`. Its numbers have no upper limit: real ones are dates with times. */
export type Version = VersionParts & { readonly proved: 'Version' }

interface VersionParts {
  readonly epoch: bigint
  readonly release: readonly bigint[]
  readonly pre: readonly ['a' | 'b' | 'rc', bigint] | undefined
  readonly post: bigint | undefined
  readonly dev: bigint | undefined
  readonly local: readonly (bigint | string)[]
}

/**
 * Reads a version in any spelling of PEP 440 (`v1.0-RC.1`), with ASCII white space around it. Anything else, and what is longer
 * than 128 characters, is `undefined` (T171).
 */
export function parseVersion(text: string): Version | undefined {
  const found = text.length > 128 ? undefined : spellings.exec(text)?.groups
  if (!found) return undefined
  const parts: VersionParts = {
    epoch: BigInt(found.epoch ?? 0),
    release: (found.release ?? '').split('.').map(BigInt),
    pre: found.pre === undefined ? undefined : [phaseOf(found.pre.toLowerCase()), BigInt(found.preNumber ?? 0)],
    post: (found.post ?? found.dash) === undefined ? undefined : BigInt(found.dash ?? found.postNumber ?? 0),
    dev: found.dev === undefined ? undefined : BigInt(found.devNumber ?? 0),
    local: (found.local?.toLowerCase().split(/[._-]/) ?? []).map((part) => (/^[0-9]+$/.test(part) ? BigInt(part) : part)),
  }
  return parts as Version
}

/** The canonical spelling, as `1!1.0rc1.post2.dev3+ubuntu.1`; zeros at the end of the release stay. */
export const versionText = (version: Version): string => spelled(version, version.release)

/** Equal for exactly the versions that PEP 440 calls equal: the canonical spelling without the release's last zeros (UP-52). */
export const versionKey = (version: Version): string => spelled(version, significant(version.release))

/** Below, at or above zero as `a` is before, equal to or after `b` in the order of PEP 440. */
export const compareVersions = (a: Version, b: Version): number =>
  compareNumbers(a.epoch, b.epoch) ||
  compareLists(significant(a.release), significant(b.release), compareNumbers) ||
  compareLists(rank(a), rank(b), compareNumbers) ||
  compareLists(a.local, b.local, compareLocal)

/**
 * A text whose order is that of the versions, for databases: equal for equal versions. Of digits and lower-case letters only, which
 * every collation sorts alike.
 */
export const versionOrder = (version: Version): string =>
  [
    numberOrder(version.epoch),
    listOrder(significant(version.release).map(numberOrder)),
    ...rank(version).map((part) => numberOrder(part + 1n)), // none of them is below -1
    listOrder(version.local.map((part) => (typeof part === 'string' ? `a${listOrder([...part])}` : `b${numberOrder(part)}`))),
  ].join('')

/** How many digits, in two hex digits, then these. */
const numberOrder = (number: bigint): string => {
  const digits = String(number)
  return `${digits.length.toString(16).padStart(2, '0')}${digits}`
}

/** Items with a 1 before each and a 0 at the end: the beginning of a list comes before it. */
const listOrder = (items: readonly string[]): string => `${items.map((item) => `1${item}`).join('')}0`

/** Whether installers leave the version alone unless asked: a, b, rc and dev. */
export const isPrerelease = (version: Version): boolean => version.pre !== undefined || version.dev !== undefined

/** Whether it has a `+local` part, which a public index doesn't take (UP-25). */
export const isLocal = (version: Version): boolean => version.local.length > 0

const spellings = new RegExp(
  [
    /^[ \t\n\r\f\v]*v?(?:(?<epoch>[0-9]+)!)?(?<release>[0-9]+(?:\.[0-9]+)*)/,
    /(?:[._-]?(?<pre>alpha|a|beta|b|preview|pre|c|rc)[._-]?(?<preNumber>[0-9]+)?)?/,
    /(?:-(?<dash>[0-9]+)|[._-]?(?<post>post|rev|r)[._-]?(?<postNumber>[0-9]+)?)?/,
    /(?:[._-]?(?<dev>dev)[._-]?(?<devNumber>[0-9]+)?)?/,
    /(?:\+(?<local>[a-z0-9]+(?:[._-][a-z0-9]+)*))?[ \t\n\r\f\v]*$/,
  ]
    .map((part) => part.source)
    .join(''),
  'i', // never with `u`: that folds the long s and the Kelvin sign into ASCII
)

function phaseOf(letters: string): 'a' | 'b' | 'rc' {
  if (letters.startsWith('a')) return 'a'
  return letters.startsWith('b') ? 'b' : 'rc'
}

function spelled({ epoch, pre, post, dev, local }: Version, release: readonly bigint[]): string {
  return [
    epoch === 0n ? '' : `${epoch}!`,
    release.join('.'),
    pre?.join('') ?? '',
    post === undefined ? '' : `.post${post}`,
    dev === undefined ? '' : `.dev${dev}`,
    local.length === 0 ? '' : `+${local.join('.')}`,
  ].join('')
}

/** The release without its last zeros, but never empty: `1`, `1.0` and `1.0.0` are equal. */
function significant(release: readonly bigint[]): readonly bigint[] {
  const last = release.findLastIndex((part) => part !== 0n)
  return release.slice(0, Math.max(last, 0) + 1)
}

/** What follows the release, as numbers in their order: `dev < a < b < rc < final < post`, and within each its own devs first. */
function rank({ pre, post, dev }: Version): bigint[] {
  const onlyDev = pre === undefined && post === undefined && dev !== undefined
  const phase = pre ? { a: 1n, b: 2n, rc: 3n }[pre[0]] : onlyDev ? 0n : 4n
  return [phase, pre?.[1] ?? 0n, post ?? -1n, dev === undefined ? 1n : 0n, dev ?? 0n]
}

const compareNumbers = (a: bigint, b: bigint): number => (a < b ? -1 : Number(a > b))

/** Numbers come after words. */
function compareLocal(a: bigint | string, b: bigint | string): number {
  if (typeof a !== typeof b) return typeof a === 'string' ? -1 : 1
  return a < b ? -1 : Number(a > b)
}

/** Item by item; a list that is the beginning of the other comes first. */
function compareLists<T>(a: readonly T[], b: readonly T[], compare: (a: T, b: T) => number): number {
  for (const [at, left] of a.entries()) {
    const right = b[at]
    if (right === undefined) return 1
    const order = compare(left, right)
    if (order !== 0) return order
  }
  return a.length - b.length
}
