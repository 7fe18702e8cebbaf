/**
 * Whether `path` names one file below a folder, in one spelling and on every system the same: plain names with `/` between them; at
 * most 4,096 characters, no backslash, colon (a drive or a stream of a file), control character or line separator (T149, T158).
 */
export const isPlainPath = (path: string): boolean =>
  path.length <= 4096 && !/[\\:\p{Cc}\p{Zl}\p{Zp}]/u.test(path) && path.split('/').every(isPlainName)

/** Windows drops dots and blanks at the end of a name, and opens a device by some, whatever follows their first dot. */
const isPlainName = (name: string): boolean => name !== '' && !/[. ]$|^(?:con|prn|aux|nul|(?:com|lpt)[1-9¹²³]) *(?:\.|$)/i.test(name)
