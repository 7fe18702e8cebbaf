import type { Instant } from '../../lib/time.ts'
import { Section } from '../../ui/head.tsx'
import { type Frame, Page } from '../../ui/layout.tsx'
import { Table } from '../../ui/table.tsx'
import { CommandTabs } from '../../ui/tabs.tsx'
import { Time } from '../../ui/time.tsx'
import type { NewRelease } from './queries.ts'
import { metadataOf } from './releases.ts'

type FrontProps = { frame: Frame; now: Instant; index: string; newest: NewRelease[] }

export const FrontPage = ({ frame, now, index, newest }: FrontProps) => (
  <Page {...frame} title="Python packages">
    <div class="flow">
      <h1 class="hero">A stolen password publishes nothing.</h1>
      <p class="measure">
        The Python packages of {frame.site.host}. Whoever publishes here has a second factor, and uploads with a token that is made for it;
        never with a password.
      </p>
      <CommandTabs
        name="use"
        legend="Install from this index with"
        commands={[
          { tool: 'pip', command: `pip install --index-url ${index} PROJECT` },
          { tool: 'uv', command: `uv pip install --index-url ${index} PROJECT` },
        ]}
      />
      <p class="hint">No account is needed to install or download.</p>
    </div>
    <Section title="Newest releases">{newest.length === 0 ? <Nothing /> : <Newest now={now} newest={newest} />}</Section>
    <section class="side-by-side even">
      <div class="tight">
        <h3>You publish</h3>
        <p class="soft">Register, verify your address, set up a second factor, make a token. It takes about five minutes.</p>
        <p>
          <a href="/account/register/">Register</a>
        </p>
      </div>
      <div class="tight">
        <h3>You install</h3>
        <p class="soft">Point your installer at the address above. Every file has a hash that it checks.</p>
        <p>
          <a href="/help/">How to install and publish</a>
        </p>
      </div>
    </section>
  </Page>
)

const Nothing = () => (
  <div class="empty">
    <p>Nothing is published yet. The first upload makes a project, and whoever uploads it its owner.</p>
    <p>
      <a href="/help/">How to publish</a>
    </p>
  </div>
)

const Newest = ({ now, newest }: Pick<FrontProps, 'now' | 'newest'>) => (
  <Table
    caption="The newest releases"
    hideCaption
    rows={newest}
    columns={[
      {
        head: 'Project',
        kind: 'name',
        cell: (release) => (
          <a class="name" href={`/project/${release.normalized_name}/`}>
            {release.name}
          </a>
        ),
      },
      { head: 'Version', cell: (release) => <code>{release.version}</code> },
      { head: 'What it is', cell: ({ metadata }) => (metadata === null ? '' : metadataOf({ metadata }).summary) ?? '' },
      { head: 'When', cell: (release) => <Time at={release.created_at} now={now} /> },
    ]}
  />
)
