import type { Database } from '../../db/database.ts'
import type { Instant } from '../../lib/time.ts'

/** What a download needs to know of a file. */
export interface StoredFile {
  readonly sha256: string
  readonly size: number
  readonly metadata_sha256: string | null
  readonly metadata_size: number | null
  readonly created_at: Instant
}

export const findFile = (db: Database, filename: string, sha256: string): Promise<StoredFile | undefined> =>
  db
    .selectFrom('files')
    .select(['sha256', 'size', 'metadata_sha256', 'metadata_size', 'created_at'])
    .where('filename', '=', filename)
    .where('sha256', '=', sha256)
    .executeTakeFirst()
