import { type NormalizedName, normalize, parseProjectName, wheelName } from './names.ts'
import { parseVersion, type Version, versionKey } from './pep440.ts'
import { quote } from './quote.ts'

/** What a wheel's file name says (PEP 427, PEP 425). */
export interface WheelFilename {
  readonly name: NormalizedName
  readonly version: Version
  /** As in the name, beginning with a digit. */
  readonly build: string | undefined
  readonly python_tags: readonly string[]
  readonly abi_tags: readonly string[]
  readonly platform_tags: readonly string[]
  /** Equal for names that mean the same file: name, version, build and sets of tags, however they are spelled. */
  readonly slot: string
}

/**
 * Reads `name-version[-build]-python-abi-platform.whl`, or says what is wrong: other characters than ASCII letters, digits and
 * `.!+_-`, more than 255 (T149), a name that isn't normalized (UP-94), a version not of PEP 440 (UP-91), a build that
 * doesn't begin with a number of at most 18 digits (64 bits for who compares them), an empty or odd tag, a variant (draft PEP 825).
 * Which platforms an index takes is for `platform-tags.ts`.
 */
export function parseWheelFilename(filename: string): WheelFilename | { readonly problem: string } {
  const file = `File name ${quote(filename, 255)}`
  if (filename.length > 255) return { problem: `${file} has ${filename.length} characters: shorten it to 255.` }
  if (!/^[a-z0-9_.!+-]+\.whl$/i.test(filename) || !filename.endsWith('.whl')) {
    return { problem: `${file} isn't a wheel's: use ASCII letters, digits and '.!+_-', ending in '.whl'.` }
  }
  const parts = filename.slice(0, -'.whl'.length).split('-')
  const [dist = '', versionPart = '', build] = parts
  if (parts.length === 7 || (parts.length === 6 && !/^[0-9]/.test(build ?? ''))) {
    return { problem: `${file} is a wheel variant's, which is only a draft: leave the label out; a build number begins with a digit.` }
  }
  if (parts.length !== 5 && parts.length !== 6) {
    return { problem: `${file} has ${parts.length} parts: use 'name-version-python-abi-platform.whl'.` }
  }
  const name = parseProjectName(dist)
  if (!name) return { problem: `${file} begins with ${quote(dist)}, which isn't a project's name.` }
  if (dist !== wheelName(name)) return { problem: `${file} should be '${[wheelName(name), ...parts.slice(1)].join('-')}.whl'.` }
  const version = parseVersion(versionPart)
  if (!version) return { problem: `${file} holds ${quote(versionPart)}, which isn't a version by PEP 440.` }
  return tagged(file, { name: normalize(name), version, build: parts.length === 6 ? build : undefined }, parts.slice(-3))
}

type Untagged = Pick<WheelFilename, 'name' | 'version' | 'build'>

function tagged(file: string, wheel: Untagged, tags: readonly string[]): WheelFilename | { readonly problem: string } {
  const [python_tags = [], abi_tags = [], platform_tags = []] = tags.map((part) => part.split('.'))
  const members = [...python_tags, ...abi_tags, ...platform_tags]
  const odd = members.find((tag) => !/^\w+$/.test(tag)) ?? python_tags.find((tag) => /^[0-9]/.test(tag))
  if (odd !== undefined) return { problem: `${file} holds the tag ${quote(odd)}: use tags like 'py3', 'none' and 'any', joined by '.'.` }
  const build = /^([0-9]{1,18})((?![0-9])\w*(?:\.\w+)*)$/.exec(wheel.build ?? '0')
  if (!build) return { problem: `${file} has the build ${quote(wheel.build ?? '')}: use at most 18 digits, perhaps with letters behind.` }
  const buildKey = wheel.build === undefined ? '' : `${BigInt(build[1] ?? 0)}${build[2]}`
  const slot = [wheel.name, versionKey(wheel.version), buildKey, ...[python_tags, abi_tags, platform_tags].map(setKey)].join(' ')
  return { ...wheel, python_tags, abi_tags, platform_tags, slot }
}

const setKey = (tags: readonly string[]): string => [...new Set(tags.map((tag) => tag.toLowerCase()))].sort().join('.')
