import { readdirSync, readFileSync } from 'node:fs'

const folder = new URL('../../docs/decisions/', import.meta.url)

/** A decision page: its file, its heading, its text. */
export interface Decision {
  readonly file: string
  readonly title: string
  readonly text: string
}

/** Every decision page, in the order of their numbers. */
export const decisions = (): Decision[] =>
  readdirSync(folder)
    .filter((file) => /^[0-9]{4}-/.test(file))
    .sort()
    .map((file) => {
      const text = readFileSync(new URL(file, folder), 'utf8')
      return { file, title: /^# (.*)$/m.exec(text)?.[1] ?? '', text }
    })
