import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Makes the folder, and those above it that are missing. When it returns, a power cut doesn't take them away. */
export async function makeFolder(path: string, mode = 0o777): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode })
  if (first === undefined) return
  for (let at = path; at.length >= first.length; at = dirname(at)) await syncPath(dirname(at))
}

/** Waits until the bytes of a file, or the names in a folder, are on the disk. */
export async function syncPath(path: string): Promise<void> {
  await using handle = await open(path, 'r')
  await handle.sync()
}
