import { type DescriptionType, parseDescriptionType } from './description-type.ts'
import { plainText } from './html.ts'
import { renderMarkdown } from './markdown.ts'
import { sanitize } from './sanitize.ts'

/** HTML that is safe to put into a page, and a sentence for the publisher if it isn't what they meant. */
export type Rendered = { html: string; warning?: string }

/** Characters. More than this is no page that anybody reads, and every visitor would load it. */
const maxHtml = 2 * 1024 * 1024

/**
 * A description as its `Description-Content-Type` says (core metadata; absent means reStructuredText): Markdown rendered,
 * plain text as it is, reStructuredText as plain text with a warning. It may run long on hostile text (T171), so what
 * strangers write goes through `openRenderer`, which stops it.
 */
export function renderDescription(text: string, contentType: string | undefined): Rendered {
  const description = parseDescriptionType(contentType || 'text/x-rst')
  if (description?.type === 'text/markdown') return renderSafely(text, description.variant)
  if (description?.type === 'text/plain') return { html: plainText(text) }
  return { html: plainText(text), warning: description ? restructured : unknown }
}

const restructured = 'The description is reStructuredText. The page shows it as plain text; Markdown is shown in full.'
const unknown = 'The type of the description is unknown, so the page shows it as plain text.'
const tooMuch = 'The description is nested too deeply or too long once rendered, so the page shows it as plain text.'

function renderSafely(text: string, variant: DescriptionType['variant']): Rendered {
  const html = sanitize(renderMarkdown(text, variant))
  return html === undefined || html.length > maxHtml ? { html: plainText(text), warning: tooMuch } : { html }
}
