import type { Rendered } from '../../lib/description.ts'
import { plainText } from '../../lib/html.ts'
import { type Failure, openPool, scriptBeside } from '../../workers/pool.ts'

export type RenderTask = { text: string; contentType: string | undefined }

export type Renderer = {
  /**
   * Never rejects. `contentType` as in the metadata; the caller keeps the result, for it may cost the whole budget. Texts of one
   * `author` are rendered one after the other, so that those of others needn't wait for all of them.
   */
  render(text: string, contentType: string | undefined, author: string): Promise<Rendered>
  close(): Promise<void>
}

/** Characters, 1 MiB: what an upload may bring at most. */
const maxText = 1024 * 1024

/**
 * Renders descriptions in a thread of their own (T99, T171, P8), each in `budget` milliseconds; 64 may wait. What is too long,
 * takes too long or breaks the renderer becomes plain text, with a warning.
 */
export function openRenderer(budget = 2_000): Renderer {
  const pool = openPool<RenderTask, Rendered>({
    script: scriptBeside(import.meta.url, 'render-worker'),
    threads: 1,
    queue: 64,
    budget,
    limits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 },
  })
  const inTurn = oneAtATime()
  return {
    close: pool.close,
    render: async (text, contentType, author) => {
      if (text.length > maxText) return { html: plainText(text), warning: tooLong }
      const outcome = await inTurn(author, () => pool.run({ text, contentType }))
      return outcome.ok ? outcome.answer : { html: plainText(text), warning: warnings[outcome.why] }
    },
  }
}

/** Runs the tasks of one key one after the other. They never reject. */
function oneAtATime(): <Answer>(key: string, task: () => Promise<Answer>) => Promise<Answer> {
  const last = new Map<string, Promise<unknown>>()
  return async (key, task) => {
    const done = (last.get(key) ?? Promise.resolve()).then(task)
    last.set(key, done)
    try {
      return await done
    } finally {
      if (last.get(key) === done) last.delete(key)
    }
  }
}

const tooLong = 'The description is longer than 1 MiB. The page shows its beginning as plain text.'
const warnings: Record<Failure['why'], string> = {
  overrun: 'The description took too long to render, so the page shows it as plain text.',
  crash: 'The description broke our renderer, so the page shows it as plain text.',
  busy: 'Too many descriptions wait to be rendered, so the page shows this one as plain text.',
  closed: 'The index was stopping while the description was rendered, so the page shows it as plain text.',
}
