import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { buildWheel, type WheelParts } from '../../testing/wheel.ts'
import { judge } from './archive-checks.ts'

const folder = mkdtempSync(join(tmpdir(), 'judge-'))
after(() => rmSync(folder, { recursive: true }))

async function rules(parts: WheelParts): Promise<string[]> {
  const { filename, bytes } = buildWheel(parts)
  const path = join(folder, 'upload')
  writeFileSync(path, bytes)
  return (await judge(path, filename)).problems.map(({ rule }) => rule)
}

describe('the WHEEL file has one header Wheel-Version of 1.x (UP-71)', () => {
  const wheels: Record<string, NonNullable<WheelParts['wheel']>> = {
    'another version': { 'Wheel-Version': '2.0' },
    'no version': { 'Wheel-Version': undefined },
    'two versions': { 'Wheel-Version': ['1.0', '2.0'] },
    'the same version twice': { 'Wheel-Version': ['1.0', '1.0'] },
    'a version on the next line': { 'Wheel-Version': '\n 1.0' },
    'a version over two lines': { 'Wheel-Version': '1\n .0' },
    'a version in the body': { 'Wheel-Version': undefined, Build: '1\n\nWheel-Version: 1.0' },
    'something else than headers': { Build: '1\nnonsense' },
  }
  for (const [name, wheel] of Object.entries(wheels)) test(name, async () => assert.deepEqual(await rules({ wheel }), ['wheel-file']))
  test('any case, any number behind the dot', async () =>
    assert.deepEqual(await rules({ wheel: { 'Wheel-Version': undefined, 'WHEEL-VERSION': '1.9 ' } }), []))
})

test('a .data folder is named like the .dist-info folder (T150)', async () => {
  const withFile = (path: string): Promise<string[]> => rules({ files: { [path]: '#!python\n' } })
  for (const path of ['demo-1.0.data/scripts/x', 'other-1.0.database/x', 'demo/other-1.0.data/scripts/x', 'data/x'])
    assert.deepEqual(await withFile(path), [], path)
  for (const path of ['other-1.0.data/scripts/x', 'demo-1.0.DATA/scripts/x', 'Demo-1.0.data/scripts/x', 'demo-1.data/x', '.data/x'])
    assert.deepEqual(await withFile(path), ['wheel-data'], path)
})

const source = '"""The module of demo."""\n'

/** A RECORD with the hashes of `content` by `algorithm` for the files of the module. */
const recordedBy =
  (algorithm: string, content = source) =>
  (text: string): string =>
    text.replace(/(?<=^demo\/.*,)sha256=[^,]*/gm, `${algorithm}=${createHash(algorithm).update(content).digest('base64url')}`)

test('RECORD may name a stronger hash than SHA-256, which is compared as well; never a weaker one (T159)', async () => {
  const files = { 'demo/twin.py': source }
  for (const algorithm of ['sha256', 'sha384', 'sha512']) {
    assert.deepEqual(await rules({ files, record: recordedBy(algorithm) }), [], algorithm)
    assert.deepEqual(await rules({ files, record: recordedBy(algorithm, 'other') }), ['wheel-record', 'wheel-record'], algorithm)
  }
  for (const algorithm of ['md5', 'sha1'])
    assert.deepEqual(await rules({ files, record: recordedBy(algorithm) }), ['wheel-record', 'wheel-record'], algorithm)
})
