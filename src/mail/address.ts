/**
 * One e-mail address and nothing else, in ASCII, as envelopes and headers take it. Anything that could be two, or another header
 * (T66), is a bug of ours by the time it gets here: throws, and the address isn't in the message, which is logged.
 */
export function oneAddress(text: string): string {
  if (text.length > 254 || !/^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+$/.test(text) || !/^[!-~]*$/.test(text)) {
    throw new RangeError('A mail needs one plain address on each side.')
  }
  return text
}
