import { isClassifier, replacementsOf } from '../classifiers.ts'
import { quote } from '../quote.ts'
import { all, type Fields } from './fields.ts'

/** UP-33: from the list, or a private one (`Private :: …`), which no list holds. */
export const classifiers = (fields: Fields): string[] =>
  all(fields, 'classifier')
    .filter((text) => !isClassifier(text) && !isPrivate(text))
    .map((text) => `Classifier ${quote(text)} ${faultOf(text)}.`)

/** On a public index, what its owner marked as private was sent to the wrong place. */
export const privateClassifiers = (fields: Fields): string[] =>
  all(fields, 'classifier')
    .filter(isPrivate)
    .map((text) => `Classifier ${quote(text)} says that this must not be published: remove it if it may.`)

const isPrivate = (text: string): boolean => text.startsWith('Private :: ')

function faultOf(text: string): string {
  const replacements = replacementsOf(text)
  if (!replacements) return "isn't in the list of classifiers: compare its spelling with the list, or remove it"
  return replacements.length === 0
    ? 'is deprecated: remove it'
    : `is deprecated: use ${replacements.map((text) => `'${text}'`).join(' or ')}`
}
