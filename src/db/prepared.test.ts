import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../testing/database.ts'
import { transaction } from './database.ts'
import { migrate } from './migrate.ts'
import { prepared } from './prepared.ts'

test('a prepared statement is built once, and answers each values for itself, in and outside a transaction', async () => {
  const { db, drop } = await freshDatabase()
  await migrate(db, 1)
  const row = (id: string) => ({ id, name: id, normalized_name: id, lookalike_key: id, last_serial: 7, created_at: 1 })
  let built = 0
  const idsOf = prepared((db, name: string, serial: number) => {
    built++
    return db.selectFrom('projects').select('id').where('name', '=', name).where('last_serial', '=', serial).where('created_at', '=', 1)
  })
  await transaction(db, async (db) => {
    await db.insertInto('projects').values(['a', 'b'].map(row)).execute()
    assert.deepEqual(await idsOf(db, 'a', 7), [{ id: 'a' }])
  })
  const answers = await Promise.all([idsOf(db, 'b', 7), idsOf(db, 'a', 8), idsOf(db, "' or 1=1 --", 7)])
  assert.deepEqual([...answers, built], [[{ id: 'b' }], [], [], 1])
  await drop()
})
