/** The numbers in `bytes`. */
export const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** A little-endian number of 64 bits. Above 2^53 it is only near the true one, and beyond every place in a file either way. */
export const uint64 = (from: DataView, at: number): number => Number(from.getBigUint64(at, true))
