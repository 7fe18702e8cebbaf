import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'smol-toml'
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
 * (without prefix). All that is wrong is in `problems`, one sentence each; then there is no `config`.
 */
export function readConfig(flags: Record<string, string | undefined>, environment: Record<string, string | undefined>) {
  const problems: string[] = []
  const file = readFile(environment.CONFIG ?? join(flags.DATA_DIR ?? environment.DATA_DIR ?? './data', 'wheelkeep.toml'), problems)
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
  const config = values as unknown as Config // every name of `settings` was read by its own `read`
  if (problems.length === 0) problems.push(...contradictions(config))
  return problems.length > 0 ? { shown, problems } : { shown, problems, config: Object.freeze(config) }
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

function readFile(path: string, problems: string[]): { path: string; texts: Record<string, string> } {
  const texts: Record<string, string> = {}
  const where = resolve(path)
  if (!existsSync(where)) return { path: where, texts }
  for (const [key, value] of Object.entries(parseToml(where, problems))) {
    const name = key.toUpperCase()
    if (!(name in settings)) problems.push(`${where} has the unknown setting ${key}.`)
    texts[name] = typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
  return { path: where, texts }
}

function parseToml(path: string, problems: string[]): object {
  try {
    return parse(readFileSync(path, 'utf8'))
  } catch (error) {
    problems.push(`${path} can’t be read: ${error instanceof Error ? error.message.split('\n')[0] : error}.`)
    return {}
  }
}

/** What is right alone but not together. */
function contradictions(config: Config): string[] {
  const problems: string[] = []
  const secure = config.site_url.startsWith('https:')
  if ((config.tls_cert === undefined) !== (config.tls_key === undefined)) problems.push('TLS_CERT and TLS_KEY must be set together.')
  if (config.tls_cert && !secure) problems.push('SITE_URL must begin with https:// when TLS_CERT is set.')
  const open = config.listen.filter(({ host }) => !isLoopbackHost(host))
  if (open.length > 0 && !config.tls_cert && !(secure && config.trusted_proxies.length > 0)) {
    problems.push('LISTEN reaches beyond this machine: set TLS_CERT and TLS_KEY, or TRUSTED_PROXIES and a SITE_URL with https://.')
  }
  return problems
}
