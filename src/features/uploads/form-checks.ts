import type { Problem } from '../../errors.ts'
import { isReservedName, type NormalizedName, normalize, parseProjectName } from '../../lib/names.ts'
import { isLocal, parseVersion, type Version, versionKey } from '../../lib/pep440.ts'
import { isAllowedPlatformTag } from '../../lib/platform-tags.ts'
import { quote } from '../../lib/quote.ts'
import { parseSdistFilename } from '../../lib/sdist-filename.ts'
import { parseWheelFilename, type WheelFilename } from '../../lib/wheel-filename.ts'
import type { ReceivedFile, ReceivedForm } from './received-form.ts'

/** What the file's name says. `slot` is equal for names that mean the same file. */
export interface Distribution {
  readonly kind: 'bdist_wheel' | 'sdist'
  readonly name: NormalizedName
  readonly version: Version
  readonly slot: string
  readonly wheel: WheelFilename | undefined
}

/** An upload before its archive is opened. */
export interface Candidate {
  readonly form: ReceivedForm
  readonly file: ReceivedFile
  readonly distribution: Distribution | { readonly problem: string }
}

/** One rule: a sentence for each way in which the candidate breaks it. */
interface Check {
  readonly rule: string
  readonly check: (candidate: Candidate) => string | undefined
}

/** A text field; clients send an empty one for a missing one. */
const text = ({ form }: Candidate, name: string): string | undefined => form.fields.get(name)?.[0]?.trim() || undefined

/** Fields that stand once (uploads.md). No others are read: all that clients send of a file's metadata is read from the file instead. */
export const singleFields: readonly string[] = [
  ':action',
  'protocol_version',
  'name',
  'version',
  'metadata_version',
  'filetype',
  'pyversion',
  'md5_digest',
  'sha256_digest',
  'blake2_256_digest',
]

/** The rules that form and file name follow, in the order of pypi-map.md §5. This list is their documentation. */
export const formChecks: readonly Check[] = [
  { rule: 'form-single-field', check: onlyOnce },
  { rule: 'form-protocol-version', check: knownProtocol },
  { rule: 'form-name', check: validName },
  { rule: 'form-version', check: validVersion },
  { rule: 'form-filetype', check: knownFiletype },
  { rule: 'form-pyversion', check: rightPyversion },
  { rule: 'form-digest-missing', check: someDigest },
  { rule: 'form-digest', check: rightDigests },
  { rule: 'filename', check: plainFilename },
  { rule: 'filename-spelling', check: readableFilename },
  { rule: 'filename-filetype', check: fittingFiletype },
  { rule: 'filename-name', check: sameName },
  { rule: 'filename-version', check: sameVersion },
  { rule: 'filename-platform', check: allowedPlatforms },
  { rule: 'version-local', check: publicVersion },
]

/** Every problem of the candidate, in the order of the rules. */
export const problemsOfForm = (candidate: Candidate): Problem[] => [
  ...candidate.form.problems,
  ...formChecks.flatMap(({ rule, check }) => {
    const text = check(candidate)
    return text === undefined ? [] : [{ rule, text }]
  }),
]

/** Reads what the file's name says, by its end. */
export function distributionOf(filename: string): Candidate['distribution'] {
  if (/\.whl$/i.test(filename)) {
    const wheel = parseWheelFilename(filename)
    return 'problem' in wheel ? wheel : { kind: 'bdist_wheel', name: wheel.name, version: wheel.version, slot: wheel.slot, wheel }
  }
  const sdist = parseSdistFilename(filename)
  if ('problem' in sdist) return sdist
  return { kind: 'sdist', ...sdist, slot: `${sdist.name} ${versionKey(sdist.version)} sdist`, wheel: undefined }
}

function onlyOnce({ form }: Candidate): string | undefined {
  const twice = singleFields.find((name) => (form.fields.get(name)?.length ?? 0) > 1)
  return twice && `The field ${twice} was sent more than once. Send it once.`
}

/** UP-13 */
function knownProtocol(candidate: Candidate): string | undefined {
  const version = text(candidate, 'protocol_version') ?? '1'
  return version === '1' ? undefined : `The protocol version is ${quote(version)}, but only 1 is known.`
}

/** UP-14 */
function validName(candidate: Candidate): string | undefined {
  const name = text(candidate, 'name')
  if (name === undefined) return 'The field name is missing. Send the name of the project.'
  if (parseProjectName(name)) return undefined
  return `The name ${quote(name)} isn't one: use at most 100 ASCII letters, digits and '.-_', beginning and ending with a letter or digit.`
}

/** UP-24 */
function validVersion(candidate: Candidate): string | undefined {
  const version = text(candidate, 'version')
  if (version === undefined) return 'The field version is missing. Send the version of the release.'
  return parseVersion(version) ? undefined : `The version ${quote(version)} isn't one by PEP 440, as 1.0 or 2.1rc1.`
}

/** UP-15 */
function knownFiletype(candidate: Candidate): string | undefined {
  const filetype = text(candidate, 'filetype')
  if (filetype === 'bdist_wheel' || filetype === 'sdist') return undefined
  return `The file type is ${quote(filetype ?? '')}, but only wheels (bdist_wheel) and source distributions (sdist) are taken.`
}

/** UP-18, UP-19: a source distribution has none, or `source`; a wheel has its Python tag. */
function rightPyversion(candidate: Candidate): string | undefined {
  const pyversion = text(candidate, 'pyversion')
  if (text(candidate, 'filetype') === 'sdist') {
    return (pyversion ?? 'source') === 'source'
      ? undefined
      : `The Python version of a source distribution is 'source', not ${quote(pyversion ?? '')}.`
  }
  if (pyversion === undefined) return 'The field pyversion is missing. Send the Python tag of the wheel, as py3.'
  const { wheel } = 'problem' in candidate.distribution ? { wheel: undefined } : candidate.distribution
  if (
    !wheel ||
    sameSet(
      pyversion.toLowerCase().split('.'),
      wheel.python_tags.map((tag) => tag.toLowerCase()),
    )
  )
    return undefined
  return `The form says Python ${quote(pyversion)}, but the file name says ${quote(wheel.python_tags.join('.'))}. Send the tag of the file name.`
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean => a.every((it) => b.includes(it)) && b.every((it) => a.includes(it))

const digestFields = { sha256_digest: 'sha256', blake2_256_digest: 'blake2_256', md5_digest: 'md5' } as const

/** UP-20 */
function someDigest(candidate: Candidate): string | undefined {
  if (Object.keys(digestFields).some((name) => text(candidate, name) !== undefined)) return undefined
  return 'The upload says no digest of the file. Send sha256_digest in hex.'
}

/** UP-16, UP-17, UP-60, T161: each one that is sent must be right. */
function rightDigests(candidate: Candidate): string | undefined {
  const wrong = Object.entries(digestFields).find(([name, digest]) => {
    const said = text(candidate, name)
    return said !== undefined && said.toLowerCase() !== candidate.file[digest]
  })
  return (
    wrong && `The field ${wrong[0]} doesn't fit the file that arrived: its ${wrong[1]} is ${candidate.file[wrong[1]]}. Send the file again.`
  )
}

/** UP-54, UP-55, T149 */
function plainFilename({ file: { filename } }: Candidate): string | undefined {
  return /^[^/\\\p{Cc}]+$/u.test(filename)
    ? undefined
    : `The file name ${quote(filename)} holds a path or control characters. Send the name alone.`
}

/** UP-56, UP-87 to UP-94 */
function readableFilename({ distribution }: Candidate): string | undefined {
  return 'problem' in distribution ? distribution.problem : undefined
}

/** UP-56 */
function fittingFiletype(candidate: Candidate): string | undefined {
  const { distribution } = candidate
  const filetype = text(candidate, 'filetype')
  if ('problem' in distribution || filetype === undefined || filetype === distribution.kind) return undefined
  return `The form says ${quote(filetype)}, but the file name is that of a ${distribution.kind}. Send the type of the file.`
}

/** UP-88, UP-93, T150 */
function sameName(candidate: Candidate): string | undefined {
  const { distribution } = candidate
  const name = parseProjectName(text(candidate, 'name') ?? '')
  if ('problem' in distribution || !name || normalize(name) === distribution.name) return undefined
  return `The form says the project ${quote(name)}, but the file name says ${quote(distribution.name)}. Upload the file to its own project.`
}

/** UP-95, T150 */
function sameVersion(candidate: Candidate): string | undefined {
  const { distribution } = candidate
  const said = text(candidate, 'version') ?? ''
  const version = parseVersion(said)
  if ('problem' in distribution || !version || versionKey(version) === versionKey(distribution.version)) return undefined
  return `The form says the version ${quote(said)}, but the file name ${quote(candidate.file.filename)} has another. Build the file again.`
}

/** UP-92 */
function allowedPlatforms({ distribution }: Candidate): string | undefined {
  const tags = 'problem' in distribution ? [] : (distribution.wheel?.platform_tags ?? [])
  const tag = tags.find((tag) => !isAllowedPlatformTag(tag))
  return (
    tag && `The platform tag ${quote(tag)} isn't taken here: build for manylinux, musllinux, macOS, Windows, iOS, Android, Pyodide or any.`
  )
}

/** UP-25 */
function publicVersion({ distribution }: Candidate): string | undefined {
  if ('problem' in distribution || !isLocal(distribution.version)) return undefined
  return 'The version has a local part (behind the +), which a public index doesn’t take. Build it without.'
}

/** UP-41: for names that no project has yet. */
export const reservedProblem = (name: NormalizedName): Problem | undefined =>
  isReservedName(name)
    ? {
        rule: 'name-reserved',
        text: `The name ${quote(name)} is reserved: Python or its packaging uses it, in this or a similar spelling. Choose another name.`,
      }
    : undefined
