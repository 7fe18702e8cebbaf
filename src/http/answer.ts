import type { AppError } from '../errors.ts'
import type { Ctx } from './context.ts'

/** A page, or the same page with what was refused: the status and `Retry-After` of the refusal. */
export function answer(c: Ctx, page: string | Promise<string>, refusal?: AppError): Response | Promise<Response> {
  if (refusal?.retryAfter !== undefined) c.header('retry-after', String(refusal.retryAfter))
  return c.html(page, refusal?.status ?? 200)
}
