/** `text` as a sentence may show it: at most `length` characters, with controls, direction marks and invisible characters spelled out. */
export function quote(text: string, length = 60): string {
  const short = text.length > length ? `${text.slice(0, length - 3)}...` : text
  return `'${short.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escaped)}'`
}

const escaped = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
