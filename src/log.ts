import { writeSync } from 'node:fs'

/** One line of the log: the message reads alone, the other fields carry ids and figures. Never secrets, mails or bodies. */
export interface LogLine {
  readonly level: 'info' | 'warning' | 'error'
  readonly message: string
  readonly [field: string]: string | number | null | undefined
}

export type Log = (line: LogLine) => void

/**
 * A log of JSON lines on `fd`, made and written in batches every 50 ms, since a batch costs a request far less than its own line;
 * warnings and errors at once. A line must not be changed afterwards. `flush` before the end of the process.
 */
export function openLog(fd: number, clock: () => number): { log: Log; flush: () => void } {
  let waiting: { at: number; line: LogLine }[] = []
  const flush = (): void => {
    const lines = waiting
    waiting = []
    if (lines.length > 0) write(fd, textOf(lines))
  }
  const log: Log = (line) => {
    if (waiting.length === 0) setTimeout(flush, 50).unref()
    waiting.push({ at: clock(), line })
    if (line.level !== 'info' || waiting.length === 500) flush()
  }
  return { log, flush }
}

/** The time comes first. Many lines fall into one millisecond, which is spelled out once. */
function textOf(lines: readonly { at: number; line: LogLine }[]): string {
  let text = ''
  let spelled = { at: Number.NaN, time: '' }
  for (const { at, line } of lines) {
    if (at !== spelled.at) spelled = { at, time: new Date(at).toISOString() }
    text += `{"time":"${spelled.time}",${JSON.stringify(line).slice(1)}\n`
  }
  return text.replace(breakers, escaped)
}

/** What JSON leaves as it is, yet some reader takes for the end of a line, or a terminal for a command (T201). */
const breakers = /[\x7f-\x9f\u2028\u2029]/g
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** A reader that went away (a closed pipe) must not take the server with it. */
function write(fd: number, text: string): void {
  try {
    writeSync(fd, text)
  } catch {
    // nobody left to tell
  }
}
