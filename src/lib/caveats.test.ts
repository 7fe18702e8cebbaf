import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Caveat, caveatText, type Denial, decideCaveats, type TokenUse } from './caveats.ts'
import { mint, type VerifiedCaveats, verifySignature } from './macaroon.ts'

const rootKey = Buffer.alloc(32, 1)

function verified(texts: readonly string[]): VerifiedCaveats {
  const caveats = verifySignature(mint(rootKey, Buffer.alloc(16), texts), rootKey)
  assert.ok(caveats)
  return caveats
}

const hash = 'ab'.repeat(32)
const use: TokenUse = { now: 1_800_000_000_500, op: 'upload', ip: '192.0.2.7', project_id: 'p1', sha256: hash, version: '1.0' }
const bareUse: TokenUse = { now: use.now, op: 'yank', ip: null }
const decide = (texts: readonly string[], by: Partial<TokenUse> = {}) => decideCaveats(verified(texts), { ...use, ...by })?.reason

const table: readonly (readonly [Caveat, Denial | undefined, Partial<TokenUse>?])[] = [
  [['exp', 1_800_000_001], undefined],
  [['exp', 1_800_000_000], 'expired'],
  [['exp', 1_800_000_001], 'expired', { now: 1_800_000_001_000 }],
  [['nbf', 1_800_000_000], undefined],
  [['nbf', 1_800_000_001], 'not_yet'],
  [['projects', ['p0', 'p1']], undefined],
  [['projects', ['p0']], 'other_project'],
  [['projects', []], 'other_project'],
  [['projects', ['p1 ']], 'other_project'],
  [['ops', ['stage', 'upload']], undefined],
  [['ops', ['stage', 'yank']], 'other_operation'],
  [['ops', []], 'other_operation'],
  [['sha256', [hash]], undefined],
  [['sha256', ['cd'.repeat(32)]], 'other_file'],
  [['cidr', ['192.0.2.0/24']], undefined],
  [['cidr', ['198.51.100.0/24', '192.0.2.7']], undefined],
  [['cidr', ['192.0.2.0/24']], undefined, { ip: '::ffff:192.0.2.7' }],
  [['cidr', ['192.0.2.8/32']], 'other_address'],
  [['cidr', ['::/0']], 'other_address'],
  [['cidr', ['2001:db8::/32']], undefined, { ip: '2001:db8::1' }],
  [['cidr', ['0.0.0.0/0', '::/0']], 'other_address', { ip: null }],
  [['release', '1.0'], undefined],
  [['release', '1.0.1'], 'other_release'],
]
for (const [caveat, expected, by] of table) {
  test(`caveat ${caveatText(caveat)}: ${expected ?? 'allowed'} ${by ? JSON.stringify(by) : ''}`, () =>
    assert.equal(decide([caveatText(caveat)], by), expected))
}

test('caveats: what the act has not is forbidden: no project, no file, no address, no release (T114)', () => {
  const caveats: Caveat[] = [
    ['projects', ['p1']],
    ['sha256', [hash]],
    ['cidr', ['0.0.0.0/0']],
    ['release', '1.0'],
  ]
  assert.deepEqual(
    caveats.map((caveat) => decideCaveats(verified([caveatText(caveat)]), bareUse)?.reason),
    ['other_project', 'other_file', 'other_address', 'other_release'],
  )
})

test('caveats: all must allow; a later one never widens an earlier one', () => {
  const narrow = ['["projects",["p2"]]', '["exp",1800000009]']
  assert.equal(decide(['["projects",["p1"]]', '["exp",1800000009]']), undefined)
  assert.equal(decide([...narrow, '["projects",["p1"]]']), 'other_project')
  assert.equal(decide(['["exp",1]', '["exp",1800000009]']), 'expired')
  assert.equal(decide([]), undefined)
})

const strange: string[] = [
  '',
  ' ',
  'null',
  '{}',
  '[]',
  '"exp"',
  '["exp"]',
  '["exp",1e400]',
  '["exp",1800000009.5]',
  '["exp","1800000009"]',
  '["exp",-1]',
  '["exp",1800000009,1]',
  '["exp",null]',
  '["EXP",1800000009]',
  '["expires",1800000009]',
  '[["exp",1800000009]]',
  '["exp",1800000009]]',
  '["nbf",[0]]',
  '["projects","p1"]',
  '["projects",[1]]',
  '["projects",[["p1"]]]',
  '["ops","upload"]',
  '["ops",["upload","admin"]]',
  '["ops",["Upload"]]',
  `["sha256",["${hash.toUpperCase()}"]]`,
  `["sha256","${hash}"]`,
  '["cidr",["192.0.2.0/33"]]',
  '["cidr",["everywhere"]]',
  '["cidr",["192.0.2.0/24",""]]',
  '["cidr",["192.0.2.0/24/24"]]',
  '["cidr",["0/0"]]',
  '["release",["1.0"]]',
  '["release",""]',
  '\ufeff["exp",1800000009]',
  '["exp",1800000009]\0',
  'project = p1',
  'time < 2030-01-01',
  '["__proto__",1]',
  '["constructor",1]',
]
for (const text of strange) {
  test(`caveat unknown or malformed forbids every use: ${JSON.stringify(text.slice(0, 60))} (T113)`, () => {
    assert.equal(decide([text]), 'caveat_unknown')
    assert.equal(decide(['["exp",1800000009]', text]), 'caveat_unknown')
  })
}

test('caveats: text that is no UTF-8 forbids (T113)', () => {
  const caveats = [Buffer.from('["release","1.0\xff"]', 'latin1')] as unknown as VerifiedCaveats // no text makes these bytes
  assert.deepEqual(decideCaveats(caveats, use), { reason: 'caveat_unknown' })
})

test('caveats: parser bombs are only malformed (T111)', () => {
  assert.equal(decide(['['.repeat(16_000)]), 'caveat_unknown')
  assert.equal(decide([`${'['.repeat(8000)}${']'.repeat(8000)}`]), 'caveat_unknown')
  assert.equal(decide([`["exp",${'9'.repeat(16_000)}]`]), 'caveat_unknown')
})

test('caveats: no text whatever allows what `exp` forbids', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => assert.notEqual(decide(['["exp",1]', text]), undefined)))
})
