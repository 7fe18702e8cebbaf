import { serveTasks } from '../workers/pool.ts'

/** What the tests of the pool ask of a thread. */
export type PoolTask = { echo: string } | { spin: true } | { fill: true } | { fail: string } | { count: true } | { leave: true }

let tasks = 0

serveTasks((task: PoolTask): string => {
  tasks += 1
  if ('echo' in task) return task.echo
  if ('count' in task) return String(tasks)
  if ('fail' in task) throw new Error(task.fail)
  if ('leave' in task) process.exit(0)
  const kept: string[][] = []
  for (;;) if ('fill' in task) kept.push(new Array<string>(100_000).fill('x'))
})
