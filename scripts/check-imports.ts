/*
 * Checks what Biome does not know of the house, in src/ or the folder that is named: who may import whom, cycles, who may build SQL,
 * read the environment or see a request, how long files and functions are. Prints each fault on a line, then the sizes.
 */
import { checkHouse } from './house/check.ts'

const root = process.argv[2] ?? 'src'
const { faults, sizes } = checkHouse(root)
process.stdout.write([...faults.map(({ path, line, says }) => `${root}/${path}:${line} ${says}`), ...sizes, ''].join('\n'))
process.exitCode = faults.length > 0 ? 1 : 0
