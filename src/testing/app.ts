import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from '../app.ts'
import { readConfig } from '../config.ts'
import { migrate } from '../db/migrate.ts'
import { openHasher } from '../features/passwords/hash.ts'
import { openRenderer } from '../features/releases/render.ts'
import { openIndexPages } from '../features/simple-api/pages.ts'
import { shortCut } from '../features/simple-api/short-cut.ts'
import { openInspector } from '../features/uploads/inspector.ts'
import { openDiskFiles } from '../files/disk.ts'
import { loadAssets } from '../http/assets.ts'
import { serve } from '../http/server.ts'
import { work } from '../jobs.ts'
import { createMasterKey, openKeys } from '../keys/keys.ts'
import type { LogLine } from '../log.ts'
import type { Mail } from '../mail/mail.ts'
import { runDueJobs } from '../queue/worker.ts'
import { routes } from '../routes.ts'
import { newBrowser } from './browser.ts'
import { freshDatabase } from './database.ts'
import { newPerson, type PersonOptions } from './people.ts'
import { site } from './site.ts'

/**
 * The whole application over a fresh database, at a time the test sets; each look at the clock takes a millisecond, so that rows
 * have an order. Its disposal fails if a job failed or a bug was logged that no test took. `settings` as on the command line.
 */
export async function testApp(settings: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'wheelkeep-'))
  const { config, problems } = readConfig(
    { DATA_DIR: folder, SITE_URL: site, LISTEN: '127.0.0.1:0', MAIL_URL: `file:${folder}/outbox`, ...settings },
    {},
  )
  assert.ok(config, problems.join(' '))
  const assets = await loadAssets()
  const { db, url, drop } = await freshDatabase()
  let now = Date.UTC(2026, 10, 22)
  const bugs: LogLine[] = []
  const lines: LogLine[] = []
  const sent: { to: string; raw: string }[] = []
  const clock = (): number => now++
  await migrate(db, now)
  await createMasterKey(config.master_key_file)
  const app: App = {
    config,
    db,
    keys: await openKeys(config.master_key_file),
    files: await openDiskFiles(config.storage_url.slice('file:'.length), clock),
    mailer: { send: async ({ to, raw }) => ({ where: `letter ${sent.push({ to, raw })}` }), close: async () => undefined },
    hasher: openHasher(),
    inspector: openInspector(1),
    renderer: openRenderer(),
    index: openIndexPages(config),
    assets,
    counters: new Map(),
    clock,
    log: (line) => void (line.level === 'error' ? bugs : lines).push(line),
  }
  const web = routes(app)
  let serving: ReturnType<typeof serve> | undefined

  return {
    app,
    db,
    url,
    routes: web,
    /** The mails that `runJobs` sent, as they went out. */
    sent,
    /** What was logged beside errors. */
    lines,
    now: () => now,
    /** Lets time go by. */
    pass: (time: number) => {
      now += time
    },
    takeBugs: () => bugs.splice(0).map((line) => line.message),
    /** One request without cookies; `ip` is where it comes from. */
    request: async (path: string, init?: RequestInit, ip = '192.0.2.1') =>
      web.request(site + path, init, { incoming: { socket: { remoteAddress: ip } } }),
    /** Somebody's browser: keeps cookies, sends what a browser sends. */
    browser: (ip?: string) => newBrowser(web, ip),
    /** An account, ready to manage unless `options` say otherwise, and its browser, logged in. */
    person: (username: string, options?: PersonOptions) => newPerson(app, web, username, options),
    /** Listens on a free port of loopback; hands back the address, as `http://127.0.0.1:PORT`. */
    listen: async () => {
      serving ??= serve(app, web, shortCut(app))
      return `http://${(await serving).addresses[0]}`
    },
    runJobs: () => runDueJobs(app, work),
    events: async () =>
      (await db.selectFrom('events').selectAll().orderBy('at').orderBy('id').execute()).map(
        ({ tag, user_id, project_id, actor_id, token_id, details }) => ({
          tag,
          user_id,
          project_id,
          actor_id,
          token_id,
          ...JSON.parse(details),
        }),
      ),
    /** The mails that wait to be sent, oldest first. */
    mails: async () =>
      (await db.selectFrom('jobs').select('payload').where('name', '=', 'mail:send').orderBy('run_at').orderBy('id').execute()).map(
        (row): Mail => {
          return JSON.parse(app.keys.open('link', 'jobs|mail:send|payload', JSON.parse(row.payload).sealed).toString())
        },
      ),
    async [Symbol.asyncDispose]() {
      await (await serving)?.close()
      const failed = await db.selectFrom('jobs').select(['name', 'last_error']).where('last_error', 'is not', null).execute()
      await Promise.all([app.inspector.close(), app.renderer.close(), app.files.close()])
      await drop()
      await rm(folder, { recursive: true })
      assert.deepEqual([bugs, failed], [[], []])
    },
  }
}

export type TestApp = Awaited<ReturnType<typeof testApp>>
export type TestPerson = Awaited<ReturnType<TestApp['person']>>
