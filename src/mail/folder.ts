import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder, syncPath } from '../files/durable.ts'
import type { Instant } from '../lib/time.ts'

/**
 * Mails into a folder: `milliseconds-sequence.eml`, in the order of sending, with this machine's line ends. A file is there whole or
 * not at all, survives a power cut, and no other process writes over it. Only the owner may read it: there are links inside.
 */
export function folderMailer(folder: string) {
  let sequence = 0
  return {
    async send({ raw, at }: { raw: string; at: Instant }): Promise<{ where: string }> {
      await makeFolder(folder, 0o700)
      if (sequence === 0) await removeLeftovers(folder)
      for (;;) {
        sequence += 1
        const path = join(folder, `${at}-${String(sequence).padStart(6, '0')}.eml`)
        if (await written(path, raw.replaceAll('\r\n', '\n'))) {
          await syncPath(folder)
          return { where: path }
        }
      }
    },
    async close() {},
  }
}

/** Whoever makes the `.part` owns the name; it is only taken if nobody had it before. */
async function written(path: string, text: string): Promise<boolean> {
  const part = `${path}.part`
  const file = await open(part, 'wx', 0o600).catch(unless('EEXIST'))
  if (!file) return false
  try {
    await file.writeFile(text)
    await file.sync()
  } catch (error) {
    await rm(part)
    throw error
  } finally {
    await file.close()
  }
  const taken = await stat(path).catch(unless('ENOENT'))
  await (taken ? rm(part) : rename(part, path))
  return !taken
}

/** What processes that died were writing, a minute ago or longer. */
async function removeLeftovers(folder: string): Promise<void> {
  const parts = (await readdir(folder)).filter((name) => name.endsWith('.part'))
  for (const part of parts.map((name) => join(folder, name))) {
    const stats = await stat(part).catch(unless('ENOENT'))
    if (stats && stats.mtimeMs < Date.now() - 60_000) await rm(part, { force: true })
  }
}

const unless = (code: string) => (error: NodeJS.ErrnoException) => {
  if (error.code !== code) throw error
  return undefined
}
