import { Hono } from 'hono'
import type { App } from './app.ts'
import { refuse } from './errors.ts'
import { accountRoutes } from './features/accounts/routes.tsx'
import { apiTokenRoutes } from './features/api-tokens/routes.tsx'
import { downloadRoutes } from './features/downloads/routes.ts'
import { emailRoutes } from './features/emails/routes.tsx'
import { healthRoutes } from './features/health/routes.ts'
import { helpRoutes } from './features/help/routes.tsx'
import { loginRoutes } from './features/logins/routes.tsx'
import { projectRoutes } from './features/projects/routes.tsx'
import { recoveryCodeRoutes } from './features/recovery-codes/routes.tsx'
import { releaseRoutes } from './features/releases/routes.tsx'
import { secondFactorRoutes } from './features/second-factors/routes.tsx'
import { securityKeyRoutes } from './features/security-keys/routes.tsx'
import { simpleApiRoutes } from './features/simple-api/routes.ts'
import { stepUpRoutes } from './features/step-ups/routes.tsx'
import { totpRoutes } from './features/totp/routes.tsx'
import { uploadRoutes } from './features/uploads/routes.ts'
import { assetRoutes } from './http/asset-routes.ts'
import type { Ctx, Env } from './http/context.ts'
import { knowClient, noNul, oneHost, readOnly } from './http/edge.ts'
import { answerError } from './http/errors.tsx'
import { securityHeaders } from './http/headers.ts'

/** Table of contents of all that can be asked, grouped by who asks. What a route lets in stands in its own line. */
export function routes(app: App): Hono<Env> {
  const all = new Hono<Env>()
    .use((c, next) => {
      c.set('app', app)
      c.set('request_id', String(c.env?.outgoing?.getHeader('x-request-id') ?? crypto.randomUUID()))
      return next()
    })
    .use(securityHeaders, knowClient, oneHost, noNul, readOnly)
    .onError(answerError)
    // installers
    .route('/', simpleApiRoutes)
    .route('/', downloadRoutes)
    // publishers
    .route('/', uploadRoutes)
    // operators
    .route('/', healthRoutes)
    // browsers
    .route('/', accountRoutes)
    .route('/', emailRoutes)
    .route('/', loginRoutes)
    .route('/', stepUpRoutes)
    .route('/', secondFactorRoutes)
    .route('/', recoveryCodeRoutes)
    .route('/', totpRoutes)
    .route('/', securityKeyRoutes)
    .route('/', apiTokenRoutes)
    .route('/', projectRoutes)
    .route('/', releaseRoutes)
    .route('/', helpRoutes)
    .route('/', assetRoutes)
  return all.notFound((c) => answerMissing(all, c))
}

/** A page asked for without its last slash is one redirect away; an address that takes another kind of request says which (405); any other has nothing (404). */
function answerMissing(all: Hono<Env>, c: Ctx): Response | Promise<Response> {
  const takes = (method: string, path: string): boolean => all.router.match(method, path)[0].some(([[, route]]) => route.method === method)
  const { pathname, search } = new URL(c.req.url)
  if (c.req.method === 'GET' && !pathname.startsWith('//') && takes('GET', `${pathname}/`)) return c.redirect(`${pathname}/${search}`, 301)
  const allowed = ['GET', 'POST'].filter((method) => takes(method, c.req.path))
  if (allowed.length === 0) refuse('not_found')
  c.header('allow', allowed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', '))
  return refuse('method_not_allowed')
}
