import type { App } from './app.ts'
import type { Config } from './config.ts'
import { openDatabase } from './db/database.ts'
import { migrate } from './db/migrate.ts'
import { openHasher } from './features/passwords/hash.ts'
import { isRightMasterKey } from './features/passwords/passwords.ts'
import { openRenderer } from './features/releases/render.ts'
import { openIndexPages } from './features/simple-api/pages.ts'
import { openInspector } from './features/uploads/inspector.ts'
import { openDiskFiles } from './files/disk.ts'
import { makeFolder } from './files/durable.ts'
import { loadAssets } from './http/assets.ts'
import { createMasterKey, openKeys } from './keys/keys.ts'
import type { Log } from './log.ts'
import { openMailer } from './mail/mailer.ts'

/**
 * Opens everything the settings name, brings the database up to date, and hands it back with what closes it again. Throws with a
 * sentence for the operator if the master key is missing or another one.
 */
export async function openApp(config: Config, log: Log): Promise<{ app: App; close: () => Promise<void> }> {
  await makeFolder(config.data_dir, 0o700)
  await createMasterKey(config.master_key_file)
  const keys = await openKeys(config.master_key_file)
  const db = openDatabase(config.database_url, ({ message }) =>
    log({ level: 'warning', message: 'PostgreSQL ended a connection', reason: message }),
  )
  const clock = Date.now
  const applied = await migrate(db, clock())
  if (applied.length > 0) log({ level: 'info', message: 'Migrations applied', migrations: applied.join(' ') })
  if (!(await isRightMasterKey({ db, keys }))) {
    await db.destroy()
    throw new Error(wrongKey(config))
  }
  const files = await openDiskFiles(config.storage_url.slice('file:'.length), clock)
  const mailer = openMailer(config.mail_url)
  const inspector = openInspector(2)
  const renderer = openRenderer()
  const assets = await loadAssets()
  const index = openIndexPages(config)
  const app: App = {
    config,
    db,
    keys,
    files,
    mailer,
    hasher: openHasher(),
    inspector,
    renderer,
    index,
    assets,
    counters: new Map(),
    clock,
    log,
  }
  const close = async (): Promise<void> => {
    await Promise.all([inspector.close(), renderer.close(), mailer.close(), files.close()])
    await db.destroy()
  }
  return { app, close }
}

const wrongKey = ({ master_key_file }: Config): string =>
  `${master_key_file} is not the master key that sealed this database, so nobody could log in. Put the right one back, from the copy that you keep apart from backups.`
