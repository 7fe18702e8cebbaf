/** `text` on one line: what breaks lines, turns their direction, or can't be seen becomes one space (T66, T104). */
export const oneLine = (text: string): string => text.replace(/[\s\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim()
