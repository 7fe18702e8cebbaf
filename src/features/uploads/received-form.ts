import type { Problem } from '../../errors.ts'
import type { Digests } from './digests.ts'

/** The file of an upload, as it lies in the temporary folder. */
export interface ReceivedFile extends Digests {
  readonly filename: string
  readonly path: string
  readonly size: number
}

/** An upload form, read to its end: text fields in their order, the file if there was one, and what the form itself did wrong. */
export interface ReceivedForm {
  readonly fields: ReadonlyMap<string, readonly string[]>
  readonly file: ReceivedFile | undefined
  readonly problems: readonly Problem[]
}
