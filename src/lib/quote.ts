/** `text` as a sentence may show it: at most 60 characters, with controls, direction marks and invisible characters spelled out. */
export function quote(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 57)}...` : text
  return `'${short.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escaped)}'`
}

const escaped = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
