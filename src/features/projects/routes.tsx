import { Hono } from 'hono'
import { refuse } from '../../errors.ts'
import { answer } from '../../http/answer.ts'
import type { Env } from '../../http/context.ts'
import { frameOf } from '../../http/page.ts'
import { normalize, parseProjectName } from '../../lib/names.ts'
import { signedIn } from '../sessions/guards.ts'
import { peopleOf, projectCalled } from './projects.ts'
import { listNewestFiles, listOwnProjects } from './queries.ts'
import { mostFiles, ProjectReleasesPage, ProjectsPage } from './views.tsx'

export const projectRoutes = new Hono<Env>()
  .get('/manage/projects/', signedIn, async (c) => {
    const { app, person } = c.var
    const projects = await listOwnProjects(app.db, person.user_id)
    return answer(c, <ProjectsPage frame={frameOf(c)} now={person.at} projects={projects} upload_url={`${app.config.site_url}/legacy/`} />)
  })
  .get('/manage/project/:name/releases/', signedIn, async (c) => {
    const { app, person } = c.var
    const name = parseProjectName(c.req.param('name') ?? '') ?? refuse('not_found')
    const project = (await projectCalled(app.db, normalize(name))) ?? refuse('not_found')
    const people = await peopleOf(app.db, project)
    if (!people.some(({ user_id }) => user_id === person.user_id)) refuse('not_found') // one answer for none and for somebody else's (T191)
    const files = await listNewestFiles(app.db, project.id, mostFiles)
    return answer(c, <ProjectReleasesPage frame={frameOf(c)} now={person.at} project={project} files={files} people={people} />)
  })
