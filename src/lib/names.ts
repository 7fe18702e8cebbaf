import stdlib from './data/stdlib-names.json' with { type: 'json' }

/** A project's (or an extra's) name as its owner spells it, proved to follow the core metadata specification. */
export type ProjectName = string & { readonly proved: 'ProjectName' }

/** The one spelling that says which project is meant: `Foo.Bar`, `foo_bar` and `foo-bar` are `foo-bar` (PEP 503). */
export type NormalizedName = string & { readonly proved: 'NormalizedName' }

/**
 * Reads a name: ASCII letters, digits and `-._`, beginning and ending with a letter or digit (UP-14, T146), at most 100
 * characters, so that a wheel's file name with a version and tags stays under the 255 bytes of file systems.
 */
export function parseProjectName(text: string): ProjectName | undefined {
  if (text.length > 100) return undefined
  return /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i.test(text) ? (text as ProjectName) : undefined
}

/** PEP 503: lower case, each run of `-`, `_` and `.` as one `-`. */
export const normalize = (name: ProjectName | NormalizedName): NormalizedName =>
  name.toLowerCase().replace(/[-_.]+/g, '-') as NormalizedName

/** The name as it stands in the file names of wheels and sdists: normalized, with `_` for `-` (PEP 427, PEP 625). */
export const wheelName = (name: ProjectName | NormalizedName): string => normalize(name).replaceAll('-', '_')

/** What names have in common that a hurried reader takes for each other: without `-._`, `l` and `i` as `1`, `o` as `0` (UP-44). */
export const lookalikeKey = (name: ProjectName | NormalizedName): string =>
  name.toLowerCase().replace(/[-_.]/g, '').replace(/[li]/g, '1').replaceAll('o', '0')

/** Whether no new project may take the name: a module of any Python's standard library (UP-41), or a path of PEP 752. */
export const isReservedName = (name: NormalizedName): boolean => reserved.has(name)

const reserved = new Set<string>(['namespace', 'namespaces', ...stdlib.names])
