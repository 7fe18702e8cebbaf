import { writeSync } from 'node:fs'

/** One line of the log: the message reads alone, the other fields carry ids and figures. Never secrets, mails or bodies. */
export interface LogLine {
  readonly level: 'info' | 'warning' | 'error'
  readonly message: string
  readonly [field: string]: string | number | null | undefined
}

export type Log = (line: LogLine) => void

/** A log of JSON lines on `fd`, written in batches every 50 ms; warnings and errors at once. `flush` before the end of the process. */
export function openLog(fd: number, clock: () => number): { log: Log; flush: () => void } {
  let waiting = ''
  const timeText = timeTexts()
  const flush = (): void => {
    const lines = waiting
    waiting = ''
    if (lines) write(fd, lines)
  }
  const log: Log = (line) => {
    if (!waiting) setTimeout(flush, 50).unref()
    waiting += `{"time":"${timeText(clock())}",${JSON.stringify(line).slice(1)}\n`
    if (line.level !== 'info' || waiting.length > 65_536) flush()
  }
  return { log, flush }
}

/** Many lines fall into one millisecond; spelling it out anew took as long as the rest of a line. */
function timeTexts(): (at: number) => string {
  let last = { at: 0, text: '' }
  return (at) => {
    if (at !== last.at) last = { at, text: new Date(at).toISOString() }
    return last.text
  }
}

/** A reader that went away (a closed pipe) must not take the server with it. */
function write(fd: number, text: string): void {
  try {
    writeSync(fd, text)
  } catch {
    // nobody left to tell
  }
}
