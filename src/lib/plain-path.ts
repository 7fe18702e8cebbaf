/**
 * Whether `path` names one file below a folder, in one spelling: `/` between its parts, none of them empty, `.` or `..`;
 * at most 4,096 characters, no backslash, drive letter, control character or line separator (T149).
 */
export const isPlainPath = (path: string): boolean =>
  path.length <= 4096 &&
  !/[\\\p{Cc}\p{Zl}\p{Zp}]|^[a-z]:/iu.test(path) &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
