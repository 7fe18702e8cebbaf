import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

// The least a server on this runtime can do: answers every request with one buffer, or with 304 to who has it.
// Arguments: the port, the file with the body, and as JSON the headers as names and values in turn.

const [, , port, path = '', headers = '[]'] = process.argv
const body = readFileSync(path)
const etag = '"bare"'
const lasting = ['etag', etag, ...JSON.parse(headers)]
const whole = [
  ...lasting,
  'content-type',
  'application/vnd.pypi.simple.v1+json',
  'content-encoding',
  'gzip',
  'content-length',
  `${body.length}`,
]

createServer((request, response) => {
  if (request.headers['if-none-match'] === etag) response.writeHead(304, lasting).end()
  else response.writeHead(200, whole).end(body)
}).listen(Number(port), '127.0.0.1')
