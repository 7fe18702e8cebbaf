import { unlink, writeFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import type { App } from '../../app.ts'
import { seconds } from '../../lib/time.ts'
import { findAnything } from './queries.ts'

/** What a process needs to do its work. */
export interface Readiness {
  readonly database: boolean
  readonly files: boolean
}

/** Tries both: the database answers, a file can be written; each within two seconds. */
export async function readiness({ db, files }: App): Promise<Readiness> {
  const [database, stored] = await Promise.all([succeeds(findAnything(db)), succeeds(writeAway(files.temporary()))])
  return { database, files: stored }
}

/** On a full disk the file is made, but stays empty. */
const writeAway = (path: string): Promise<void> => writeFile(path, 'ready?').finally(() => unlink(path))

const succeeds = (act: Promise<unknown>): Promise<boolean> =>
  Promise.race([
    act.then(
      () => true,
      () => false,
    ),
    setTimeout(seconds(2), false, { ref: false }),
  ])
