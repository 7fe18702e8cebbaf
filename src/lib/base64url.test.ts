import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeBase64url } from './base64url.ts'

test('base64url: every bytes come back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) =>
      assert.deepEqual(decodeBase64url(Buffer.from(bytes).toString('base64url')), Buffer.from(bytes)),
    ),
  )
})

for (const text of ['Zg==', 'Zh', 'Zm9v Zm9v', 'Zm9vYg=', '+/+/', 'Zm9v\n', 'Zm9v.', 'Z', '-_-_é', 'Zm9vZ']) {
  test(`base64url: a second spelling is refused: ${JSON.stringify(text)} (T109)`, () => assert.equal(decodeBase64url(text), undefined))
}
