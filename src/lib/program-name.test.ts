import assert from 'node:assert/strict'
import { test } from 'node:test'
import { programName } from './program-name.ts'

const known: Record<string, string> = {
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0': 'Firefox on Windows',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36': 'Chrome on Linux',
  'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0': 'Edge on Windows',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15':
    'Safari on macOS',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 Version/26.0 Mobile/15E148 Safari/604.1': 'Safari on iPhone',
  'Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36': 'Chrome on Android',
  'twine/7.0.0 CPython/3.11.2': 'twine 7.0.0',
  'uv/0.12.3 {"installer":{"name":"uv"}}': 'uv 0.12.3',
}
for (const [user_agent, name] of Object.entries(known)) {
  test(`program: ${name}`, () => assert.equal(programName(user_agent), name))
}

const words = ['', 'Your account is locked. Go to www.evil.example', 'twine/evil.example', 'pip/1.2.3.evil.example', 'x'.repeat(50_000)]
for (const user_agent of [null, ...words]) {
  test(`program: no word of a stranger’s comes through: ${user_agent?.slice(0, 50)}`, () =>
    assert.match(programName(user_agent), /^(?:an unknown program|pip 1\.2\.3)$/))
}
