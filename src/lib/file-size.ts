/** Bytes in words: “812 kB”, “3.4 MB” (units of 1000). */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  const step = Math.min(Math.floor(Math.log10(bytes) / 3), 3)
  const figure = bytes / 1000 ** step
  return `${figure < 10 ? figure.toFixed(1) : Math.round(figure)} ${['', 'kB', 'MB', 'GB'][step]}`
}
