import assert from 'node:assert/strict'
import type { Hono } from 'hono'
import type { Env } from '../http/context.ts'
import { site } from './site.ts'

/** An answer, read to the end. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly location: string | null
}

export type TestBrowser = ReturnType<typeof newBrowser>

/** A browser without a window: keeps cookies, sends `Sec-Fetch-Site` as ours do, and posts with the token of the last page it saw. */
export function newBrowser(web: Hono<Env>, ip = '192.0.2.1') {
  const cookies = new Map<string, string>()
  let token = ''

  async function request(path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = new Headers({
      'sec-fetch-site': 'same-origin',
      'user-agent': 'Test/1',
      cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
    })
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value)
    const answer = await web.request(site + path, { ...init, headers }, { incoming: { socket: { remoteAddress: ip } } })
    for (const cookie of answer.headers.getSetCookie()) keep(cookies, cookie)
    const text = await answer.text()
    token = /name="csrf_token" value="([^"]+)"/.exec(text)?.[1] ?? token
    return { status: answer.status, headers: answer.headers, text, location: answer.headers.get('location') }
  }

  const post = (path: string, fields: Record<string, string> = {}): Promise<Answer> =>
    request(path, { method: 'POST', body: new URLSearchParams({ csrf_token: token, ...fields }) })

  return {
    cookies,
    request,
    get: (path: string) => request(path),
    /** Posts a form as the last page would. */
    post,
    /** Loads the page that the form stands on, then posts. */
    submit: async (page: string, fields: Record<string, string>, path = page): Promise<Answer> => {
      assert.equal((await request(page)).status, 200, page)
      return post(path, fields)
    },
    /** Asks for WebAuthn options as our script does; the page must have been loaded. */
    options: (path: string) => request(path, { method: 'POST', headers: { 'x-csrf-token': token } }),
    token: () => token,
  }
}

function keep(cookies: Map<string, string>, cookie: string): void {
  const [pair = ''] = cookie.split(';')
  const at = pair.indexOf('=')
  const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
  if (value === '' || cookie.includes('Max-Age=0')) cookies.delete(name)
  else cookies.set(name, value)
}
