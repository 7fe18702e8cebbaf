import { createHash } from 'node:crypto'
import { createBLAKE2b, type IHasher } from 'hash-wasm'

/** The three digests that clients send and the index keeps, in lower-case hex. */
export interface Digests {
  readonly sha256: string
  readonly blake2_256: string
  readonly md5: string
}

/** Node has no BLAKE2b of 256 bits. An instance of the other one holds one state, so those not in use wait here. */
const idle: IHasher[] = []

/** Computes all three while the bytes go by. */
export async function newDigester(): Promise<{ update: (bytes: Uint8Array) => void; digest: () => Digests }> {
  const blake2 = idle.pop() ?? (await createBLAKE2b(256))
  const [sha256, md5] = [createHash('sha256'), createHash('md5')]
  blake2.init()
  return {
    update: (bytes) => {
      for (const hash of [sha256, md5, blake2]) hash.update(bytes)
    },
    digest: () => {
      const digests = { sha256: sha256.digest('hex'), blake2_256: blake2.digest('hex'), md5: md5.digest('hex') }
      idle.push(blake2)
      return digests
    },
  }
}
