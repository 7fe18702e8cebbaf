import { z } from 'zod'
import type { Actor } from '../../audit/audit.ts'
import { record } from '../../audit/audit.ts'
import type { Database, Tx } from '../../db/database.ts'
import type { File, Project, Release } from '../../db/schema.ts'
import { refuse } from '../../errors.ts'
import type { CoreMetadata } from '../../lib/core-metadata.ts'
import { type NormalizedName, normalize, parseProjectName } from '../../lib/names.ts'
import { isPrerelease, parseVersion, type Version, versionKey, versionOrder, versionText } from '../../lib/pep440.ts'
import { uuidv7 } from '../../lib/uuid.ts'
import {
  countReleases,
  findFinalRelease,
  findKnownNames,
  findRelease,
  findUsedRelease,
  insertRelease,
  type ListedRelease,
  listReleaseFiles,
  listReleases,
  type UsedRelease,
} from './queries.ts'

/** What pages show of a release's metadata, as its first file gave it (UP-50). */
export type ReleaseMetadata = z.infer<typeof Metadata>

const text = z.string().optional()
const Metadata = z.object({
  summary: text,
  author: text,
  author_email: text,
  license: text,
  license_expression: text,
  requires_python: text,
  home_page: text,
  project_urls: z.array(z.object({ label: z.string(), url: z.string() })),
  requires_dist: z.array(z.string()),
  classifiers: z.array(z.string()),
})

export const metadataOf = ({ metadata }: Pick<Release, 'metadata'>): ReleaseMetadata => Metadata.parse(JSON.parse(metadata))

/** How many releases a project's page shows. */
const mostReleases = 50

/** A project's releases with the highest versions, and how many there are. */
export interface Releases {
  readonly newest: readonly ListedRelease[]
  readonly count: number
}

export async function releasesOf(db: Database, project_id: string): Promise<Releases> {
  const [newest, count] = await Promise.all([listReleases(db, project_id, mostReleases), countReleases(db, project_id)])
  return { newest, count }
}

/** What installers choose: the highest version that is no pre-release, else the highest. */
export const latestOf = async (db: Database, project_id: string): Promise<ListedRelease | undefined> =>
  (await findFinalRelease(db, project_id)) ?? (await listReleases(db, project_id, 1))[0]

/** The release of that version, however it is spelled. */
export async function releaseCalled(db: Database, project_id: string, version: string): Promise<Release | undefined> {
  const asked = parseVersion(version)
  return asked && findRelease(db, project_id, versionKey(asked))
}

/** How many files a release's page shows: anybody who publishes may add any number, and everybody may load the page (T167). */
export const mostFiles = 500

/** A release's files, wheels first, as people count: `cp39` stands before `cp314`. */
export const filesOf = async (db: Database, release: Release): Promise<File[]> =>
  (await listReleaseFiles(db, release.id, mostFiles)).sort(
    (a, b) => natural.compare(a.kind, b.kind) || natural.compare(a.filename, b.filename),
  )

const natural = new Intl.Collator('en', { numeric: true })

/** Whether an upload of this version joins others. */
export const hasRelease = async (db: Database, project_id: string, version: Version): Promise<boolean> =>
  (await findUsedRelease(db, project_id, versionKey(version))) !== undefined

/** What a release needs: a few by name, and how many beside them. */
export interface Needs {
  readonly named: readonly { readonly name: NormalizedName; readonly isHere: boolean }[]
  readonly others: number
}

const mostNamed = 5

/** The projects that installers fetch with a release, each once, without those of its extras; and whether this index has them. */
export async function needsOf(db: Database, { requires_dist }: ReleaseMetadata): Promise<Needs> {
  const needed = [...new Set(requires_dist.flatMap(neededName))]
  const first = needed.slice(0, mostNamed)
  const known = await findKnownNames(db, first)
  return { named: first.map((name) => ({ name, isHere: known.has(name) })), others: needed.length - first.length }
}

/** Only the name is read: the rest was when the file came, and a stranger may have written any number of them (T167). */
function neededName(requirement: string): NormalizedName[] {
  const name = parseProjectName(/^[\w.-]+/.exec(requirement)?.[0] ?? '')
  const marker = requirement.replace(/^[^;]*/, '')
  return name && !/\bextra\b/.test(marker) ? [normalize(name)] : []
}

/** Where the version stands among others. */
export function ordersOf(version: Version): Pick<Release, 'version_order' | 'final_order'> {
  const version_order = versionOrder(version)
  return { version_order, final_order: isPrerelease(version) ? null : version_order }
}

/** The release of that version, made by its first file, whose metadata describes it (UP-50). */
export async function openRelease(
  tx: Tx,
  actor: Actor,
  project: Project,
  metadata: CoreMetadata,
  description_html: string | undefined,
): Promise<{ release: UsedRelease; isNew: boolean }> {
  const { description: _, version: parsed, ...kept } = metadata
  const version_key = versionKey(parsed)
  const known = await findUsedRelease(tx, project.id, version_key)
  if (known) return { release: known, isNew: false }
  if (description_html === undefined) return refuse('busy', { retryAfter: 1 }) // it was there when the file came, and is gone since
  const version = versionText(parsed)
  const release = {
    id: uuidv7(actor.at),
    project_id: project.id,
    version,
    version_key,
    ...ordersOf(parsed),
    metadata: JSON.stringify(kept),
    description_html,
    created_at: actor.at,
  }
  await insertRelease(tx, release)
  await record(tx, actor, 'release:created', { project_id: project.id, version })
  return { release, isNew: true }
}
