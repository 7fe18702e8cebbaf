import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Instant } from '../lib/time.ts'

/**
 * Mails into a folder: `milliseconds-sequence.eml`, in the order of sending, with this machine's line ends. A file is there whole or
 * not at all, survives a power cut, and no other process writes over it. Only the owner may read it: there are links inside.
 */
export function folderMailer(folder: string) {
  let sequence = 0
  return {
    async send({ raw, at }: { raw: string; at: Instant }): Promise<{ where: string }> {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      for (;;) {
        sequence += 1
        const path = join(folder, `${at}-${String(sequence).padStart(6, '0')}.eml`)
        if (await written(path, raw.replaceAll('\r\n', '\n'))) {
          await sync(folder)
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
  } finally {
    await file.close()
  }
  const taken = await stat(path).catch(unless('ENOENT'))
  await (taken ? rm(part) : rename(part, path))
  return !taken
}

async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const unless = (code: string) => (error: NodeJS.ErrnoException) => {
  if (error.code !== code) throw error
  return undefined
}
