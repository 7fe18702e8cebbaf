import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { buildWheel, type Distribution } from '../../src/testing/wheel.ts'
import type { Place } from './server.ts'
import { basic, uploadForm } from './uploads.ts'

/** What an upload was answered. */
export interface Answer {
  readonly status: number
  readonly reason: string
  readonly request_id: string
}

/** Sends the file in one go. Rejects if no answer comes. */
export async function publish(site: string, token: string, wheel: Distribution): Promise<Answer> {
  const { type, body } = await uploadForm(wheel)
  const headers = { authorization: basic(token), 'content-type': type }
  const answer = await fetch(`${site}/legacy/`, { method: 'POST', headers, body: new Uint8Array(body) })
  answer.text().catch(() => undefined) // what counts is that it was answered
  return { status: answer.status, reason: answer.statusText, request_id: answer.headers.get('x-request-id') ?? '' }
}

/** Begins to send the file, and waits until so many bytes of the body are on their way. `cut`: the body lacks so many at its end. */
export async function beginUpload({ port }: Place, token: string, wheel: Distribution, begun: number, cut = 0) {
  const { type, body: whole } = await uploadForm(wheel)
  const body = whole.subarray(0, whole.length - cut)
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.setEncoding('latin1').on('data', (text: string) => {
    answer += text
  })
  const closed = new Promise<void>((done) => socket.once('close', () => done()))
  socket.on('error', () => undefined) // it closes too
  const send = (bytes: Uint8Array | string): Promise<void> => new Promise((done) => socket.write(bytes, () => done()))
  const head = ['POST /legacy/ HTTP/1.1', `host: localhost:${port}`, `authorization: ${basic(token)}`, `content-type: ${type}`]
  await send([...head, `content-length: ${body.length}`, 'connection: close', '', ''].join('\r\n'))
  await send(body.subarray(0, begun))
  return {
    socket,
    body,
    send,
    finish: () => send(body.subarray(begun)),
    /** The first line of the answer, when the connection is closed; empty if there was none. */
    answered: async (): Promise<string> => {
      await closed
      return answer.split('\r\n', 1)[0] ?? ''
    },
  }
}

/** A real wheel of its own, larger by `size` bytes that can't be compressed. */
export function wheelOf(name: string, version: string, size: number, random: () => number, tag = 'py3-none-any'): Distribution {
  const noise = Buffer.from(Uint8Array.from({ length: size }, () => random() * 256))
  return buildWheel({ name, version, tag, files: { [`${name}/noise.bin`]: noise }, description: `What ${name} ${version} is about\n` })
}

/** Numbers in [0, 1), the same ones for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A file as the index page of its project tells of it. */
export interface Listed {
  readonly filename: string
  readonly url: string
  readonly size: number
  readonly hashes: { readonly sha256: string }
  readonly 'core-metadata': { readonly sha256: string }
}

/** What installers see of a project; nothing if there is no such project. */
export async function listed(site: string, project: string): Promise<readonly Listed[]> {
  const answer = await fetch(`${site}/simple/${project}/`, { headers: { accept: 'application/vnd.pypi.simple.v1+json' } })
  const text = await answer.text()
  if (answer.status === 404) return []
  assert.equal(answer.status, 200, text)
  return JSON.parse(text).files as Listed[] // the index's own words; what is missing shows in the assertions
}

/** Fetches a listed file and its metadata, and fails the test unless both are what the page says. */
export async function checkWhole({ filename, url, size, hashes, 'core-metadata': metadata }: Listed): Promise<void> {
  const [file, sidecar] = await Promise.all([fetchWhole(url), fetchWhole(`${url}.metadata`)])
  assert.deepEqual([filename, file.length, sha256(file), sha256(sidecar)], [filename, size, hashes.sha256, metadata.sha256])
}

async function fetchWhole(url: string): Promise<Buffer> {
  const answer = await fetch(url)
  const bytes = Buffer.from(await answer.arrayBuffer())
  assert.equal(answer.status, 200, `${url}: ${bytes.toString('utf8', 0, 500)}`)
  return bytes
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Files that are being received, in the data folder. */
export const temporary = ({ folder }: Place): Promise<string[]> => readdir(join(folder, 'data/files/tmp'))
