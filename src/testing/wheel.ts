import { createHash } from 'node:crypto'
import { type RawGzip, type RawTarMember, rawGzip, rawTar } from './raw-tar.ts'
import { type RawMember, type RawZip, rawZip } from './raw-zip.ts'

type Content = string | Buffer
type Files = Record<string, Content>
/** A field may come several times; `undefined` leaves it out. */
type Fields = Record<string, string | string[] | undefined>

/** What every distribution may have otherwise: whole texts, or fields over the usual ones. */
interface Parts {
  name?: string
  version?: string
  /** Under the top of a wheel, under the top folder of an sdist; over the usual ones, if they have the same path. */
  files?: Files
  metadata?: Fields
  description?: string
  filename?: string
}

export interface WheelParts extends Parts {
  tag?: string
  build?: string
  distInfo?: string
  /** Over the lines of WHEEL. */
  wheel?: Fields
  /** Turns the correct RECORD into another one. */
  record?: (text: string) => string
  /** Turns the correct members into others, and their order. */
  members?: (members: RawMember[]) => RawMember[]
  zip?: RawZip
}

export interface SdistParts extends Parts {
  top?: string
  members?: (members: RawTarMember[]) => RawTarMember[]
  /** Instead of the end blocks. */
  end?: Buffer
  gzip?: RawGzip
}

export interface Distribution {
  filename: string
  bytes: Buffer
}

/** A real wheel: a module, METADATA 2.4, WHEEL and a true RECORD, unless the parts say otherwise. */
export function buildWheel(parts: WheelParts = {}): Distribution {
  const { name = 'demo', version = '1.0', tag = 'py3-none-any', build } = parts
  const stem = `${escaped(name)}-${version}`
  const { distInfo = `${stem}.dist-info`, filename = `${[stem, build, tag].filter(Boolean).join('-')}.whl` } = parts
  const files: Files = {
    [`${escaped(name)}/__init__.py`]: `"""The module of ${name}."""\n`,
    [`${distInfo}/METADATA`]: metadataText(parts, { name, version }),
    [`${distInfo}/WHEEL`]: headerText({
      'Wheel-Version': '1.0',
      Generator: 'demo 1.0',
      'Root-Is-Purelib': 'true',
      Tag: expanded(tag),
      Build: build,
      ...parts.wheel,
    }),
    ...parts.files,
  }
  const record = `${distInfo}/RECORD`
  if (files[record] === undefined) files[record] = (parts.record ?? same)(recordOf(files, record))
  const members = Object.entries(files).map(([name, data]): RawMember => ({ name, data }))
  return { filename, bytes: rawZip((parts.members ?? same)(members), parts.zip) }
}

/** A real source distribution: a module, pyproject.toml, PKG-INFO in one top folder, unless the parts say otherwise. */
export function buildSdist(parts: SdistParts = {}): Distribution {
  const { name = 'demo', version = '1.0' } = parts
  const { top = `${escaped(name)}-${version}`, filename = `${escaped(name)}-${version}.tar.gz` } = parts
  const files: Files = {
    'PKG-INFO': metadataText(parts, { name, version }),
    'pyproject.toml': `[build-system]\nrequires = []\n\n[project]\nname = "${name}"\nversion = "${version}"\n`,
    [`src/${escaped(name)}/__init__.py`]: `"""The module of ${name}."""\n`,
    ...parts.files,
  }
  const members = Object.entries(files).map(([path, data]): RawTarMember => ({ name: `${top}/${path}`, data }))
  const tar = rawTar((parts.members ?? same)([{ name: `${top}/`, type: '5' }, ...members]), parts.end)
  return { filename, bytes: rawGzip(tar, parts.gzip) }
}

/** RECORD of `files`, itself without hash, as the wheel specification writes it. */
export function recordOf(files: Files, record: string): string {
  const lines = Object.entries(files).map(([path, data]) => {
    const digest = createHash('sha256').update(data).digest('base64url')
    return `${csvField(path)},sha256=${digest},${Buffer.byteLength(data)}\n`
  })
  return `${lines.join('')}${csvField(record)},,\n`
}

const csvField = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const same = <T>(it: T): T => it

/** A name as file names have it (PEP 625, PEP 427). */
const escaped = (name: string): string => name.toLowerCase().replaceAll(/[-_.]+/g, '_')

function metadataText({ metadata, description = '' }: Parts, { name, version }: { name: string; version: string }): string {
  const usual = { 'Metadata-Version': '2.4', Name: name, Version: version, Summary: `The project ${name}` }
  return headerText({ ...usual, ...metadata }) + (description && `\n${description}`)
}

function headerText(fields: Fields): string {
  const lines = Object.entries(fields).flatMap(([key, value]) => [value ?? []].flat().map((value) => `${key}: ${value}\n`))
  return lines.join('')
}

/** `py2.py3-none-any` is two tags (PEP 425). */
function expanded(tag: string): string[] {
  const [pythons = [], abis = [], platforms = []] = tag.split('-').map((part) => part.split('.'))
  return pythons.flatMap((python) => abis.flatMap((abi) => platforms.map((platform) => `${python}-${abi}-${platform}`)))
}
