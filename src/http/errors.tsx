import type { Next } from 'hono'
import { AppError } from '../errors.ts'
import { Code } from '../ui/code.tsx'
import { PageHead } from '../ui/head.tsx'
import { type Frame, Page } from '../ui/layout.tsx'
import type { Ctx } from './context.ts'
import { drain } from './drain.ts'
import { cameFrom } from './next.ts'
import { frameOf } from './page.ts'
import { problem, type Refusal, uploadRefusal } from './refusal.ts'

/** First in the line of a route that a script calls: what it refuses, it refuses as problem JSON (RFC 9457). */
export async function forScript(c: Ctx, next: Next): Promise<void> {
  c.set('script', true)
  await next()
}

/** The one place where errors become answers: a page, problem JSON, or what upload clients print. */
export function answerError(error: Error, c: Ctx): Response | Promise<Response> {
  const refusal: Refusal = error instanceof AppError ? error : (refusalOfFault(error) ?? bug(c))
  if (!(error instanceof AppError))
    c.var.app.log({ level: 'error', message: 'Something broke', request_id: c.var.request_id, error: error.stack ?? error.message })
  if (refusal.retryAfter !== undefined) c.header('retry-after', String(refusal.retryAfter))
  if (refusal.status === 401) c.header('www-authenticate', `Basic realm="${new URL(c.var.app.config.site_url).host}"`)
  if (isUpload.test(c.req.path)) return answerUploader(c, refusal)
  if (c.var.script) return problem(c, refusal)
  return c.html(<ErrorPage frame={frameOf(c)} message={refusal.message} number={refusal.number} back={cameFrom(c)} />, refusal.status)
}

/** Upload clients print refusals in their own way, also those that come before any route (read-only, wrong host). */
const isUpload = /^\/legacy\/?$/

/** Faults of the machine that people can be told about: no room left on a disk, of ours or of PostgreSQL's. */
function refusalOfFault(error: Error): AppError | undefined {
  const code = 'code' in error ? String(error.code) : ''
  return ['ENOSPC', 'EDQUOT', 'SQLITE_FULL', '53100'].includes(code) ? new AppError('storage_full') : undefined
}

/** Logged with a number, nothing leaked. */
const bug = (c: Ctx): Refusal => ({
  status: 500,
  code: 'broken',
  message: `Something broke here, not at your end. Nothing you sent was stored. The number to report is ${c.var.request_id}.`,
  number: c.var.request_id,
  problems: [],
  retryAfter: undefined,
})

async function answerUploader(c: Ctx, refusal: Refusal): Promise<Response> {
  if (c.env?.incoming && !(await drain(c.env.incoming))) c.header('connection', 'close')
  return uploadRefusal(c, refusal)
}

type ErrorProps = {
  frame: Frame
  message: string
  number: string | undefined
  /** The page of ours that they came from, or empty. */
  back: string
}

/** What happened is the heading, what to do stands below. */
const ErrorPage = ({ frame, message, number, back }: ErrorProps) => {
  const [, title = message.replace(/\.$/, ''), advice] = /^(.*?)\. (.*)$/.exec(message) ?? []
  return (
    <Page {...frame} title={`Problem: ${title}`}>
      <PageHead title={title}>{advice}</PageHead>
      {number && (
        <Code id="number" copy="the number">
          {number}
        </Code>
      )}
      <p>{back ? <a href={back}>Back to the page</a> : <a href="/">To the front page</a>}</p>
    </Page>
  )
}
