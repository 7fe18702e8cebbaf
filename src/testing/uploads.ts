import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { TestApp, TestPerson } from './app.ts'
import { buildWheel, type Distribution } from './wheel.ts'

/** What a client sends beside the file; a list sends a field more than once, `undefined` leaves it out. */
export type UploadFields = Record<string, string | string[] | undefined>

/** The form of twine for this file. */
export const twineFields = ({ filename, bytes }: Distribution): UploadFields => {
  const isWheel = filename.endsWith('.whl')
  const [name = '', version = '', ...tags] = filename.replace(/\.whl$|\.tar\.gz$/, '').split('-')
  return {
    metadata_version: '2.1',
    name: name.replaceAll('_', '-'),
    version,
    filetype: isWheel ? 'bdist_wheel' : 'sdist',
    pyversion: isWheel ? tags.at(-3) : 'source',
    sha256_digest: createHash('sha256').update(bytes).digest('hex'),
    ':action': 'file_upload',
    protocol_version: '1',
  }
}

/** Makes a token on the page, and the upload client that uses it. */
export async function newUploader(app: TestApp, person: TestPerson, scope = 'scope:user') {
  const made = await person.submit('/manage/account/token/', { description: crypto.randomUUID(), token_scope: scope, expires_in_days: '7' })
  const token = /id="api-token">([^<]+)</.exec(made.text)?.[1] ?? assert.fail(made.text)
  const address = await app.listen()
  return {
    token,
    address,
    /** Sends the file as twine does; `fields` over those of twine. Reads status, reason phrase and body. */
    upload: async (distribution: Distribution = buildWheel(), fields: UploadFields = {}, headers: Record<string, string> = {}) => {
      const body = new FormData()
      for (const [name, values] of Object.entries({ ...twineFields(distribution), ...fields })) {
        for (const value of [values].flat()) if (value !== undefined) body.append(name, value)
      }
      body.append('content', new Blob([new Uint8Array(distribution.bytes)]), distribution.filename)
      const answer = await fetch(`${address}/legacy/`, {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${token}`, accept: 'text/plain', ...headers },
      })
      return { status: answer.status, reason: answer.statusText, text: await answer.text(), type: answer.headers.get('content-type') }
    },
  }
}
