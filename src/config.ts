import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse, TomlError } from 'smol-toml'
import { isLoopbackHost } from './lib/loopback.ts'
import { type Setting, settings } from './settings.ts'

/** What the operator sets, read once at start. Origin and WebAuthn RP ID come from here, never from a request. */
export type Config = { readonly [Name in keyof typeof settings as Lowercase<Name>]: ReturnType<(typeof settings)[Name]['read']> }

/** A setting as `wheelkeep config` shows it: passwords in it are hidden. */
export interface ShownSetting {
  readonly name: string
  readonly text: string
  readonly source: string
}

/** Texts by setting name, each with where they came from. */
type Sources = readonly { readonly source: string; readonly texts: Readonly<Record<string, string | undefined>> }[]

/**
 * Reads all settings: flag > `WHEELKEEP_*` > `wheelkeep.toml` > default. `flags` and `environment` name them as in the table
 * (without prefix); CONFIG of the environment names the file. All that is wrong is in `problems`, one sentence each; then there is
 * no `config`.
 */
export function readConfig(flags: Record<string, string | undefined>, environment: Record<string, string | undefined>) {
  const problems = unknownVariables(environment)
  const file = readFile(environment, join(flags.DATA_DIR ?? environment.DATA_DIR ?? './data', 'wheelkeep.toml'), problems)
  const sources: Sources = [
    { source: 'flag', texts: flags },
    { source: 'environment', texts: environment },
    { source: file.path, texts: file.texts },
  ]
  const texts: Record<string, string> = {}
  const values: Record<string, unknown> = {}
  const shown: ShownSetting[] = []
  for (const [name, setting] of Object.entries<Setting<unknown>>(settings)) {
    const found = sources.find((source) => source.texts[name] !== undefined)
    const text = found?.texts[name] ?? setting.otherwise(texts)
    texts[name] = text
    shown.push({ name, text: setting.show(text), source: found?.source ?? 'default' })
    values[name.toLowerCase()] = read(name, setting, text, problems)
  }
  problems.push(...contradictions(values))
  const config = values as unknown as Config // every name of `settings` was read by its own `read`
  return problems.length > 0 ? { shown, problems } : { shown, problems, config: Object.freeze(config) }
}

/** A misspelt setting would be a default that nobody asked for. TEST_… are of our own tests. */
function unknownVariables(environment: Record<string, string | undefined>): string[] {
  const unknown = Object.keys(environment).filter(
    (name) => !Object.hasOwn(settings, name) && name !== 'CONFIG' && !name.startsWith('TEST_'),
  )
  return unknown.map((name) => `The environment has the unknown setting WHEELKEEP_${name}.`)
}

function read(name: string, setting: Setting<unknown>, text: string, problems: string[]): unknown {
  try {
    return setting.read(text)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    problems.push(`${name} ${error.message}.`)
    return undefined
  }
}

/** Nobody has to write the usual file; one that was named must be there. */
function readFile({ CONFIG }: { CONFIG?: string | undefined }, usual: string, problems: string[]) {
  const texts: Record<string, string> = {}
  const where = resolve(CONFIG ?? usual)
  if (!existsSync(where)) {
    if (CONFIG !== undefined) problems.push(`WHEELKEEP_CONFIG names ${where}, which isn’t there.`)
    return { path: where, texts }
  }
  for (const [key, value] of Object.entries(parseToml(where, problems))) {
    const name = key.toUpperCase()
    if (!Object.hasOwn(settings, name)) problems.push(`${where} has the unknown setting ${key}.`)
    texts[name] = typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
  return { path: where, texts }
}

function parseToml(path: string, problems: string[]): object {
  try {
    return parse(readFileSync(path, 'utf8'))
  } catch (error) {
    problems.push(`${path} ${whyUnread(error)}.`)
    return {}
  }
}

function whyUnread(error: unknown): string {
  const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n')
  if (!(error instanceof TomlError)) return `can’t be read: ${reason}`
  return `is broken at line ${error.line}, column ${error.column}: ${reason.replace('Invalid TOML document: ', '')}`
}

/** What is right alone but not together, as far as it could be read. */
function contradictions({ site_url, listen, tls_cert, tls_key, trusted_proxies }: Partial<Config>): string[] {
  const problems: string[] = []
  const clear = site_url?.startsWith('http:')
  if ((tls_cert === undefined) !== (tls_key === undefined)) problems.push('TLS_CERT and TLS_KEY must be set together.')
  if (tls_cert && clear) problems.push('SITE_URL must begin with https:// when TLS_CERT is set.')
  const open = listen?.some(({ host }) => !isLoopbackHost(host))
  if (open && !tls_cert && (clear || trusted_proxies?.length === 0)) {
    problems.push('LISTEN reaches beyond this machine: set TLS_CERT and TLS_KEY, or TRUSTED_PROXIES and a SITE_URL with https://.')
  }
  return problems
}
