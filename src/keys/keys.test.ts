import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { createMasterKey, openKeys } from './keys.ts'

/** A folder that goes when the test ends. */
async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'wheelkeep-keys-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

const [first, second] = ['0123456789abcdef'.repeat(4), 'fedcba9876543210a5c3e1f7092b4d68'.repeat(2)].map((digits, i) => mixed(digits, i))

/** 64 hex digits that don't look like a placeholder. */
function mixed(digits: string, seed: number): string {
  return Buffer.from(Buffer.from(digits, 'hex').map((byte, i) => byte ^ (i * 37 + seed))).toString('hex')
}

async function keysOf(path: string, text: string) {
  await writeFile(path, text, { mode: 0o600 })
  return openKeys(path)
}

test('keys: a new master key is one line of 64 hex digits, mode 0600, with nothing beside it', async () => {
  await using dir = await folder()
  const path = join(dir.path, 'master.key')
  assert.equal(await createMasterKey(path), true)
  assert.match(await readFile(path, 'utf8'), /^[0-9a-f]{64}\n$/)
  assert.equal((await stat(path)).mode & 0o777, 0o600)
  assert.deepEqual(await readdir(dir.path), ['master.key'])
  assert.match((await openKeys(path)).fingerprint, /^[0-9a-f]{16}$/)
})

test('keys: a master key that exists is left alone', async () => {
  await using dir = await folder()
  const path = join(dir.path, 'master.key')
  await createMasterKey(path)
  const before = await readFile(path, 'utf8')
  assert.equal(await createMasterKey(path), false)
  assert.equal(await readFile(path, 'utf8'), before)
  assert.deepEqual(await readdir(dir.path), ['master.key'])
})

test('keys: processes that start at once agree on one master key', async () => {
  await using dir = await folder()
  const path = join(dir.path, 'master.key')
  const script = `import { createMasterKey, openKeys } from ${JSON.stringify(join(import.meta.dirname, 'keys.ts'))}
    const made = await createMasterKey(process.argv[1])
    console.log(made, (await openKeys(process.argv[1])).fingerprint)`
  const start = () => promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script, path])
  const lines = (await Promise.all([start(), start(), start()])).map(({ stdout }) => stdout.trim().split(' '))
  assert.equal(lines.filter(([made]) => made === 'true').length, 1)
  assert.equal(new Set(lines.map(([, fingerprint]) => fingerprint)).size, 1)
})

test('keys: in one process too, twenty at once: one makes it, nobody ever reads half a file', async () => {
  await using dir = await folder()
  const path = join(dir.path, 'master.key')
  const found = await Promise.all(
    Array.from({ length: 20 }, async () => ({ made: await createMasterKey(path), fingerprint: (await openKeys(path)).fingerprint })),
  )
  assert.deepEqual([found.filter(({ made }) => made).length, new Set(found.map(({ fingerprint }) => fingerprint)).size], [1, 1])
})

const refusals: Record<string, [text: string, mode: number, sentence: RegExp]> = {
  'readable by the group': [`${first}\n`, 0o640, /^Others can read the master key: run chmod 600 /],
  'readable by all': [`${first}\n`, 0o604, /^Others can read the master key/],
  empty: ['', 0o600, /holds no master key: a line of 64 hex digits/],
  'too short': [`${first?.slice(1)}\n`, 0o600, /holds no master key/],
  'not hex': [`${'g'.repeat(64)}\n`, 0o600, /holds no master key/],
  'three lines': [`${first}\n${second}\n${first}\n`, 0o600, /holds no master key/],
  'a gap': [`${first}\n\n${second}\n`, 0o600, /holds no master key/],
  'a large file': [`${first}\n`.repeat(1000), 0o600, /holds no master key/],
  'zeros (T209)': [`${'0'.repeat(64)}\n`, 0o600, /holds a placeholder/],
  'a pattern (T209)': [`${'0123456789abcdef'.repeat(4)}\n`, 0o600, /holds a placeholder/],
}
for (const [what, [text, mode, sentence]] of Object.entries(refusals)) {
  test(`keys: a master key file is refused with a sentence: ${what}`, async () => {
    await using dir = await folder()
    const path = join(dir.path, 'master.key')
    await writeFile(path, text)
    await chmod(path, mode)
    await assert.rejects(openKeys(path), (error: Error) => {
      assert.match(error.message, sentence)
      assert.ok(!first || !error.message.includes(first))
      return true
    })
  })
}

test('keys: a missing master key file is refused', async () => {
  await using dir = await folder()
  await assert.rejects(openKeys(join(dir.path, 'master.key')), /There is no master key at .*master\.key/)
})

test('keys: what is sealed opens at its place, and says nothing of itself', async () => {
  await using dir = await folder()
  const keys = await keysOf(join(dir.path, 'k'), `${first}\n`)
  fc.assert(
    fc.property(fc.uint8Array(), (plaintext) => {
      const sealed = keys.seal('totp', 'totps|u1|secret', plaintext)
      assert.match(sealed, /^v1\.[0-9a-f]{16}\.[\w-]{16}\.[\w-]*\.[\w-]{22}$/)
      assert.deepEqual(keys.open('totp', 'totps|u1|secret', sealed), Buffer.from(plaintext))
    }),
  )
  assert.equal(keys.open('pw', 'users|é|password', keys.seal('pw', 'users|é|password', 'grüß')).toString(), 'grüß')
  assert.notEqual(keys.seal('pw', 'a|b|c', 'x'), keys.seal('pw', 'a|b|c', 'x'))
})

test('keys: moved to another row or column, under another label, or changed in any character, it doesn’t open: a plain error', async () => {
  await using dir = await folder()
  const keys = await keysOf(join(dir.path, 'k'), `${first}\n`)
  const sealed = keys.seal('pw', 'users|u1|password', 'secret')
  const closed = (label: 'pw' | 'totp', place: `${string}|${string}|${string}`, text: string): void =>
    assert.throws(
      () => keys.open(label, place, text),
      (error: Error) => !('code' in error && error.code === 'busy') && !error.message.includes('secret'),
    )
  closed('totp', 'users|u1|password', sealed)
  closed('pw', 'users|u2|password', sealed)
  closed('pw', 'users|u1|full_name', sealed)
  for (let i = 0; i < sealed.length; i++)
    closed('pw', 'users|u1|password', `${sealed.slice(0, i)}${sealed[i] === 'A' ? 'B' : 'A'}${sealed.slice(i + 1)}`)
  const [v1, kid, nonce, text, tag = ''] = sealed.split('.')
  closed('pw', 'users|u1|password', [v1, kid, nonce, text, tag.slice(0, 6)].join('.'))
  for (const junk of ['', '....', sealed.slice(0, -1), `${sealed}.`, `${sealed}=`, `${sealed}\n`, `${sealed}.AAAA`])
    closed('pw', 'users|u1|password', junk)
  assert.equal(keys.open('pw', 'users|u1|password', sealed).toString(), 'secret')
})

test('keys: in a rotation the new key seals, the old one still opens; without the old one its texts are lost', async () => {
  await using dir = await folder()
  const path = join(dir.path, 'k')
  const before = await keysOf(path, `${first}\n`)
  const rotating = await keysOf(path, `${second}\n${first}\n`)
  const after = await keysOf(path, `${second}\n`)
  const old = before.seal('pw', 'a|b|c', 'x')
  assert.equal(rotating.open('pw', 'a|b|c', old).toString(), 'x')
  const fresh = rotating.seal('pw', 'a|b|c', 'x')
  assert.ok(fresh.startsWith(`v1.${after.fingerprint}.`) && old.startsWith(`v1.${before.fingerprint}.`))
  assert.equal(after.open('pw', 'a|b|c', fresh).toString(), 'x')
  assert.throws(() => after.open('pw', 'a|b|c', old), /sealed under a master key that isn’t loaded/)
  assert.deepEqual(rotating.macs('rc', 'd'), [after.mac('rc', 'd'), before.mac('rc', 'd')])
  assert.deepEqual(after.macs('rc', 'd'), [rotating.mac('rc', 'd')])
})

test('keys: each label has its own key, the same one at each start', async () => {
  await using dir = await folder()
  const keys = await keysOf(join(dir.path, 'k'), `${first}\n`)
  const macs = (['pw', 'totp', 'tokenroot', 'rc', 'csrf', 'link', 'device', 'ip'] as const).map((label) =>
    keys.mac(label, 'd').toString('hex'),
  )
  assert.equal(new Set(macs).size, 8)
  const again = await keysOf(join(dir.path, 'k'), `${first?.toUpperCase()}\r\n`)
  assert.deepEqual([again.fingerprint, again.mac('ip', 'd').toString('hex')], [keys.fingerprint, macs[7]])
})

test('keys: the value holds no key that a log or an inspection could show', async () => {
  await using dir = await folder()
  const keys = await keysOf(join(dir.path, 'k'), `${first}\n`)
  assert.equal(JSON.stringify(keys), JSON.stringify({ fingerprint: keys.fingerprint }))
  assert.ok(first && !keys.fingerprint.includes(first.slice(0, 8)))
})
