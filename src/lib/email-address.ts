import { domainToASCII, domainToUnicode } from 'node:url'

/** One e-mail address in ASCII: the local part as typed, the domain in lower case and punycode. Mails go there and nowhere else. */
export type EmailAddress = string & { readonly proved: 'EmailAddress' }

/** An address as addresses are compared. */
export type CanonicalEmail = string & { readonly proved: 'CanonicalEmail' }

/**
 * Reads one address of at most 254 characters (ACC-04): a dot-atom (RFC 5321 §4.1.2), `@`, a domain of at least two labels; spaces
 * around it are taken off. Lists, display names, quotes, comments, line ends (T66), host numbers, and letters beyond ASCII in the
 * local part (T69) are `undefined`.
 */
export function parseEmailAddress(text: string): EmailAddress | undefined {
  if (text.length > 320 || /\p{Cc}/u.test(text)) return undefined
  const [local = '', typed = '', ...more] = text.trim().split('@')
  const domain = asciiDomain(typed)
  if (more.length > 0 || local.length > 64 || !atoms(local).every(isAtom) || !domain) return undefined
  const address = `${local}@${domain}`
  return address.length <= 254 ? (address as EmailAddress) : undefined
}

/** Only ASCII gets here, so that no folding of other letters can make two addresses meet (T69). */
export const canonicalEmail = (address: EmailAddress): CanonicalEmail => address.toLowerCase() as CanonicalEmail

/** The mailbox that an address leads to as a rule: what stands behind a `+` is its owner's note. For counting mails only (T72). */
export const mailboxOf = (address: EmailAddress): string => canonicalEmail(address).replace(/\+[^@]*/, '')

const atoms = (local: string): string[] => local.split('.')
const isAtom = (text: string): boolean => /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+$/.test(text)

/** The domain in ASCII if that says the same: what would silently become another name (`ſite.org`, `ｅxample.org`, `127.1`) isn't taken. */
function asciiDomain(typed: string): string | undefined {
  const ascii = domainToASCII(typed)
  const same = isAscii(typed) ? ascii : ascii.includes('xn--') && domainToUnicode(ascii)
  const labels = ascii.split('.')
  const isHost = labels.length >= 2 && labels.every(isLabel) && /[a-z]/.test(labels.at(-1) ?? '')
  return same === typed.normalize('NFC').toLowerCase() && isHost ? ascii : undefined
}

const isAscii = (text: string): boolean => /^[ -~]*$/.test(text)
const isLabel = (text: string): boolean => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text)
