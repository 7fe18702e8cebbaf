import type { Project } from '../../db/schema.ts'
import type { Instant } from '../../lib/time.ts'
import { Code } from '../../ui/code.tsx'
import { PageHead, Section } from '../../ui/head.tsx'
import { type Frame, Page } from '../../ui/layout.tsx'
import { Breadcrumbs } from '../../ui/navigation.tsx'
import { Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import type { Collaborator, OwnProject, ProjectFile } from './queries.ts'

type ProjectsProps = { frame: Frame; now: Instant; projects: OwnProject[]; upload_url: string }

export const ProjectsPage = ({ frame, now, projects, upload_url }: ProjectsProps) => (
  <Page {...frame} title="Your projects">
    <PageHead title={headingOf(projects.length)}>What you may upload to.</PageHead>
    {projects.length === 0 ? <NoProjects upload_url={upload_url} /> : <ProjectTable now={now} projects={projects} />}
  </Page>
)

const headingOf = (count: number): string => (count === 0 ? 'Your projects' : count === 1 ? '1 project' : `${count} projects`)

const NoProjects = ({ upload_url }: { upload_url: string }) => (
  <div class="flow">
    <div class="empty">
      <p>You have no project yet. The first upload makes one, and you its owner.</p>
      <p class="actions">
        <a class="button primary" href="/manage/account/token/">
          Make a token
        </a>
      </p>
    </div>
    <Section title="Then upload">
      <Code id="upload" copy="the command">{`twine upload --repository-url ${upload_url} -u __token__ dist/*`}</Code>
      <Code id="upload-uv" copy="the command">{`uv publish --publish-url ${upload_url} dist/*`}</Code>
      <p class="hint">Both ask for the token, or read it from the environment.</p>
    </Section>
  </div>
)

const ProjectTable = ({ now, projects }: Pick<ProjectsProps, 'now' | 'projects'>) => (
  <Table
    caption="Your projects"
    hideCaption
    rows={projects}
    columns={[
      { head: 'Project', kind: 'name', cell: (project) => <ProjectLink project={project} /> },
      { head: 'You are', cell: ({ role }) => (role === 'owner' ? 'Owner' : 'Maintainer') },
      { head: 'Releases', kind: 'num', cell: ({ releases }) => releases },
      {
        head: 'Last release',
        cell: ({ last_release_at }) => (last_release_at === null ? 'Never' : <Time at={last_release_at} now={now} />),
      },
      {
        head: 'Page',
        kind: 'act',
        cell: ({ normalized_name, name }) => (
          <a href={`/project/${normalized_name}/`}>
            Public page<span class="sr"> of {name}</span>
          </a>
        ),
      },
    ]}
  />
)

const ProjectLink = ({ project }: { project: Pick<Project, 'name' | 'normalized_name'> }) => (
  <a class="name" href={`/manage/project/${project.normalized_name}/releases/`}>
    {project.name}
  </a>
)

type ManageProps = { frame: Frame; now: Instant; project: Project; files: ProjectFile[]; people: Collaborator[] }

/** How many files the page of a project's owners shows. */
export const mostFiles = 200

/** What was published of a project, when and by whom, for those who may change it. */
export const ProjectReleasesPage = ({ frame, now, project, files, people }: ManageProps) => (
  <Page {...frame} title={`Releases of ${project.name}`}>
    <Breadcrumbs links={[{ href: '/manage/projects/', text: 'Your projects' }]} />
    <PageHead title={<span class="name">{project.name}</span>} actions={<a href={`/project/${project.normalized_name}/`}>Public page</a>}>
      What is published, and by whom.
    </PageHead>
    <Section title={files.length === 1 ? '1 file' : files.length < mostFiles ? `${files.length} files` : `The newest ${mostFiles} files`}>
      <Table
        caption="The newest first"
        rows={files}
        columns={[
          { head: 'File', kind: 'name', cell: ({ filename }) => <span class="name">{filename}</span> },
          {
            head: 'Release',
            cell: ({ version }) => (
              <a href={`/project/${project.normalized_name}/${encodeURIComponent(version)}/`}>
                <code>{version}</code>
              </a>
            ),
          },
          { head: 'By', cell: ({ username }) => (username === null ? 'A deleted account' : <code>{username}</code>) },
          { head: 'When', cell: ({ created_at }) => <Time at={created_at} now={now} /> },
        ]}
      />
    </Section>
    <Section title="People">
      <Table
        caption="Who may upload"
        rows={people}
        keep
        columns={[
          { head: 'Account', kind: 'name', cell: ({ username }) => <span class="name">{username}</span> },
          { head: 'Role', cell: ({ role }) => (role === 'owner' ? 'Owner' : 'Maintainer') },
        ]}
      />
    </Section>
  </Page>
)
