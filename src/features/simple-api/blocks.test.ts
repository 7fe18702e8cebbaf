import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Block, inOrder, newBlock, putProject } from './blocks.ts'

const names = Array.from({ length: 10_000 }, (_, n) => `project-${n.toString(36)}`)
const project = (normalized_name: string, last_serial = 1) => ({ name: normalized_name.toUpperCase(), normalized_name, last_serial })

function blocksOf(names: readonly string[]): Block<string>[] {
  const blocks = [newBlock<string>()]
  for (const name of names) putProject(blocks, project(name))
  return blocks
}

const shapeOf = (blocks: readonly Block<string>[]) => blocks.map((block) => [block.from, inOrder(block)])

test('blocks follow each other in the order of names, each some thousand names long', () => {
  const blocks = blocksOf(names)
  assert.deepEqual(
    blocks.flatMap(inOrder),
    names.toSorted().map((name) => project(name)),
  )
  assert.ok(blocks.length > 2 && blocks.length < 20, `${blocks.length}`)
})

test('the same names make the same blocks, in whatever order they came', () => {
  const shape = shapeOf(blocksOf(names))
  for (const order of [names.toSorted(), names.toReversed(), names.toSorted((a, b) => (a.slice(-1) + a < b.slice(-1) + b ? 1 : -1))])
    assert.deepEqual(shapeOf(blocksOf(order)), shape)
})

test('a change takes the parts of its block, and no others', () => {
  const blocks = blocksOf(names)
  for (const block of blocks) block.parts.set('json', 'made')
  const changed = blocks[1]
  const [, name = ''] = [...(changed?.projects.keys() ?? [])]
  putProject(blocks, project(name, 2))
  assert.equal(changed?.projects.get(name)?.last_serial, 2)
  assert.deepEqual(
    blocks.filter(({ parts }) => parts.size === 0),
    [changed],
  )
  assert.equal(
    blocks.reduce((sum, { projects }) => sum + projects.size, 0),
    names.length,
  )
})

test('a name at which a block begins takes the rest of the block before it', () => {
  const all = blocksOf(names)
  const begins = all.map(({ from }) => from)
  for (const late of begins.slice(1)) {
    const blocks = blocksOf(names.filter((name) => name !== late))
    assert.equal(blocks.length, all.length - 1)
    for (const block of blocks) block.parts.set('json', 'made')
    putProject(blocks, project(late))
    assert.deepEqual(shapeOf(blocks), shapeOf(all))
    assert.equal(blocks.filter(({ parts }) => parts.size === 0).length, 2)
  }
})
