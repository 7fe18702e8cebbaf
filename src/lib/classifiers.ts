import trove from './data/trove-classifiers.json' with { type: 'json' }

/** Whether the classifier is in today's list; deprecated ones are not (UP-33). */
export const isClassifier = (text: string): boolean => known.has(text)

/** What to use in place of a deprecated classifier, perhaps nothing; `undefined` if it isn't deprecated. */
export const replacementsOf = (text: string): readonly string[] | undefined => deprecated.get(text)

const known = new Set(trove.classifiers)
const deprecated = new Map<string, readonly string[]>(Object.entries(trove.deprecated))
