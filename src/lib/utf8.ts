/** The text of `bytes`, or `undefined` if they aren't UTF-8. A byte order mark stays, so that the file's reader refuses it. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
