import type { Next } from 'hono'
import { AppError } from '../errors.ts'
import { PageHead } from '../ui/head.tsx'
import { type Frame, Page } from '../ui/layout.tsx'
import type { Ctx } from './context.ts'
import { frameOf } from './page.ts'
import { problem, uploadRefusal } from './refusal.ts'

/** First in the line of a route that a script calls: what it refuses, it refuses as problem JSON (RFC 9457). */
export async function forScript(c: Ctx, next: Next): Promise<void> {
  c.set('audience', 'script')
  await next()
}

/** First in the line of a route that upload clients call: refusals in the form that they print. */
export async function forUploader(c: Ctx, next: Next): Promise<void> {
  c.set('audience', 'uploader')
  await next()
}

/** The one place where errors become answers. An unknown one is a bug: logged once with a number, nothing leaked. */
export function answerError(error: Error, c: Ctx): Response | Promise<Response> {
  if (!(error instanceof AppError)) return answerBug(error, c)
  if (error.retryAfter !== undefined) c.header('retry-after', String(error.retryAfter))
  if (error.status === 401) c.header('www-authenticate', `Basic realm="${new URL(c.var.app.config.site_url).host}"`)
  if (c.var.audience === 'uploader') return uploadRefusal(c, error)
  if (c.var.audience === 'script') return problem(c, error)
  return c.html(<ErrorPage frame={frameOf(c)} title={error.message} />, error.status)
}

function answerBug(error: Error, c: Ctx): Response | Promise<Response> {
  const { request_id, app, audience } = c.var
  app.log({ level: 'error', message: 'Something broke', request_id, error: error.stack ?? error.message })
  const message = `Something broke here, not at your end. Nothing you sent was stored. The number to report is ${request_id}.`
  if (audience === 'uploader') return uploadRefusal(c, { status: 500, code: 'broken', message, problems: [] })
  if (audience === 'script') return problem(c, { status: 500, code: 'broken', message })
  return c.html(
    <ErrorPage frame={frameOf(c)} title="Something broke here">
      {message}
    </ErrorPage>,
    500,
  )
}

const ErrorPage = ({ frame, title, children }: { frame: Frame; title: string; children?: string }) => (
  <Page {...frame} title={`Problem: ${title}`}>
    <PageHead title={title}>{children}</PageHead>
    <p>
      <a href="/">To the front page</a>
    </p>
  </Page>
)
