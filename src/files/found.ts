/** Nothing instead of an error when there is no such file. */
export const found = <T>(act: Promise<T>): Promise<T | undefined> =>
  act.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
