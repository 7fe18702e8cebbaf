import assert from 'node:assert/strict'
import { test } from 'node:test'
import { naming } from './obstacles.ts'

/** The sentence that comes of an error. */
async function sentenceOf(error: unknown): Promise<string> {
  const refused = await naming('DATA_DIR', '/data', () => Promise.reject(error)).catch((thrown: unknown) => thrown)
  assert.ok(refused instanceof Error)
  return refused.message
}

const coded = (code: string, message = ''): Error => Object.assign(new Error(message), { code })

const sentences: Record<string, [error: Error, sentence: string]> = {
  'no permission': [coded('EACCES'), 'this user has no permission there. Give it that, or change DATA_DIR.'],
  'a disk that can only be read': [coded('EROFS'), 'the disk can only be read. Mount it for writing, or change DATA_DIR.'],
  'a file in the way': [coded('ENOTDIR'), 'a file is where a folder should be. Move the file, or change DATA_DIR.'],
  'a file of that name': [coded('EEXIST'), 'a file is where a folder should be. Move the file, or change DATA_DIR.'],
  'a full disk': [coded('ENOSPC'), 'there is no room left. Make room, or change DATA_DIR.'],
  'several addresses, and nobody at any': [
    Object.assign(new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]), { code: 'ECONNREFUSED' }),
    'nobody answers there. Start the server, or change DATA_DIR.',
  ],
  'what nobody foresaw': [coded('EODD', 'odd, as never before.\nin words'), 'odd, as never before. Look into that, or change DATA_DIR.'],
  'what has no words at all': [coded('EODD'), 'EODD. Look into that, or change DATA_DIR.'],
}
for (const [what, [error, sentence]] of Object.entries(sentences)) {
  test(`obstacles: a sentence says what happened and what to do: ${what}`, async () => {
    assert.equal(await sentenceOf(error), `DATA_DIR /data can’t be used: ${sentence}`)
  })
}

test('obstacles: what was thrown in words stays as it is, and what is done is handed back', async () => {
  assert.equal(await sentenceOf(new Error('Others can read the master key.')), 'Others can read the master key.')
  assert.equal(await naming('DATA_DIR', '/data', () => 7), 7)
})
