import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildWheel } from '../src/testing/wheel.ts'
import { askOverWire } from '../src/testing/wire.ts'
import { uploadForm } from '../test/e2e/uploads.ts'
import { compare, least, most, type Sample } from './compare.ts'
import { memory } from './processes.ts'
import { newUploader, pathOf } from './publishing.ts'
import { figure, report, times } from './report.ts'
import { newFolder, placeIn, startNginx, startWheelkeep } from './servers.ts'

// P4: files, small and large, beside nginx with sendfile.

const sizes = [1, 100] as const
const speed = (samples: readonly Sample[]): number => most(samples.map(({ flow }) => flow))
const weight = (samples: readonly Sample[]): string => `${least(samples.map(({ weight }) => weight)).toFixed(2)} s`

const folder = await newFolder()
const place = await placeIn(folder)
const first = await startWheelkeep(place)
const uploader = await newUploader(place)
const wheels = sizes.map((size) => ({
  size,
  ...buildWheel({ version: `${size}.0`, files: { 'demo/data': randomBytes(size * 1024 ** 2) } }),
}))
for (const wheel of wheels) await uploader.sendAll([await uploadForm(wheel)], 1)
uploader.close()
await first.stop() // what the uploads took is not what downloads take

const [wheelkeep, nginx] = [await startWheelkeep(place), await startNginx(folder)]
const before = memory(wheelkeep.pid)
const rows: string[][] = []
for (const wheel of wheels) {
  await writeFile(join(folder, wheel.filename), wheel.bytes)
  const { body } = await askOverWire(wheelkeep.url, pathOf(wheel))
  if (!body.equals(wheel.bytes)) throw new Error('The file comes out otherwise than it went in.')
  const asked = { connections: 8, headers: {} }
  const [ours = [], theirs = []] = await compare([
    { ...asked, server: wheelkeep, path: pathOf(wheel) },
    { ...asked, server: nginx, path: `/${wheel.filename}` },
  ])
  rows.push([
    `${wheel.size} MiB`,
    figure(speed(ours)),
    figure(speed(theirs)),
    times(speed(ours) / speed(theirs)),
    weight(ours),
    weight(theirs),
  ])
}
const after = memory(wheelkeep.pid)
for (const server of [wheelkeep, nginx]) await server.stop()

await report(
  'downloads',
  'Downloads (P4)',
  `Eight connections that stay open, files in the system's cache, beside nginx with \`sendfile\`. Goal: at least 0.35 times its speed, memory flat. Wheelkeep took ${before.now} MiB before and at most ${after.most} MiB during all of it.`,
  {
    head: ['file', 'Wheelkeep, MiB a second', 'nginx, MiB a second', 'ratio', 'processor time a GiB', 'that of nginx'],
    rows,
  },
)
