import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { defaultLimits, type Limit, type LimitName, type Limits, parseLimit } from './lib/limits.ts'
import { isLoopbackHost } from './lib/loopback.ts'

type Texts = Readonly<Record<string, string>>

export interface Setting<Value> {
  readonly about: string
  /** The text that stands in when nobody sets it; it may follow from settings above it. */
  readonly otherwise: (texts: Texts) => string
  /** Reads the text, or throws a `RangeError` whose message completes “NAME …”. */
  readonly read: (text: string) => Value
  /** The text for `wheelkeep config`: whole, but without passwords. */
  readonly show: (text: string) => string
}

const asIs = (text: string): string => text

const setting = <Value>(
  about: string,
  otherwise: string | ((texts: Texts) => string),
  read: (text: string) => Value,
  show = asIs,
): Setting<Value> => ({
  about,
  otherwise: typeof otherwise === 'string' ? () => otherwise : otherwise,
  read,
  show,
})

/** Every setting: what it means, its default, how it is read. The manual's table is made from this. */
export const settings = {
  DATA_DIR: setting('The folder that holds everything: database, files, mails, master key.', './data', (text) => resolve(text)),
  SITE_URL: setting('The address people type. Links, cookies and security keys are bound to it.', 'http://localhost:8400', readSiteUrl),
  FILES_URL: setting('Where files are fetched: another host, or a CDN.', (texts) => `${texts.SITE_URL ?? ''}/packages`, readUrl),
  LISTEN: setting('Addresses to listen on, with commas between.', '127.0.0.1:8400', readListen),
  WORKERS: setting('Processes that serve side by side', '1', readWorkers),
  TLS_CERT: setting('PEM file of the certificate. With TLS_KEY it switches HTTPS on.', '', optional),
  TLS_KEY: setting('PEM file of the certificate’s key.', '', optional),
  DATABASE_URL: setting(
    '`sqlite:PATH` or `postgres://…`',
    inData('sqlite:', 'wheelkeep.db'),
    (text) => readScheme(text, ['sqlite:', 'postgres:', 'postgresql:']),
    hidePassword,
  ),
  STORAGE_URL: setting('Where files are kept: `file:FOLDER`', inData('file:', 'files'), (text) => readScheme(text, ['file:'])),
  MAIL_URL: setting(
    '`file:FOLDER`, `smtps://…`, or `smtp://…` (with STARTTLS). Must be set when SITE_URL isn’t loopback.',
    defaultMailUrl,
    readMailUrl,
    hidePassword,
  ),
  MAIL_FROM: setting('The sender of mails.', (texts) => `wheelkeep@${hostOf(texts.SITE_URL ?? '')}`, readMailFrom),
  MASTER_KEY_FILE: setting(
    'The key that seals the secrets in the database, made at the first start. Keep a copy apart from the backups.',
    inData('', 'master.key'),
    (text) => resolve(text),
  ),
  READ_ACCESS: setting('Who may install: `public`', 'public', (text) => readChoice(text, ['public'])),
  REGISTRATION: setting('Who may register: `open` or `closed`', 'open', (text) => readChoice(text, ['open', 'closed'])),
  LIMITS: setting(
    'JSON object: name → `count/seconds`, or several with a space between. A name left out keeps its default.',
    '{}',
    readLimits,
    showLimits,
  ),
  MAX_FILE_SIZE: setting('Bytes, or with `MiB` or `GiB`', '1 GiB', readSize),
  MAX_PROJECT_SIZE: setting('All files of a project together: bytes, or with `MiB` or `GiB`, or `none`', 'none', (text) =>
    text === 'none' ? Infinity : readSize(text),
  ),
  READ_ONLY: setting('`on`: reads go on, every change is refused', 'off', readSwitch),
  INDEX_MAX_AGE: setting('Seconds that clients and a CDN may keep index pages', '0', readSeconds),
  TRUSTED_PROXIES: setting('Networks (CIDR, with commas between) whose forwarded headers are believed', '', readNetworks),
  ALLOW_HOST_CHANGE: setting('`on`: start under another host although security keys exist; all of them stop working', 'off', readSwitch),
} as const

/** The default of each setting; where it follows from another one, with the name of that. */
export function defaults(): Record<string, string> {
  const texts = { DATA_DIR: '/DATA_DIR', SITE_URL: 'http://host-of-site-url.localhost' }
  const nameOthers = (text: string): string =>
    text
      .replaceAll('/DATA_DIR', 'DATA_DIR')
      .replaceAll(texts.SITE_URL, 'SITE_URL')
      .replaceAll('host-of-site-url.localhost', 'HOST-OF-SITE_URL')
  return Object.fromEntries(Object.entries<Setting<unknown>>(settings).map(([name, { otherwise }]) => [name, nameOthers(otherwise(texts))]))
}

function inData(scheme: string, name: string): (texts: Texts) => string {
  return (texts) => `${scheme}${join(resolve(texts.DATA_DIR ?? ''), name)}`
}

/** A folder by default, but only where nobody else could be waiting for mails. */
function defaultMailUrl(texts: Texts): string {
  return isLoopbackHost(hostOf(texts.SITE_URL ?? '')) ? inData('file:', 'outbox')(texts) : ''
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : ''
}

function optional(text: string): string | undefined {
  return text === '' ? undefined : resolve(text)
}

function readUrl(text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) throw new RangeError('must be an address that begins with http:// or https://')
  return text.replace(/\/+$/, '')
}

function readSiteUrl(text: string): string {
  const url = new URL(readUrl(text))
  if (url.pathname !== '/' || url.search || url.hash || url.username)
    throw new RangeError('must be scheme, host and port only, as https://pkg.example.org')
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname))
    throw new RangeError('must begin with https:// unless its host is this machine')
  return url.origin
}

function readListen(text: string): { host: string; port: number }[] {
  return text.split(',').map((part) => {
    const [, host, port] = /^(.+):([0-9]{1,5})$/.exec(part.trim()) ?? []
    if (!host || !port || Number(port) > 65_535) throw new RangeError('must be HOST:PORT, or several with commas between')
    return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) }
  })
}

function readScheme(text: string, schemes: readonly string[]): string {
  if (!schemes.some((scheme) => text.startsWith(scheme) && text.length > scheme.length))
    throw new RangeError(`must begin with ${schemes.join(' or ')}`)
  return text
}

function readMailUrl(text: string): string {
  if (text === '') throw new RangeError('must be set when SITE_URL isn’t this machine: smtps://…, or file:FOLDER if that is meant')
  return readScheme(text, ['file:', 'smtp:', 'smtps:'])
}

function readMailFrom(text: string): string {
  if (!/^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(text)) throw new RangeError('must be one e-mail address')
  return text
}

function readChoice<Choice extends string>(text: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((choice) => choice === text)
  if (choice === undefined) throw new RangeError(`must be ${choices.join(' or ')}`)
  return choice
}

function readSwitch(text: string): boolean {
  return readChoice(text, ['on', 'off']) === 'on'
}

function readSize(text: string): number {
  const [, figure, unit] = /^([0-9]{1,15}) ?(MiB|GiB)?$/.exec(text) ?? []
  const bytes = Number(figure) * (unit === 'GiB' ? 1024 ** 3 : unit === 'MiB' ? 1024 ** 2 : 1)
  if (!(bytes > 0)) throw new RangeError('must be a number of bytes, or of MiB or GiB, as 200 MiB')
  return bytes
}

function readWorkers(text: string): number {
  if (!/^[1-9][0-9]?$/.test(text)) throw new RangeError('must be a number from 1 to 99')
  return Number(text)
}

function readSeconds(text: string): number {
  if (!/^[0-9]{1,8}$/.test(text)) throw new RangeError('must be a number of seconds')
  return Number(text)
}

function readNetworks(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((network) => {
      const [address = '', bits = isIP(address) === 6 ? '128' : '32', ...rest] = network.split('/')
      const most = isIP(address) === 6 ? 128 : 32
      if (!isIP(address) || rest.length > 0 || !/^[0-9]{1,3}$/.test(bits) || Number(bits) > most)
        throw new RangeError('must be networks as 10.0.0.0/8')
      if (Number(bits) === 0) throw new RangeError('must not trust every address: anybody could claim to be anybody')
      return `${address}/${bits}`
    })
}

function readLimits(text: string): Limits {
  const wanted = jsonObject(text)
  if (!wanted) throw new RangeError('must be a JSON object, as {"upload":"600/60"}')
  const limits = Object.entries({ ...defaultLimits, ...wanted }).map(([name, limit]) => {
    return { name, limit: typeof limit === 'string' ? parseLimit(limit) : undefined }
  })
  const unread = limits.filter(({ limit }) => !limit).map(({ name }) => name)
  const unknown = limits.map(({ name }) => name).filter((name) => !Object.hasOwn(defaultLimits, name))
  const faults = [
    ...(unread.length > 0 ? [`needs count/seconds for ${unread.join(', ')}, as "600/60"`] : []),
    ...(unknown.length > 0 ? [`has no limit called ${unknown.join(', ')}; there are ${Object.keys(defaultLimits).join(' ')}`] : []),
  ]
  if (faults.length > 0) throw new RangeError(faults.join(', and '))
  return Object.fromEntries(limits.map(({ name, limit }) => [name, limit])) as Record<LimitName, Limit> // no name is unknown, none unread
}

/** With the defaults of the names that are left out. */
function showLimits(text: string): string {
  const wanted = jsonObject(text)
  return wanted ? JSON.stringify({ ...defaultLimits, ...wanted }) : text
}

function jsonObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** In whatever place: before the host, with characters that a URL should not have there, or as a parameter. */
function hidePassword(text: string): string {
  return text.replace(/^((?:[a-z]+:\/\/)?[^:/]*):.*@/, '$1:…@').replace(/([?&][a-z]*password=)[^&]*/gi, '$1…')
}
