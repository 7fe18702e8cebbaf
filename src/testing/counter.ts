import { workerData } from 'node:worker_threads'
import { lockRow, openDatabase, transaction } from '../db/database.ts'

// A thread with a database handle of its own, as another process has: reads a number and writes the next, twenty-five times.
const db = openDatabase(String(workerData))
await Promise.all(
  Array.from({ length: 25 }, () =>
    transaction(db, async (db) => {
      await lockRow(db, 'projects', 'u')
      const { name } = await db.selectFrom('projects').select('name').where('id', '=', 'u').executeTakeFirstOrThrow()
      await db
        .updateTable('projects')
        .set({ name: String(Number(name) + 1) })
        .where('id', '=', 'u')
        .execute()
    }),
  ),
)
await db.destroy()
