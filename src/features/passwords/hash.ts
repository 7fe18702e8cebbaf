import * as argon2 from '@node-rs/argon2'
import { refuse } from '../../errors.ts'
import { maxPasswordBytes } from '../../lib/password.ts'

/** What D1 asks of argon2id: 64 MiB, 3 passes, 1 lane, a salt of 16 and a tag of 32 bytes (the library's own). */
const recommended = { memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const

/** Hashes passwords, a few at a time. */
export interface Hasher {
  /** The argon2id hash as a PHC string. The password has passed `passwordProblem`. Refuses `busy`. */
  hash(password: string): Promise<string>
  /**
   * Whether `password` is the one hashed in `phc`; without `phc` (nobody of that name) it takes as long and is `false`. A malformed
   * hash and a password beyond 4096 bytes are `false`. Refuses `busy`.
   */
  verify(phc: string | undefined, password: string): Promise<boolean>
  /** Whether a hash was made with other parameters than these, so that the next log-in should replace it. */
  needsRehash(phc: string): boolean
}

/** A hasher with the parameters of D1 (tests take cheaper ones): 4 hashes at once, 64 wait, more are refused `busy`. */
export function openHasher(parameters: { memoryCost: number; timeCost: number; parallelism: number } = recommended): Hasher {
  const inTurn = openGate(4, 64)
  const prefix = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`
  const nobody = `${prefix}${'A'.repeat(22)}$${'A'.repeat(43)}`
  return {
    hash: (password) => inTurn(() => argon2.hash(bytesOf(password), parameters)),
    async verify(phc, password) {
      if (Buffer.byteLength(password) > maxPasswordBytes) return false // before NFC, which takes seconds for long rows of accents (T171)
      const bytes = bytesOf(password)
      if (bytes.length > maxPasswordBytes || (phc !== undefined && !isUsable(phc))) return false
      const fits = await inTurn(() => argon2.verify(phc ?? nobody, bytes))
      return fits && phc !== undefined
    },
    needsRehash: (phc) => !phc.startsWith(prefix),
  }
}

/** NFC, so that two keyboards type the same password (NIST 800-63B §3.1.1.2); nothing else is changed or cut off. */
const bytesOf = (password: string): Buffer => Buffer.from(password.normalize('NFC'))

/** A hash that can be read, and whose cost we can bear: one that asks for terabytes would end the process. */
function isUsable(phc: string): boolean {
  try {
    const { memoryCost, timeCost, parallelism } = argon2.parseOptions(phc)
    return memoryCost <= 1_048_576 && timeCost <= 32 && parallelism <= 32
  } catch {
    return false
  }
}

/** Lets `atOnce` works run, keeps up to `waiting` more in line, first come first served, and refuses the rest `busy`. */
function openGate(atOnce: number, waiting: number) {
  const line: (() => void)[] = []
  let free = atOnce
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (free === 0 && line.length >= waiting) refuse('busy')
    if (free === 0) await new Promise<void>((goOn) => line.push(goOn))
    else free -= 1
    try {
      return await work()
    } finally {
      const next = line.shift() // it takes over this place
      if (next) next()
      else free += 1
    }
  }
}
