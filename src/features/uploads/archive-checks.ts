import type { Problem } from '../../errors.ts'
import { readHeaders } from '../../lib/core-metadata/headers.ts'
import { type CoreMetadata, parseCoreMetadata } from '../../lib/core-metadata.ts'
import { parseEntryPoints } from '../../lib/entry-points.ts'
import { normalize, parseProjectName } from '../../lib/names.ts'
import { parseVersion, versionKey } from '../../lib/pep440.ts'
import { quote } from '../../lib/quote.ts'
import { parseRecord, type RecordEntry } from '../../lib/wheel-record.ts'
import { type Distribution, distributionOf } from './form-checks.ts'
import { type Entry, type Inspection, inspect, rehash, topOf } from './inspect.ts'

/** What was found in a file that follows every rule: its metadata, as read, and the very bytes of a wheel's METADATA. */
export interface Verdict {
  readonly problems: readonly Problem[]
  readonly metadata?: CoreMetadata
  readonly sidecar?: Uint8Array
}

/** A distribution whose archive was read to its end and held together. */
interface Content {
  readonly distribution: Distribution
  readonly inspection: Inspection
  readonly metadata: CoreMetadata
  /** Of a wheel that has one; and the digests by path of the files for which it names another algorithm than SHA-256. */
  readonly record: WheelRecord | undefined
  readonly otherDigests: ReadonlyMap<string, string>
}

type WheelRecord = ReturnType<typeof parseRecord>

interface Check {
  readonly rule: string
  readonly check: (content: Content) => readonly string[]
}

/** The rules that the content of a file follows once its archive and its metadata could be read, in order. This list is their documentation. */
const wheelChecks: readonly Check[] = [
  { rule: 'metadata-name', check: sameName },
  { rule: 'metadata-version', check: sameVersion },
  { rule: 'wheel-dist-info', check: rightDistInfo },
  { rule: 'wheel-data', check: rightDataFolder },
  { rule: 'wheel-file', check: rightWheelFile },
  { rule: 'wheel-record', check: rightRecord },
  { rule: 'wheel-licences', check: licencesInWheel },
  { rule: 'wheel-entry-points', check: rightEntryPoints },
]
const sdistChecks: readonly Check[] = [
  { rule: 'metadata-name', check: sameName },
  { rule: 'metadata-version', check: sameVersion },
  { rule: 'sdist-folder', check: rightTopFolder },
  { rule: 'sdist-licences', check: licencesInSdist },
]

/** Opens the file and checks all of it. Archive, then metadata, then the rest: what can't be read can't be judged further. */
export async function judge(path: string, filename: string): Promise<Verdict> {
  const distribution = distributionOf(filename)
  if ('problem' in distribution) return { problems: [{ rule: 'filename-spelling', text: distribution.problem }] }
  const inspection = await inspect(path, filename)
  if (inspection.problems.length > 0) return { problems: inspection.problems }
  const isWheel = distribution.kind === 'bdist_wheel'
  if (!inspection.metadata) return { problems: [{ rule: 'metadata-missing', text: noMetadata(isWheel) }] }
  const { metadata, problems } = parseCoreMetadata(inspection.metadata)
  if (!metadata) return { problems }
  const record = inspection.record === undefined ? undefined : parseRecord(Buffer.from(inspection.record))
  const content = { distribution, inspection, metadata, record, otherDigests: await rehash(path, otherAlgorithms(record)) }
  const found = (isWheel ? wheelChecks : sdistChecks).flatMap(({ rule, check }) => check(content).map((text) => ({ rule, text })))
  return { problems: found, metadata, ...(isWheel && { sidecar: inspection.metadata }) }
}

const noMetadata = (isWheel: boolean): string =>
  isWheel
    ? 'The wheel has no METADATA in its .dist-info folder. Build it again.'
    : 'The source distribution has no PKG-INFO in its top folder. Build it again.'

/** T150 */
function sameName({ distribution, metadata }: Content): string[] {
  if (normalize(metadata.name) === distribution.name) return []
  return [
    `The metadata says the project ${quote(metadata.name)}, but the file name says ${quote(distribution.name)}. Build the file again.`,
  ]
}

/** UP-95, T150 */
function sameVersion({ distribution, metadata }: Content): string[] {
  return versionKey(metadata.version) === versionKey(distribution.version)
    ? []
    : ['The metadata has another version than the file name. Build the file again.']
}

/** T150: the folder is called like the file, however it is spelled. */
function rightDistInfo({ distribution, inspection: { folder = '' } }: Content): string[] {
  return isCalled(folder.replace(/\.dist-info$/, ''), distribution)
    ? []
    : [
        `The folder ${quote(folder)} doesn't belong to this file: it should carry the name and version of the file name. Build the wheel again.`,
      ]
}

/** T150: pip spreads what lies under any name with this ending over the environment, others only what lies under the wheel's own. */
function rightDataFolder({ inspection: { entries, folder = '' } }: Content): string[] {
  const expected = folder.replace(/dist-info$/, 'data')
  const found = entries.map(topOf).find((top) => top !== expected && /\.data$/i.test(top))
  return found === undefined ? [] : [`The folder ${quote(found)} should be called ${quote(expected)}. Build the wheel again.`]
}

/** UP-74 */
function rightTopFolder({ distribution, inspection: { folder = '' } }: Content): string[] {
  return isCalled(folder, distribution)
    ? []
    : [`The top folder is called ${quote(folder)}: it should be name-version, as in the file name. Build it again.`]
}

function isCalled(folder: string, { name, version }: Distribution): boolean {
  const at = folder.lastIndexOf('-')
  const [itsName, itsVersion] = [parseProjectName(folder.slice(0, at)), parseVersion(folder.slice(at + 1))]
  return itsName !== undefined && itsVersion !== undefined && normalize(itsName) === name && versionKey(itsVersion) === versionKey(version)
}

/** UP-71: the version stands in one header, where every installer finds it. */
function rightWheelFile({ inspection: { wheel } }: Content): string[] {
  if (wheel === undefined) return ['The wheel has no WHEEL file in its .dist-info folder. Build it again.']
  const file = readHeaders(wheel)
  if ('problem' in file) return [`The WHEEL file can't be read. ${file.problem}`]
  const [version, ...more] = file.headers.flatMap(({ name, value }) => (name === 'wheel-version' ? [value] : []))
  if (version === undefined || more.length > 0)
    return [`The WHEEL file has ${version === undefined ? 'no header' : 'several headers'} Wheel-Version. Build the wheel again.`]
  return /^1\.[0-9]{1,4}[ \t]*$/.test(version) ? [] : [`The Wheel-Version is ${quote(version)}, but only 1.x is known.`]
}

/** The files that RECORD hashes by something stronger than SHA-256 (standards.md §2.4). */
const otherAlgorithms = (record: WheelRecord | undefined): Map<string, string> =>
  new Map(record?.entries.flatMap(({ path, algorithm = 'sha256' }) => (algorithm === 'sha256' ? [] : [[path, algorithm]])))

/** UP-97, T159: paths, hashes and sizes, in both directions. */
function rightRecord({ inspection: { entries, folder }, record, otherDigests }: Content): string[] {
  if (record === undefined) return ['The wheel has no RECORD in its .dist-info folder. Build it again.']
  if (record.problems.length > 0) return [...record.problems]
  const byPath = new Map(record.entries.map((entry) => [entry.path, entry]))
  const itself = [`${folder}/RECORD`, `${folder}/RECORD.jws`, `${folder}/RECORD.p7s`]
  const present = new Set(entries.map(([path]) => path))
  return [
    ...entries.flatMap((entry) => (itself.includes(entry[0]) ? [] : differences(entry, byPath.get(entry[0]), otherDigests.get(entry[0])))),
    ...record.entries.flatMap(({ path }) =>
      present.has(path) || itself.includes(path) ? [] : [`RECORD lists ${quote(path)}, which isn't in the wheel. Build it again.`],
    ),
  ].slice(0, 20)
}

function differences([path, size, sha256]: Entry, listed: RecordEntry | undefined, digest = sha256): string[] {
  if (!listed) return [`The wheel holds ${quote(path)}, which RECORD doesn't list. Build it again.`]
  if (listed.digest !== digest) return [`${quote(path)} has another hash than RECORD says. Build the wheel again.`]
  if (listed.size !== undefined && listed.size !== size)
    return [`${quote(path)} has ${size} bytes, but RECORD says ${listed.size}. Build the wheel again.`]
  return []
}

/** UP-96; older metadata only names them. */
function licencesInWheel({ metadata, inspection }: Content): string[] {
  return missingLicences(metadata, inspection, `${inspection.folder}/licenses/`)
}

/** UP-90 */
function licencesInSdist({ metadata, inspection }: Content): string[] {
  return missingLicences(metadata, inspection, `${inspection.folder}/`)
}

function missingLicences({ license_files }: CoreMetadata, { entries }: Inspection, below: string): string[] {
  const present = new Set(entries.map(([path]) => path))
  const missing = license_files.filter((path) => !present.has(below + path))
  return missing
    .slice(0, 10)
    .map((path) => `The metadata names the licence file ${quote(path)}, but ${quote(below + path)} isn't there. Build it again.`)
}

/** UP-98 */
function rightEntryPoints({ inspection: { entryPoints } }: Content): string[] {
  return entryPoints === undefined ? [] : [...parseEntryPoints(Buffer.from(entryPoints)).problems]
}
