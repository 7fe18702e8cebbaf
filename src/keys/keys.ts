import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { link, open, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncPath } from '../files/durable.ts'
import { decodeBase64url } from '../lib/base64url.ts'

/** What a key is for. Each purpose has keys of its own, derived from the master key (D10). */
export type KeyLabel = (typeof labels)[number]

const labels = ['pw', 'totp', 'tokenroot', 'rc', 'csrf', 'link', 'device', 'ip'] as const

/** Where a sealed text stands, as `table|row|column`: moved elsewhere, it doesn't open. */
export type Place = `${string}|${string}|${string}`

/** The keys of this index. The bytes themselves can't be read from it, so that no log or dump holds them. */
export interface Keys {
  /** 16 hex digits that name the active master key, in `backup` and as `kid` of what it sealed. */
  readonly fingerprint: string
  /** Encrypts with AES-256-GCM: `v1.kid.nonce.ciphertext.tag`, the last three in base64url. */
  seal(label: KeyLabel, place: Place, plaintext: Uint8Array | string): string
  /** Opens what `seal` made for the same label and place. Whatever else comes is a bug or an attack, so it throws. */
  open(label: KeyLabel, place: Place, sealed: string): Buffer
  /** HMAC-SHA-256 under the active master key. */
  mac(label: KeyLabel, data: Uint8Array | string): Buffer
  /** All that `mac` may have been while one of the loaded master keys was active, newest first: for look-ups in a rotation. */
  macs(label: KeyLabel, data: Uint8Array | string): Buffer[]
}

/**
 * Reads the master key file: a line of 64 hex digits, and during a rotation a second one, the key before. Throws with a sentence
 * for the operator if it is missing, readable by others, or no master key.
 */
export async function openKeys(path: string): Promise<Keys> {
  const rings = (await readMasterKeys(path)).map(newRing)
  const [active] = rings
  if (!active) throw new Error(noKey(path))
  return {
    fingerprint: active.kid,
    seal: (label, place, plaintext) => seal(active, label, place, plaintext),
    open: (label, place, sealed) => unseal(rings, label, place, sealed),
    mac: (label, data) => mac(active, label, data),
    macs: (label, data) => rings.map((ring) => mac(ring, label, data)),
  }
}

/**
 * Makes a master key file of mode 0600 unless there is one, and says whether it did. The file appears complete and on disk, or not
 * at all: of processes that start at once one makes it, and all then open the same.
 */
export async function createMasterKey(path: string): Promise<boolean> {
  if (await isThere(path)) return false
  const draft = `${path}.${randomBytes(8).toString('hex')}`
  await writeDurably(draft, `${randomBytes(32).toString('hex')}\n`)
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  } finally {
    await unlink(draft)
    await syncPath(dirname(path))
  }
}

/** What is derived from one master key. */
interface Ring {
  readonly kid: string
  readonly keyOf: Readonly<Record<KeyLabel, { readonly seal: KeyObject; readonly mac: KeyObject }>>
}

function newRing(master: Buffer): Ring {
  const derive = (info: string): Buffer => Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `wheelkeep v1 ${info}`, 32))
  const derived = labels.map((label) => {
    return [label, { seal: createSecretKey(derive(`seal ${label}`)), mac: createSecretKey(derive(`mac ${label}`)) }] as const
  })
  return { kid: derive('fingerprint').toString('hex', 0, 8), keyOf: Object.fromEntries(derived) as Ring['keyOf'] } // made of `labels`
}

function seal(ring: Ring, label: KeyLabel, place: Place, plaintext: Uint8Array | string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', ring.keyOf[label].seal, nonce, { authTagLength: 16 }).setAAD(Buffer.from(place))
  const text = Buffer.concat([cipher.update(plaintext), cipher.final()])
  return ['v1', ring.kid, ...[nonce, text, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.')
}

function unseal(rings: readonly Ring[], label: KeyLabel, place: Place, sealed: string): Buffer {
  const [version, kid, ...parts] = sealed.split('.')
  const [nonce, text, tag, more] = parts.map(decodeBase64url)
  if (version !== 'v1' || nonce?.length !== 12 || !text || !tag || more) throw new Error(`no sealed text at ${place}`)
  const ring = rings.find((ring) => ring.kid === kid)
  if (!ring) throw new Error(`what stands at ${place} was sealed under a master key that isn’t loaded`)
  const decipher = createDecipheriv('aes-256-gcm', ring.keyOf[label].seal, nonce, { authTagLength: 16 })
  decipher.setAAD(Buffer.from(place)).setAuthTag(tag)
  return Buffer.concat([decipher.update(text), decipher.final()])
}

const mac = (ring: Ring, label: KeyLabel, data: Uint8Array | string): Buffer =>
  createHmac('sha256', ring.keyOf[label].mac).update(data).digest()

const noKey = (path: string): string =>
  `${path} holds no master key: a line of 64 hex digits, and at most a second one for the key before it.`

const missingKey = (path: string): string =>
  `There is no master key at ${path}, and without it nobody can log in. Put it back there, from the copy that you keep apart from backups.`

const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: unknown) => {
      if (hasCode(error, 'ENOENT')) return false
      throw error
    },
  )

async function readMasterKeys(path: string): Promise<Buffer[]> {
  await using file = await open(path, 'r').catch((cause: unknown) => {
    throw hasCode(cause, 'ENOENT') ? new Error(missingKey(path)) : cause
  })
  const { mode, size } = await file.stat()
  if ((mode & 0o077) !== 0) throw new Error(`Others can read the master key: run chmod 600 ${path}, and think of it as known to them.`)
  const lines = size <= 1024 ? (await file.readFile('utf8')).trimEnd().split(/\r?\n/) : []
  if (lines.length > 2 || !lines.every((line) => /^[0-9A-Fa-f]{64}$/.test(line))) throw new Error(noKey(path))
  const masters = lines.map((line) => Buffer.from(line, 'hex'))
  if (masters.some((master) => new Set(master).size < 16)) throw new Error(`${path} holds a placeholder, not a random master key.`)
  return masters
}

async function writeDurably(path: string, text: string): Promise<void> {
  await using file = await open(path, 'wx', 0o600)
  await file.writeFile(text)
  await file.sync()
}
