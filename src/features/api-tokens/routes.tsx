import { Hono } from 'hono'
import { type AppError, outcomeOf, refusalOf } from '../../errors.ts'
import { answer } from '../../http/answer.ts'
import { type Ctx, type Env, field } from '../../http/context.ts'
import { csrf, csrfToken } from '../../http/csrf.ts'
import { leaveFlash } from '../../http/flash.ts'
import { noReferrer } from '../../http/headers.ts'
import { frameOf } from '../../http/page.ts'
import { sensitive, signedIn } from '../sessions/guards.ts'
import { createToken, revokeToken, type TokenForm } from './api-tokens.ts'
import { listTokens, listUploadableProjects } from './queries.ts'
import { TokenMadePage, TokensPage } from './views.tsx'

const page = '/manage/account/token/'

export const apiTokenRoutes = new Hono<Env>()
  .get(page, signedIn, (c) => tokensPage(c))
  .post(page, noReferrer, signedIn, csrf, sensitive, async (c) => {
    const { app, person } = c.var
    const form = {
      description: field(c, 'description'),
      token_scope: field(c, 'token_scope'),
      expires_in_days: field(c, 'expires_in_days') || '7',
    }
    const { done: token, refusal } = await outcomeOf(createToken(app, person, form))
    if (refusal) return tokensPage(c, { ...form, refusal })
    return answer(c, <TokenMadePage frame={frameOf(c)} {...token} upload_url={`${app.config.site_url}/legacy/`} />)
  })
  .post('/manage/account/token/:id/revoke', signedIn, csrf, async (c) => {
    const refusal = await refusalOf(revokeToken(c.var.app, c.var.person, c.req.param('id') ?? ''))
    if (refusal) leaveFlash(c, 'error', refusal.message)
    else leaveFlash(c, 'success', 'The token is revoked. Nothing can be uploaded with it any more.')
    return c.redirect(page, 303)
  })

async function tokensPage(c: Ctx, attempt?: TokenForm & { refusal: AppError }): Promise<Response> {
  const { app, person } = c.var
  const [tokens, projects] = await Promise.all([listTokens(app.db, person.user_id), listUploadableProjects(app.db, person.user_id)])
  const html = <TokensPage frame={frameOf(c)} csrf={csrfToken(c)} now={person.at} tokens={tokens} projects={projects} attempt={attempt} />
  return answer(c, html, attempt?.refusal)
}
