import { workerData } from 'node:worker_threads'
import { lockRow, openDatabase, transaction } from '../db/database.ts'

// A thread with a database handle of its own, as another process has: reads a number and writes the next, twenty-five times.
const db = openDatabase(String(workerData))
await Promise.all(
  Array.from({ length: 25 }, () =>
    transaction(db, async (db) => {
      await lockRow(db, 'users', 'u')
      const { username } = await db.selectFrom('users').select('username').where('id', '=', 'u').executeTakeFirstOrThrow()
      await db
        .updateTable('users')
        .set({ username: String(Number(username) + 1) })
        .where('id', '=', 'u')
        .execute()
    }),
  ),
)
await db.destroy()
