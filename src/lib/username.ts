/** A user name as its owner writes it. */
export type Username = string & { readonly proved: 'Username' }

/** A user name as names are compared. */
export type CanonicalUsername = string & { readonly proved: 'CanonicalUsername' }

/**
 * Reads a user name (ACC-02): 2 to 50 ASCII letters, digits, `.`, `_`, `-`, the first and last a letter or digit. Space around it
 * is taken off; anything else, as look-alikes in other scripts or widths, is `undefined` (T11).
 */
export function parseUsername(text: string): Username | undefined {
  const username = text.trim()
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,48}[A-Za-z0-9]$/.test(username) ? (username as Username) : undefined
}

/** Only ASCII gets here, so that no folding of other letters can make two names meet. */
export const canonicalUsername = (username: Username): CanonicalUsername => username.toLowerCase() as CanonicalUsername
