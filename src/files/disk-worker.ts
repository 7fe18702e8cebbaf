import { closeSync, fsyncSync, openSync, renameSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { serveTasks } from '../workers/pool.ts'
import type { Storing, StoringFailure } from './disk.ts'

serveTasks((storing: Storing): StoringFailure | undefined => {
  try {
    if (storing.bytes) writeFileSync(storing.path, storing.bytes, { flag: 'wx' })
    store(storing)
    return undefined
  } catch (error) {
    if (storing.bytes) removeQuietly(storing.path)
    const { code, message } = error as NodeJS.ErrnoException // node:fs throws nothing else
    return { code, message }
  }
})

/**
 * Sync the bytes, rename, sync the folder: in this order a power cut leaves the whole file or none. Known content is touched instead,
 * so that a sweep of what nobody refers to doesn't take it from under a commit.
 */
function store({ path, target, at }: Storing): void {
  if (isTouched(target, at)) unlinkSync(path)
  else {
    sync(path)
    renameSync(path, target)
  }
  sync(dirname(target)) // also of known content: whoever put it may not have come so far yet
}

/** Touches what is there; says no if nothing is. One step: between a look and the touch a sweep could take it away. */
function isTouched(target: string, at: number): boolean {
  try {
    utimesSync(target, at / 1000, at / 1000)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false // node:fs throws nothing else
    throw error
  }
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // it was never made, or it was moved already
  }
}
