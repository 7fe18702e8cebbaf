import type { App } from './app.ts'
import type { Config } from './config.ts'
import { type Database, openDatabase } from './db/database.ts'
import { migrate } from './db/migrate.ts'
import { hasAccounts } from './features/admin/admin.ts'
import { openHasher } from './features/passwords/hash.ts'
import { isRightMasterKey } from './features/passwords/passwords.ts'
import { openRenderer } from './features/releases/render.ts'
import { openIndexPages } from './features/simple-api/pages.ts'
import { openInspector } from './features/uploads/inspector.ts'
import { openDiskFiles } from './files/disk.ts'
import { makeFolder } from './files/durable.ts'
import { loadAssets } from './http/assets.ts'
import { createMasterKey, type Keys, openKeys } from './keys/keys.ts'
import { naming } from './lib/obstacles.ts'
import type { Log } from './log.ts'
import { openMailer } from './mail/mailer.ts'
import { settings } from './settings.ts'

/** The application, and what closes all that it opened. */
interface OpenedApp extends AsyncDisposable {
  readonly app: App
}

/**
 * Opens everything the settings name, and brings the database up to date. Throws with a sentence for the operator if something
 * can't be used, or if the master key is missing or another one; then nothing stays open.
 */
export async function openApp(config: Config, log: Log): Promise<OpenedApp> {
  await naming('DATA_DIR', config.data_dir, () => makeFolder(config.data_dir, 0o700))
  const database = settings.DATABASE_URL.show(config.database_url)
  const db = await naming('DATABASE_URL', database, () => openDatabase(config.database_url, (error) => noteLost(log, error)))
  try {
    const applied = await naming('DATABASE_URL', database, () => migrate(db, Date.now()))
    if (applied.length > 0) log({ level: 'info', message: 'Migrations applied', migrations: applied.join(' ') })
    return await openOver(db, config, log)
  } catch (error) {
    await db.destroy()
    throw error
  }
}

/** PostgreSQL ends idle connections when it stops, or when its operator wants so. */
const noteLost = (log: Log, { message }: Error): void =>
  log({ level: 'warning', message: 'PostgreSQL ended a connection', reason: message })

async function openOver(db: Database, config: Config, log: Log): Promise<OpenedApp> {
  const clock = Date.now
  const keys = await naming('MASTER_KEY_FILE', config.master_key_file, () => openMasterKey(db, config))
  const mailer = openMailer(config.mail_url)
  const assets = await loadAssets()
  const index = openIndexPages(config)
  const files = await naming('STORAGE_URL', config.storage_url, () => openDiskFiles(config.storage_url.slice('file:'.length), clock))
  const inspector = openInspector(2)
  const renderer = openRenderer()
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
  return { app, [Symbol.asyncDispose]: close }
}

/** A new key opens nothing old, so one is made only where nothing was sealed yet. */
async function openMasterKey(db: Database, config: Config): Promise<Keys> {
  if (!(await hasAccounts(db))) await createMasterKey(config.master_key_file)
  const keys = await openKeys(config.master_key_file)
  if (!(await isRightMasterKey({ db, keys }))) throw new Error(wrongKey(config))
  return keys
}

const wrongKey = ({ master_key_file }: Config): string =>
  `${master_key_file} is not the master key that sealed this database, so nobody could log in. Put the right one back, from the copy that you keep apart from backups.`
