import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { File, Project, Release } from '../../db/schema.ts'
import { fileSize } from '../../lib/file-size.ts'
import { fileUrl } from '../../lib/file-url.ts'
import { day, type Instant } from '../../lib/time.ts'
import { safeUrl } from '../../lib/url.ts'
import { Badge } from '../../ui/badge.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Code, Hash } from '../../ui/code.tsx'
import { type Fact, Facts } from '../../ui/facts.tsx'
import { PageHead, Section } from '../../ui/head.tsx'
import { type Frame, Page } from '../../ui/layout.tsx'
import { More } from '../../ui/more.tsx'
import { Subnav } from '../../ui/navigation.tsx'
import { Table } from '../../ui/table.tsx'
import { CommandTabs } from '../../ui/tabs.tsx'
import { Time } from '../../ui/time.tsx'
import type { Collaborator } from '../projects/queries.ts'
import type { ListedRelease } from './queries.ts'
import { mostFiles, type Needs, type ReleaseMetadata, type Releases } from './releases.ts'

type ReleaseProps = {
  frame: Frame
  now: Instant
  urls: { index: string; files: string }
  project: Project
  release: Release
  metadata: ReleaseMetadata
  needs: Needs
  latest: ListedRelease
  releases: Releases
  files: File[]
  people: Collaborator[]
  /** Whoever looks may change the project. */
  isTheirs: boolean
}

/** A project as everybody sees it, at one of its releases. */
export const ReleasePage = (props: ReleaseProps) => {
  const { frame, project, release, metadata, latest } = props
  return (
    <Page {...frame} title={`${project.name} ${release.version}`}>
      <div class="side-by-side">
        <div class="flow">
          <PageHead title={<Title {...props} />} actions={props.isTheirs && <ManageLink {...props} />}>
            {metadata.summary}
          </PageHead>
          {release.id !== latest.id && <NewerBanner {...props} />}
          <Install {...props} />
          <Description html={release.description_html} />
          <Files {...props} />
          <ReleaseList {...props} />
        </div>
        <aside class="flow" aria-label="About this release">
          <Facts facts={factsOf(props)} />
        </aside>
      </div>
    </Page>
  )
}

const Title = ({ project, release, latest }: ReleaseProps) => (
  <>
    <span class="name">{project.name}</span> <span class="version">{release.version}</span>{' '}
    {isPrerelease(release) ? (
      <Badge tone="warning">Pre-release</Badge>
    ) : (
      release.id === latest.id && <Badge tone="success">Latest release</Badge>
    )}
  </>
)

const ManageLink = ({ project }: ReleaseProps) => <a href={`/manage/project/${project.normalized_name}/releases/`}>Manage the project</a>

const NewerBanner = ({ project, latest }: ReleaseProps) => (
  <Banner tone="info" title="This isn’t the latest release">
    <p>
      Installers take <a href={`/project/${project.normalized_name}/`}>{latest.version}</a> unless they are asked for this one.
    </p>
  </Banner>
)

const Install = ({ project, release, latest, urls }: ReleaseProps) => {
  const wanted = release.id === latest.id ? project.normalized_name : `${project.normalized_name}==${release.version}`
  return (
    <>
      <CommandTabs
        name="install"
        legend="Install with"
        commands={[
          { tool: 'pip', command: `pip install --index-url ${urls.index} ${wanted}` },
          { tool: 'uv', command: `uv pip install --index-url ${urls.index} ${wanted}` },
        ]}
      />
      <Subnav
        label="Parts of this page"
        links={[
          { href: '#description', text: 'Description' },
          { href: '#files', text: 'Files' },
          { href: '#releases', text: 'Releases' },
        ]}
      />
    </>
  )
}

/** The HTML was sanitised when the release was published. */
const Description = ({ html }: { html: string }) => (
  <div id="description" class="prose">
    {html ? raw(html) : <p class="soft">This release has no description.</p>}
  </div>
)

const Files = ({ project, release, files, urls, now }: ReleaseProps) => (
  <Section id="files" title={files.length === 1 ? '1 file' : `${files.length} files`}>
    <Table
      caption="Compare the hash before you trust a copy."
      rows={files}
      columns={[
        {
          head: 'File',
          kind: 'name',
          cell: (file) => (
            <a class="name" href={fileUrl(urls.files, file)}>
              {file.filename}
            </a>
          ),
        },
        { head: 'Kind', cell: (file) => (file.kind === 'sdist' ? 'Source' : 'Wheel') },
        { head: 'SHA-256', cell: (file) => <Hash value={file.sha256} /> },
        { head: 'Size', kind: 'num', cell: (file) => fileSize(file.size) },
        { head: 'Published', cell: (file) => <Time at={file.created_at} now={now} /> },
      ]}
    />
    {files.length === mostFiles && <p class="hint">Only the first {mostFiles}. Installers see all of them.</p>}
    <More summary={`${files.length === mostFiles ? 'These' : 'All'} hashes, ready for a requirements file`}>
      <Code id="hashes" copy="the hashes">
        {[`${project.normalized_name}==${release.version}`, ...files.map(({ sha256 }) => `    --hash=sha256:${sha256}`)].join(' \\\n')}
      </Code>
    </More>
  </Section>
)

const ReleaseList = ({ project, releases: { newest, count }, now }: ReleaseProps) => (
  <Section id="releases" title={count === 1 ? '1 release' : `${count} releases`}>
    <ul class="lines">
      {newest.map((release) => (
        <li>
          <a class="name" href={`/project/${project.normalized_name}/${release.version}/`}>
            {release.version}
          </a>
          {isPrerelease(release) && <Badge tone="warning">Pre-release</Badge>}
          <Time at={release.created_at} now={now} />
        </li>
      ))}
    </ul>
    {count > newest.length && (
      <p class="hint">
        The newest {newest.length} of {count}. Installers see all of them.
      </p>
    )}
  </Section>
)

const isPrerelease = ({ final_order }: ListedRelease): boolean => final_order === null

/** How many links the side of the page shows: a publisher may write thousands, and everybody loads them (T167). */
const mostLinks = 50

function factsOf({ release, metadata, needs, people }: ReleaseProps): Fact[] {
  const links = [...metadata.project_urls, ...(metadata.home_page ? [{ label: 'Homepage', url: metadata.home_page }] : [])]
  const facts: [Fact[0], Fact[1] | undefined][] = [
    ...links.slice(0, mostLinks).map(outLink),
    ['Released', day(release.created_at)],
    ['Licence', metadata.license_expression ?? cut(metadata.license ?? '')],
    ['Python', metadata.requires_python && <code>{metadata.requires_python}</code>],
    ['Author', cut(metadata.author ?? '')],
    ['Needs', <NeededProjects {...needs} />],
    ['Published by', people.length > 0 && <CommaSeparated of={people.map(({ username }) => username)} />],
  ]
  return facts.flatMap(([name, value]): Fact[] => (value ? [[name, value]] : []))
}

const CommaSeparated = ({ of }: { of: Child[] }) => (
  <>
    {of.map((name, i) => (
      <>
        {i > 0 && ', '}
        <code>{name}</code>
      </>
    ))}
  </>
)

/** By name; those that this index doesn't have come from elsewhere, and aren't links. */
const NeededProjects = ({ named, others }: Needs) => (
  <>
    {named.length === 0 && 'Nothing else'}
    <CommaSeparated of={named.map(({ name, isHere }) => (isHere ? <a href={`/project/${name}/`}>{name}</a> : name))} />
    {others > 0 && ` and ${others} ${others === 1 ? 'other' : 'others'}`}
  </>
)

/** A label and an address that the publisher wrote, and nobody checked: so it says whose host it leads to. */
function outLink({ label, url }: ReleaseMetadata['project_urls'][number]): Fact {
  const safe = safeUrl(url)
  if (!safe) return [label, cut(url)]
  return [
    <a href={safe} rel="nofollow noopener">
      {label}
    </a>,
    <code>{new URL(safe).host || safe}</code>,
  ]
}

/** Some put the whole text of the licence where its name belongs, or anything else. */
const cut = (text: string): string => (text.length > 100 ? `${text.slice(0, 99).replace(/\s*\p{Cs}?$/u, '')}…` : text)
