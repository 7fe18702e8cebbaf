import { once } from 'node:events'
import { open, unlink } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy'
import type { App } from '../../app.ts'
import { type ErrorCode, type Problem, refuse } from '../../errors.ts'
import { newDigester } from './digests.ts'
import { singleFields } from './form-checks.ts'
import type { ReceivedFile, ReceivedForm } from './received-form.ts'

/** D16: a real wheel has 678 metadata headers. What a field has beyond its size is read over. */
const limits = { parts: 5000, fieldNameSize: 200, fieldSize: 1024 * 1024, headerPairs: 20, headerSize: 16 * 1024 }

/** All text of a form together, each field up to its size. */
const mostText = 8 * 1024 * 1024

/** How much of a file that is too large is still read, so that the client hears why (standards.md §3.1). */
const mostDrained = 64 * 1024 * 1024

/** A body slower than this is cut off; its first 20 seconds are free. */
const slowest = 16 * 1024
const patience = 20_000

/** What is known of a form while it arrives. */
interface Arrival {
  readonly fields: Map<string, string[]>
  readonly problems: Problem[]
  readonly files: Promise<ReceivedFile>[]
  readonly streams: Readable[]
  text: number
  bytes: number
  /** What ends it: set at once, told when the reading stops. */
  refusal: ErrorCode | undefined
}

/**
 * Streams an upload to disk while it is hashed (uploads.md), and keeps the fields that are read. Whatever fails, the temporary file
 * goes. Refuses `upload_type`, `upload_unreadable`, `upload_slow`, `file_too_large`, and `file_refused` for a form that is too large.
 */
export async function receiveForm(app: App, request: IncomingMessage): Promise<ReceivedForm> {
  const arrival: Arrival = { fields: new Map(), problems: [], files: [], streams: [], text: 0, bytes: 0, refusal: undefined }
  const busboy = newBusboy(request)
  busboy.on('field', (name, value, nameCut, valueCut) => takeField(arrival, name, value, nameCut || valueCut))
  busboy.on('file', (name, stream, filename) => takeFile(app, arrival, name, stream, filename))
  busboy.on('partsLimit', () => tooLarge(arrival, 'The form has more than 5,000 parts. Send fewer fields.'))
  try {
    await inTime(arrival, pump(app, arrival, request, busboy))
    refuseEnded(arrival)
    const [file] = await Promise.all(arrival.files)
    refuseEnded(arrival)
    return { fields: arrival.fields, file, problems: arrival.problems }
  } catch (error) {
    busboy.destroy()
    await discard(arrival)
    throw error
  }
}

function newBusboy(request: IncomingMessage): BusboyInstance {
  const { 'content-type': type = '', 'content-encoding': encoding } = request.headers
  if (!/^multipart\/form-data *;/i.test(type) || encoding !== undefined) refuse('upload_type')
  try {
    return new Busboy({ headers: request.headers as BusboyHeaders, limits, preservePath: true }) // its type was just looked at
  } catch {
    return refuse('upload_unreadable')
  }
}

/** Reads on after a refusal, within bounds: a client that still sends doesn't listen. */
async function pump(app: App, arrival: Arrival, request: IncomingMessage, busboy: BusboyInstance): Promise<void> {
  const most = app.config.max_file_size + mostText + mostDrained
  const broken = finished(busboy).then(
    () => true,
    () => end(arrival, 'upload_unreadable'),
  )
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      arrival.bytes += chunk.length
      if (arrival.bytes > most) return end(arrival, 'file_too_large')
      if (arrival.refusal === 'upload_unreadable') continue
      if (!busboy.write(chunk)) await Promise.race([once(busboy, 'drain'), broken])
    }
  } catch {
    return end(arrival, 'upload_unreadable') // the client went away
  }
  busboy.end()
  await broken
}

function end(arrival: Arrival, refusal: ErrorCode): void {
  arrival.refusal ??= refusal
}

/** Ends a form for one of its limits, and says which. */
function tooLarge(arrival: Arrival, text: string): void {
  arrival.problems.push({ rule: 'form-size', text })
  end(arrival, 'file_refused')
}

function refuseEnded({ refusal, problems }: Arrival): void {
  if (refusal) refuse(refusal, refusal === 'file_refused' ? { problems } : {})
}

/** Looks once a second whether the body comes fast enough; when it doesn't, nobody waits for its end. */
async function inTime(arrival: Arrival, reading: Promise<void>): Promise<void> {
  const start = performance.now()
  const late = Promise.withResolvers<never>()
  const clock = setInterval(() => {
    const spent = performance.now() - start - patience
    if (spent > 0 && arrival.bytes < (spent / 1000) * slowest) late.reject(new Error('too slow'))
  }, 1000)
  try {
    await Promise.race([reading, late.promise.catch(() => refuse('upload_slow'))])
  } finally {
    clearInterval(clock)
    reading.catch(() => undefined)
  }
}

/**
 * Keeps a field if anybody reads it: twine sends the whole description, of which a file may have 4 MiB. A part may come without a
 * name, whatever the parser's types say: what is thrown here ends the process.
 */
function takeField(arrival: Arrival, name: string | undefined, value: string, cut: boolean): void {
  if (name === undefined) end(arrival, 'upload_unreadable')
  if (name === undefined || arrival.refusal) return
  const isRead = singleFields.includes(name)
  arrival.text += value.length + name.length
  if (arrival.text > mostText) tooLarge(arrival, 'The fields of the form have more than 8 MiB together. Shorten some, or leave them out.')
  if (isRead && cut) tooLarge(arrival, `The field ${name} has more than 1 MiB. Shorten it.`)
  if (!isRead || arrival.refusal) return
  const values = arrival.fields.get(name) ?? []
  arrival.fields.set(name, values)
  values.push(value)
}

/** Only `content` is stored; a signature is passed over; any other field isn't a file (UP-09). */
function takeFile(app: App, arrival: Arrival, name: string | undefined, stream: Readable, filename = ''): void {
  stream.on('error', () => undefined) // whoever reads it is told; unheard it would end the process
  if (name === undefined) end(arrival, 'upload_unreadable')
  if (name === 'content' && arrival.files.length === 0) {
    arrival.streams.push(stream)
    const stored = store(app, arrival, stream, filename)
    stored.catch(() => undefined)
    arrival.files.push(stored)
    return
  }
  stream.resume()
  if (name === 'content') arrival.problems.push({ rule: 'form-content', text: 'The upload has two files. Send each in its own upload.' })
  else if (name !== undefined && name !== 'gpg_signature')
    arrival.problems.push({ rule: 'form-field', text: `The field ${name.slice(0, 60)} was sent as a file. Send it as text.` })
}

async function store(app: App, arrival: Arrival, stream: Readable, filename: string): Promise<ReceivedFile> {
  const path = app.files.temporary()
  const [handle, digester] = await Promise.all([open(path, 'wx'), newDigester()])
  let size = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > app.config.max_file_size) end(arrival, 'file_too_large')
      if (arrival.refusal) continue
      digester.update(chunk)
      await handle.appendFile(chunk)
    }
  } catch (error) {
    await unlink(path)
    throw error
  } finally {
    await handle.close()
  }
  return { filename, path, size, ...digester.digest() }
}

/** Removes what was stored of an upload that is refused. A part whose end never comes is ended here. */
async function discard({ files, streams }: Arrival): Promise<void> {
  for (const stream of streams) stream.destroy(new Error('The upload ended early'))
  for (const stored of await Promise.allSettled(files)) {
    if (stored.status === 'fulfilled') await unlink(stored.value.path).catch(() => undefined)
  }
}
