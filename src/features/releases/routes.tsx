import { Hono } from 'hono'
import { asProblem, refuse } from '../../errors.ts'
import { answer } from '../../http/answer.ts'
import type { Ctx, Env } from '../../http/context.ts'
import { frameOf } from '../../http/page.ts'
import { normalize, parseProjectName } from '../../lib/names.ts'
import { quote } from '../../lib/quote.ts'
import { peopleOf, projectCalled } from '../projects/projects.ts'
import { anybody } from '../sessions/guards.ts'
import { FrontPage } from './front-page.tsx'
import { listNewestReleases } from './queries.ts'
import { filesOf, latestOf, metadataOf, needsOf, releaseCalled, releasesOf } from './releases.ts'
import { ReleasePage } from './views.tsx'

export const releaseRoutes = new Hono<Env>()
  .get('/', anybody, async (c) => {
    const { app, actor } = c.var
    const newest = await listNewestReleases(app.db, 12)
    return answer(c, <FrontPage frame={frameOf(c)} now={actor.at} index={`${app.config.site_url}/simple/`} newest={newest} />)
  })
  .get('/project/:name/', anybody, (c) => releasePage(c, c.req.param('name') ?? ''))
  .get('/project/:name/:version/', anybody, (c) => releasePage(c, c.req.param('name') ?? '', c.req.param('version')))

const refuseMissing = (what: string, name: string): never =>
  refuse('not_found', { problems: [asProblem('not_found', `There is no ${what} called ${quote(name)} here. Check its spelling.`)] })

/** Any spelling of name and version finds its page, and is sent to the one address of it (RD-06). */
async function releasePage(c: Ctx, typed: string, version?: string): Promise<Response> {
  const { app, actor } = c.var
  const { site_url, files_url } = app.config
  const name = parseProjectName(typed) ?? refuseMissing('project', typed)
  const project = (await projectCalled(app.db, normalize(name))) ?? refuseMissing('project', typed)
  const latest = (await latestOf(app.db, project.id)) ?? refuseMissing('project', typed)
  const wanted = version ?? latest.version
  const release = (await releaseCalled(app.db, project.id, wanted)) ?? refuseMissing(`version of ${name}`, wanted)
  if (typed !== project.normalized_name || wanted !== release.version) {
    return c.redirect(`/project/${project.normalized_name}/${version === undefined ? '' : `${encodeURIComponent(release.version)}/`}`, 301)
  }
  const metadata = metadataOf(release)
  const [releases, files, people, needs] = await Promise.all([
    releasesOf(app.db, project.id),
    filesOf(app.db, release),
    peopleOf(app.db, project),
    needsOf(app.db, metadata),
  ])
  const urls = { index: `${site_url}/simple/`, files: files_url }
  const page = (
    <ReleasePage
      frame={frameOf(c)}
      now={actor.at}
      urls={urls}
      project={project}
      release={release}
      metadata={metadata}
      needs={needs}
      latest={latest}
      releases={releases}
      files={files}
      people={people}
      isTheirs={people.some(({ user_id }) => user_id === actor.user_id)}
    />
  )
  return answer(c, page)
}
