import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

// The least a server on this runtime can do: answers every request with one buffer, or with 304 to who has it.
// Arguments: the port, the file with the body, the headers of both answers as JSON, each as names and values in turn.

const [, , port, path = '', headers = ''] = process.argv
const { whole, unchanged, etag }: { whole: string[]; unchanged: string[]; etag: string } = JSON.parse(headers)
const body = readFileSync(path)

createServer((request, response) => {
  if (request.headers['if-none-match'] === etag) response.writeHead(304, unchanged).end()
  else response.writeHead(200, whole).end(body)
}).listen(Number(port), '127.0.0.1')
