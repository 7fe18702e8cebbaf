import { quote } from '../quote.ts'
import { all, type Fields, label, one } from './fields.ts'

/** UP-32: of a list of people, one address. */
export const emails = (fields: Fields): string[] =>
  (['author-email', 'maintainer-email'] as const).flatMap((field) => {
    const found = one(fields, field) ?? ''
    const people = peopleIn(found)
    if (people.length === 0 || people.some((person) => isEmail(addressOf(person)))) return []
    return [`${label(field)} ${quote(found)} holds no valid address: use a form like 'Ada Lovelace <ada@example.org>'.`]
  })

/** UP-33. */
export const urls = (fields: Fields): string[] =>
  (['home-page', 'download-url'] as const).flatMap((field) => {
    const found = one(fields, field)
    return found === undefined || isWebUrl(found) ? [] : [`${label(field)} ${quote(found)} isn't a web address: use 'https://...'.`]
  })

/** UP-21, UP-33. */
export function projectUrls(fields: Fields): string[] {
  const pairs = all(fields, 'project-url').map(splitProjectUrl)
  const labels = new Set(pairs.map((pair) => pair.label))
  const repeated = labels.size < pairs.length ? ['Project-URL uses a label twice: give each address its own.'] : []
  const wrong = pairs.filter(({ label, url }) => label === '' || [...label].length > 32 || !isWebUrl(url))
  return [...repeated, ...wrong.map(({ label, url }) => `Project-URL ${quote(`${label}, ${url}`)} isn't valid: ${projectUrlForm}.`)]
}

/** `label, url`: the label ends at the first comma. */
export function splitProjectUrl(text: string): { label: string; url: string } {
  const comma = text.indexOf(',')
  return comma < 0 ? { label: '', url: text } : { label: text.slice(0, comma).trim(), url: text.slice(comma + 1).trim() }
}

const projectUrlForm = "use 'Label, https://...' with a label of 1 to 32 characters"

const isWebUrl = (text: string): boolean => /^https?:\/\/[^\s<>"\\\p{Cc}/?#][^\s<>"\\\p{Cc}]*$/iu.test(text) && URL.canParse(text)

/** What lies between the commas of a header like From, without quoted names and comments (RFC 5322 §3.4); a bare name may hold commas. */
const peopleIn = (text: string): string[] =>
  text
    .replace(/"[^"]*"|\([^()]*\)/g, ' ')
    .split(',')
    .filter((person) => person.trim() !== '')

const addressOf = (person: string): string => (/<([^<>]*)>/.exec(person)?.[1] ?? person).trim()

const isEmail = (text: string): boolean =>
  text.length <= 320 && /^[^\s@<>()[\],:;"\\]+@(?:[^\s@<>()[\],:;"\\.]+\.)+[^\s@<>()[\],:;"\\.]+$/.test(text)
