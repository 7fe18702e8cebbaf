import { createHash } from 'node:crypto'
import type { Distribution } from '../../src/testing/wheel.ts'

/** The form that upload clients send, as bytes with their content type. */
export async function uploadForm({ filename, bytes }: Distribution): Promise<{ type: string; body: Buffer }> {
  const [name = '', version = '', python] = filename.replace(/\.(whl|tar\.gz)$/, '').split('-')
  const isWheel = filename.endsWith('.whl')
  const form = new FormData()
  const fields = {
    ':action': 'file_upload',
    protocol_version: '1',
    metadata_version: '2.4',
    name,
    version,
    filetype: isWheel ? 'bdist_wheel' : 'sdist',
    pyversion: isWheel ? (python ?? '') : 'source',
    sha256_digest: createHash('sha256').update(bytes).digest('hex'),
  }
  for (const [field, value] of Object.entries(fields)) form.set(field, value)
  form.set('content', new File([new Uint8Array(bytes)], filename))
  const encoded = new Response(form)
  return { type: encoded.headers.get('content-type') ?? '', body: Buffer.from(await encoded.arrayBuffer()) }
}

export const basic = (token: string): string => `Basic ${Buffer.from(`__token__:${token}`).toString('base64')}`

/** Uploads a file; hands back the status. */
export async function upload(site: string, token: string, distribution: Distribution): Promise<number> {
  const { type, body } = await uploadForm(distribution)
  const headers = { authorization: basic(token), 'content-type': type }
  const answer = await fetch(`${site}/legacy/`, { method: 'POST', headers, body: new Uint8Array(body) })
  return answer.status
}
