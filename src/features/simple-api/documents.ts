import { fileUrl } from '../../lib/file-url.ts'
import { escapeHtml } from '../../lib/html.ts'
import { compareVersions, parseVersion } from '../../lib/pep440.ts'
import type { ListedFile, ListedName, ListedProject } from './queries.ts'

/** The Simple API's version; its HTML is frozen at this one (PEP 833). */
const apiVersion = '1.4'

const pageEnd = '</body></html>\n'

/** The page of a project as JSON (PEP 691, 700, 714, 792). `null` ends uv's reading of a page, so that what isn't there is left out. */
export function projectJson({ name, serial, files }: ListedProject, filesUrl: string): string {
  const releases = inOrder(files)
  return JSON.stringify({
    meta: { 'api-version': apiVersion, '_last-serial': serial },
    name,
    'project-status': { status: 'active' },
    versions: releases.map(({ version }) => version),
    files: releases.flatMap(({ files }) => files.map((file) => fileObject(file, filesUrl))),
  })
}

/** The page of a project as HTML (PEP 503, 592, 629, 714, 792): an anchor a line, double quotes, for those who scrape it. */
export function projectHtml({ name, files }: ListedProject, filesUrl: string): string {
  const lines = inOrder(files).flatMap(({ files }) => files.map((file) => fileAnchor(file, filesUrl)))
  return pageBegin(`Links for ${name}`, '\n<meta name="pypi:project-status" content="active">') + lines.join('') + pageEnd
}

/** The list of all projects is written in pieces: a beginning, a line for each project, something between them, an end. */
interface ListDocument {
  begin(serial: number): string
  line(project: ListedName): string
  readonly between: string
  readonly end: string
}

/** The list of all projects as JSON and as HTML. Names need no escapes. */
export const listDocuments = {
  json: {
    begin: (serial) => `{"meta":{"api-version":"${apiVersion}","_last-serial":${serial}},"projects":[`,
    line: ({ name, last_serial }) => `{"name":"${name}","_last-serial":${last_serial}}`,
    between: ',',
    end: ']}',
  },
  html: {
    begin: () => pageBegin('Simple index', ''),
    line: ({ name, normalized_name }) => `<a href="/simple/${normalized_name}/">${name}</a><br>`,
    between: '\n',
    end: `\n${pageEnd}`,
  },
} as const satisfies Record<'json' | 'html', ListDocument>

function fileObject(file: ListedFile, filesUrl: string) {
  const { filename, sha256, size, metadata_sha256, requires_python, yanked_at, yanked_reason, created_at } = file
  return {
    filename,
    url: fileUrl(filesUrl, file),
    hashes: { sha256 },
    'requires-python': requires_python || undefined,
    size,
    'upload-time': `${new Date(created_at).toISOString().slice(0, -1)}000Z`,
    yanked: yanked_at !== null && (yanked_reason || true),
    'core-metadata': metadata_sha256 !== null && { sha256: metadata_sha256 },
  }
}

function fileAnchor(file: ListedFile, filesUrl: string): string {
  const { filename, sha256, metadata_sha256, requires_python, yanked_at, yanked_reason } = file
  const attributes = [
    requires_python ? ` data-requires-python="${escapeHtml(requires_python)}"` : '',
    metadata_sha256 ? ` data-core-metadata="sha256=${metadata_sha256}" data-dist-info-metadata="sha256=${metadata_sha256}"` : '',
    yanked_at === null ? '' : ` data-yanked="${escapeHtml(yanked_reason ?? '')}"`,
  ]
  return `<a href="${fileUrl(filesUrl, file)}#sha256=${sha256}"${attributes.join('')}>${escapeHtml(filename)}</a><br>\n`
}

const pageBegin = (title: string, meta: string): string =>
  `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="pypi:repository-version" content="${apiVersion}">${meta}
<title>${title}</title></head><body><h1>${title}</h1>
`

/**
 * The versions that have files, in the order of PEP 440, each with its files by name, in whatever order a database hands them over:
 * equal content has equal bytes, and so one ETag.
 */
function inOrder(files: readonly ListedFile[]): { version: string; files: ListedFile[] }[] {
  const releases = [...Map.groupBy(files, ({ version }) => version)].flatMap(([version, files]) => {
    const order = parseVersion(version)
    return order ? [{ order, version, files: files.sort(byName) }] : []
  })
  return releases.sort((a, b) => compareVersions(a.order, b.order))
}

const byName = (a: ListedFile, b: ListedFile): number => (a.filename < b.filename ? -1 : 1)
