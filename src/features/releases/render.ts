import type { Rendered } from '../../lib/description.ts'
import { plainText } from '../../lib/html.ts'
import { type Failure, openPool, scriptBeside } from '../../workers/pool.ts'

export type RenderTask = { text: string; contentType: string | undefined }

export type Renderer = {
  /** Never rejects. `contentType` as in the metadata; the caller keeps the result, for it may cost the whole budget. */
  render(text: string, contentType: string | undefined): Promise<Rendered>
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
  return {
    close: pool.close,
    render: async (text, contentType) => {
      if (text.length > maxText) return { html: plainText(text.slice(0, maxText)), warning: tooLong }
      const outcome = await pool.run({ text, contentType })
      return outcome.ok ? outcome.answer : { html: plainText(text), warning: warnings[outcome.why] }
    },
  }
}

const tooLong = 'The description is longer than 1 MiB. The page shows its beginning as plain text.'
const warnings: Record<Failure['why'], string> = {
  overrun: 'The description took too long to render, so the page shows it as plain text.',
  crash: 'The description broke our renderer, so the page shows it as plain text.',
  busy: 'Too many descriptions wait to be rendered, so the page shows this one as plain text.',
  closed: 'The index was stopping while the description was rendered, so the page shows it as plain text.',
}
