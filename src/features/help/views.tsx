import type { Problem } from '../../errors.ts'
import { Facts } from '../../ui/facts.tsx'
import { PageHead, Section } from '../../ui/head.tsx'
import { type Frame, Page } from '../../ui/layout.tsx'
import { SideNav } from '../../ui/navigation.tsx'
import { CommandTabs } from '../../ui/tabs.tsx'

type HelpProps = { frame: Frame; site: string; refusals: readonly Problem[]; uploadRules: readonly Problem[] }

const sections = [
  ['#install', 'Install'],
  ['#upload', 'Upload'],
  ['#tokens', 'API tokens'],
  ['#second-factors', 'Second factors'],
  ['#recovery-codes', 'Recovery codes'],
  ['#upload-rules', 'Upload rules'],
  ['#refusals', 'Refusals'],
] as const

/** Each refusal is told with the address of its sentence here: `/help/#CODE`, of a file `/help/#RULE`. */
export const HelpPage = ({ frame, site, refusals, uploadRules }: HelpProps) => (
  <Page {...frame} title="Help">
    <div class="side-by-side nav-first">
      <SideNav label="On this page" links={sections.map(([href, text]) => ({ href, text }))} />
      <div class="flow">
        <PageHead title="Help">How to install from this index, publish to it, and keep your account yours.</PageHead>
        <Install site={site} />
        <Upload site={site} />
        <Tokens />
        <SecondFactors />
        <RecoveryCodes />
        <Section id="upload-rules" title="Upload rules">
          <p>What is asked of each file. A refusal names its rules, and says what was found and how to correct it.</p>
          <Named problems={uploadRules} />
        </Section>
        <Section id="refusals" title="Refusals">
          <p>What this index may say no to, by the name that programs are told.</p>
          <Named problems={refusals} />
        </Section>
      </div>
    </div>
  </Page>
)

const Install = ({ site }: { site: string }) => (
  <Section id="install" title="Install">
    <p>It needs no account. Name this index to your installer:</p>
    <CommandTabs
      name="install"
      legend="Installer"
      commands={[
        { tool: 'pip', command: `pip install --index-url ${site}/simple/ NAME` },
        { tool: 'uv', command: `uv pip install --index-url ${site}/simple/ NAME` },
      ]}
    />
    <p class="hint">With a second index beside it an installer may take the same name from either: name one index only.</p>
  </Section>
)

const Upload = ({ site }: { site: string }) => (
  <Section id="upload" title="Upload">
    <p>
      Build a wheel and a source distribution, make an <a href="/manage/account/token/">API token</a>, and send the files. The first upload
      of a name makes the project, and you its owner.
    </p>
    <CommandTabs
      name="upload"
      legend="Upload tool"
      commands={[
        { tool: 'twine', command: `twine upload --repository-url ${site}/legacy/ --username __token__ dist/*` },
        { tool: 'uv', command: `uv publish --publish-url ${site}/legacy/` },
      ]}
    />
    <p class="hint">
      twine asks for the password: that is the token. uv takes it from UV_PUBLISH_TOKEN, and twine on a build server from TWINE_PASSWORD. A
      file that is refused changes nothing; the sentence says what to correct.
    </p>
  </Section>
)

const Tokens = () => (
  <Section id="tokens" title="API tokens">
    <p>
      A token uploads in your name, to one project or to all of yours, until it ends. It can do nothing else: not change your account, make
      tokens or remove files. Make one for each place that publishes, for as few days as will do.
    </p>
    <p>It is shown once. A token that somebody else has seen is to be revoked, on the same page.</p>
  </Section>
)

const SecondFactors = () => (
  <Section id="second-factors" title="Second factors">
    <p>
      Publishing and changing projects needs a verified address and a second factor, so that a stolen password publishes nothing. Set it up
      on the page <a href="/manage/account/two-factor/">Second factors</a>:
    </p>
    <Facts
      facts={[
        ['Security key', 'It answers the real site only, so it can’t be phished. Keep a second one in another place.'],
        ['Authenticator app', 'It shows six digits that you type. It works everywhere; a false site can ask you for them too.'],
      ]}
    />
    <p>Before you make tokens or change factors, you are asked to confirm that it is you.</p>
  </Section>
)

const RecoveryCodes = () => (
  <Section id="recovery-codes" title="Recovery codes">
    <p>
      Eight codes for the day when your phone or key is gone. You save them before the first factor, on paper or in a password manager. Each
      works once, after your password; it opens your account for one thing only: to set up a factor again.
    </p>
  </Section>
)

const Named = ({ problems }: { problems: readonly Problem[] }) => (
  <dl class="facts">
    {problems.map(({ rule, text }) => (
      <div id={rule}>
        <dt>
          <code>{rule}</code>
        </dt>
        <dd>{text}</dd>
      </div>
    ))}
  </dl>
)
