import { createHash } from 'node:crypto'

/** The SHA-256 of what is stored, in hex: the only name that stored bytes have. */
export type ContentKey = string & { readonly proved: 'ContentKey' }

export function parseContentKey(text: string): ContentKey | undefined {
  return /^[0-9a-f]{64}$/.test(text) ? (text as ContentKey) : undefined
}

export const contentKeyOf = (bytes: Uint8Array): ContentKey => createHash('sha256').update(bytes).digest('hex') as ContentKey

/** Where the bytes of distributions live, under their content's hash. What was put is never changed. */
export interface Files {
  /** A path for a file that is being received. What a crash leaves there goes at the next start. */
  temporary(): string
  /**
   * Moves a temporary file into the store, or writes bytes there. When it returns, they survive a power cut, and the temporary file is
   * gone; when it fails, that one may be left. Known content is only touched.
   */
  put(key: ContentKey, source: string | Uint8Array): Promise<void>
  /** The bytes, opened for reading from any offset, or nothing. The caller closes. */
  get(key: ContentKey): Promise<Content | undefined>
  head(key: ContentKey): Promise<{ size: number; touched_at: number } | undefined>
  delete(key: ContentKey): Promise<void>
  /** Takes content out of sight, so that nobody comes to want it while it is decided whether it goes. A crash puts it back. */
  withdraw(key: ContentKey): Promise<Withdrawn | undefined>
  /** All there is, in parts of about 1 in 256. */
  list(): AsyncIterable<readonly ContentKey[]>
  /** Removes what processes that are no more were receiving, and puts back what they had withdrawn. Done at start too. */
  tidy(): Promise<void>
  /** Gives up what was being received. */
  close(): Promise<void>
}

/** Content that is out of sight. Whoever puts it meanwhile puts it anew. */
export interface Withdrawn {
  /** When it was put last; nothing if it was put back by somebody else. */
  touchedAt(): Promise<number | undefined>
  restore(): Promise<void>
  remove(): Promise<void>
}

export interface Content {
  readonly size: number
  read(buffer: Uint8Array, length: number, position: number): Promise<{ bytesRead: number }>
  close(): Promise<void>
}
