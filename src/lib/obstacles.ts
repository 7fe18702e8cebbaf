/**
 * Does what the operator's setting `name` asks for. If the system, SQLite or PostgreSQL refuses, it throws a sentence that says what
 * happened and what to do. `text` is the setting as it may be shown, without passwords. What was thrown in words stays as it is.
 */
export async function naming<Done>(name: string, text: string, act: () => Done | Promise<Done>): Promise<Done> {
  try {
    return await act()
  } catch (error) {
    const code = codeOf(error)
    if (code === undefined) throw error
    const { what, remedy } = obstacles[code] ?? unknown(error, code)
    throw new Error(`${name} ${text} can’t be used: ${what}. ${remedy}, or change ${name}.`, { cause: error })
  }
}

/** The name that the system, SQLite or PostgreSQL gave to an error; nothing if it is none of theirs. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return error.message === noFolder ? noFolder : undefined
}

/** better-sqlite3 has no code for it. */
const noFolder = 'Cannot open database because the directory does not exist'

type Obstacle = { readonly what: string; readonly remedy: string }

const obstacle = (what: string, remedy: string): Obstacle => ({ what, remedy })

const unknown = (error: unknown, code: string): Obstacle => {
  const [line = ''] = error instanceof Error ? error.message.split('\n') : []
  return obstacle(line.replace(/\.$/, '') || code, 'Look into that')
}

const missing = obstacle('it isn’t there, and Wheelkeep can’t make it', 'Make it yourself')
const fileInTheWay = obstacle('a file is where a folder should be', 'Move the file')
const forbidden = obstacle('this user has no permission there', 'Give it that')
const readOnly = obstacle('it can’t be written', 'Let this user write there')
const full = obstacle('there is no room left', 'Make room')
const silent = obstacle('nobody answers there', 'Start the server')
const nameless = obstacle('its host is unknown', 'Correct the name')
const unreachable = obstacle('its host can’t be reached', 'Look at the network')
const refused = obstacle('user and password are not accepted', 'Correct them')

/** By code: of the system, of SQLite, of PostgreSQL. */
const obstacles: Readonly<Record<string, Obstacle>> = {
  ENOENT: missing,
  ENOTDIR: fileInTheWay,
  EEXIST: fileInTheWay,
  EISDIR: obstacle('a folder is where a file should be', 'Move the folder'),
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: obstacle('the disk can only be read', 'Mount it for writing'),
  ENOSPC: full,
  EDQUOT: full,
  EADDRNOTAVAIL: obstacle('this machine has no such address', 'Correct the address'),
  ECONNREFUSED: silent,
  ECONNRESET: silent,
  ENOTFOUND: nameless,
  EAI_AGAIN: nameless,
  ETIMEDOUT: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  [noFolder]: obstacle('its folder isn’t there', 'Make the folder'),
  SQLITE_CANTOPEN: obstacle('it can’t be opened', 'Let this user write the file and its folder'),
  SQLITE_READONLY: readOnly,
  SQLITE_READONLY_DIRECTORY: readOnly,
  SQLITE_FULL: full,
  SQLITE_NOTADB: obstacle('that file is no SQLite database', 'Put the right one there'),
  SQLITE_BUSY: obstacle('another process holds it', 'Stop that one'),
  '28000': refused,
  '28P01': refused,
  '3D000': obstacle('there is no database of that name', 'Create it'),
  '42501': obstacle('its user may not make tables', 'Let the user own the database'),
}
