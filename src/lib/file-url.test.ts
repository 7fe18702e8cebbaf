import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileUrl } from './file-url.ts'

const sha256 = `abcd${'0'.repeat(60)}`

test('the address is the hash in three parts, then the name, encoded once', () => {
  const table: [filename: string, segment: string][] = [
    ['demo_pkg-1.0-py3-none-any.whl', 'demo_pkg-1.0-py3-none-any.whl'],
    ['demo-1!1.0.tar.gz', 'demo-1%211.0.tar.gz'],
    ['demo-1.0+ubuntu.1.tar.gz', 'demo-1.0%2Bubuntu.1.tar.gz'],
    ['a@b%41(c)*\'"é/?#.whl', 'a%40b%2541%28c%29%2A%27%22%C3%A9%2F%3F%23.whl'],
  ]
  for (const [filename, segment] of table)
    assert.equal(fileUrl('https://files.example/x', { sha256, filename }), `https://files.example/x/ab/cd/${'0'.repeat(60)}/${segment}`)
})
