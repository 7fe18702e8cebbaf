import { crc32 } from 'node:zlib'
import type { ListedName } from './queries.ts'

/**
 * A stretch of the list of all projects: by normalized name, all from `from` to where the next block begins. `Part` is what was made
 * of it, by kind; it goes when a project changes.
 */
export interface Block<Part> {
  readonly from: string
  readonly projects: Map<string, ListedName>
  readonly parts: Map<string, Part>
}

/** How many names stand in a block, on average: what a change costs, and how many blocks there are. */
const blockSize = 2048

export const newBlock = <Part>(from = '', projects: Iterable<[string, ListedName]> = []): Block<Part> => ({
  from,
  projects: new Map(projects),
  parts: new Map(),
})

/**
 * Puts a project into the block where it belongs. A block begins at a name whose checksum says so: blocks depend on which names there
 * are, not on how they came, so that every process has the same, and the same ETags.
 */
export function putProject<Part>(blocks: Block<Part>[], project: ListedName): void {
  const name = project.normalized_name
  const at = findBlock(blocks, name)
  const block = blocks[at]
  if (!block) return
  block.parts.clear()
  if (block.from === name || crc32(name) % blockSize !== 0) block.projects.set(name, project)
  else blocks.splice(at + 1, 0, newBlock(name, [[name, project], ...takeAfter(block, name)]))
}

/** The projects of a block in the order of their names, whichever came first. */
export const inOrder = ({ projects }: Block<unknown>): ListedName[] =>
  [...projects.values()].sort((a, b) => (a.normalized_name < b.normalized_name ? -1 : 1))

/** The last block that begins at the name or before it. The first one begins at ''. */
function findBlock(blocks: readonly Block<unknown>[], name: string): number {
  let [found, end] = [0, blocks.length]
  while (end - found > 1) {
    const middle = (found + end) >>> 1
    if ((blocks[middle]?.from ?? '') <= name) found = middle
    else end = middle
  }
  return found
}

function takeAfter({ projects }: Block<unknown>, name: string): [string, ListedName][] {
  const taken = [...projects].filter(([other]) => other > name)
  for (const [other] of taken) projects.delete(other)
  return taken
}
