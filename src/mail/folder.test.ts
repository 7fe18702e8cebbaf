import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { folderMailer } from './folder.ts'
import { openMailer } from './mailer.ts'

async function emptyFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'wheelkeep-outbox-'))
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

const at = Date.UTC(2026, 10, 22)

test('a mail is one file, named by time and order, readable by its owner only, with the line ends of this machine', async () => {
  await using home = await emptyFolder()
  const folder = join(home.folder, 'new/outbox')
  const { where } = await folderMailer(folder).send({ raw: 'To: a@x.example\r\n\r\n“Hi”\r\n', at })
  assert.equal(where, join(folder, `${at}-000001.eml`))
  assert.equal(await readFile(where, 'utf8'), 'To: a@x.example\n\n“Hi”\n')
  assert.equal((await stat(where)).mode & 0o777, 0o600)
  assert.equal((await stat(folder)).mode & 0o777, 0o700)
})

test('mails of one moment keep their order by name', async () => {
  await using home = await emptyFolder()
  const mailer = folderMailer(home.folder)
  for (const raw of ['1', '2', '3']) await mailer.send({ raw, at })
  const names = (await readdir(home.folder)).sort()
  assert.deepEqual(await Promise.all(names.map((name) => readFile(join(home.folder, name), 'utf8'))), ['1', '2', '3'])
})

test('two processes at the same moment write over nothing, and leave nothing half done', async () => {
  await using home = await emptyFolder()
  await writeFile(join(home.folder, `${at}-000001.eml`), 'was here')
  await writeFile(join(home.folder, `${at}-000002.eml.part`), 'left by a crash')
  const mailers = [folderMailer(home.folder), folderMailer(home.folder), folderMailer(home.folder)]
  const bodies = Array.from({ length: 60 }, (_, i) => `mail ${i}`)
  await Promise.all(bodies.map((raw, i) => mailers[i % 3]?.send({ raw, at })))
  const names = await readdir(home.folder)
  const texts = await Promise.all(names.map((name) => readFile(join(home.folder, name), 'utf8')))
  assert.deepEqual(texts.sort(), [...bodies, 'was here', 'left by a crash'].sort())
  assert.deepEqual(
    names.filter((name) => !/^\d+-\d{6}\.eml$/.test(name)),
    [`${at}-000002.eml.part`],
  )
})

test('what a process that died was writing goes with the first mail, once it is a minute old', async () => {
  await using home = await emptyFolder()
  const [old, young] = ['1-000001.eml.part', '2-000001.eml.part'].map((name) => join(home.folder, name))
  for (const path of [old, young]) await writeFile(path ?? '', 'half a m')
  const before = Date.now() / 1000 - 61
  await utimes(old ?? '', before, before)
  await folderMailer(home.folder).send({ raw: 'x', at })
  assert.deepEqual((await readdir(home.folder)).sort(), [`${at}-000001.eml`, '2-000001.eml.part'].sort())
})

test('a folder that can’t be written is told to the caller', async () => {
  await using home = await emptyFolder()
  const file = join(home.folder, 'file')
  await writeFile(file, '')
  await assert.rejects(folderMailer(file).send({ raw: 'x', at }))
})

test('MAIL_URL: a folder is named as `file:/…` or `file:///…`; what is neither folder nor SMTP is refused', async () => {
  await using home = await emptyFolder()
  for (const prefix of ['file:', 'file://']) {
    const mailer = openMailer(`${prefix}${home.folder}/out`)
    const { where } = await mailer.send({ from: 'a@x.example', to: 'b@x.example', raw: 'x', at })
    assert.ok(where.startsWith(`${home.folder}/out/`))
    await mailer.close()
  }
  assert.throws(() => openMailer('http://mail.example.org'), RangeError)
})
