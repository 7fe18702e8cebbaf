import type { Config } from './config.ts'
import type { Database } from './db/database.ts'
import type { Hasher } from './features/passwords/hash.ts'
import type { Renderer } from './features/releases/render.ts'
import type { IndexPages } from './features/simple-api/pages.ts'
import type { Inspector } from './features/uploads/inspector.ts'
import type { Files } from './files/files.ts'
import type { Assets } from './http/assets.ts'
import type { Keys } from './keys/keys.ts'
import type { Counters } from './lib/limits.ts'
import type { Instant } from './lib/time.ts'
import type { Log } from './log.ts'
import type { Mailer } from './mail/mailer.ts'

/** Everything a request or job needs from outside: plain values, built once in `open.ts`, passed down. */
export interface App {
  readonly config: Config
  readonly db: Database
  readonly keys: Keys
  readonly files: Files
  readonly mailer: Mailer
  readonly hasher: Hasher
  readonly inspector: Inspector
  readonly renderer: Renderer
  readonly index: IndexPages
  readonly assets: Assets
  readonly counters: Counters
  readonly clock: () => Instant
  readonly log: Log
}
