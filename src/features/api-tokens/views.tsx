import type { AppError, ErrorCode } from '../../errors.ts'
import { day, days, type Instant } from '../../lib/time.ts'
import { AccountPage } from '../../ui/account-page.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Code } from '../../ui/code.tsx'
import { ActButton, Actions, Button, Field, Form, type Problem, problemOf, Select } from '../../ui/form.tsx'
import { PageHead, Section } from '../../ui/head.tsx'
import type { Frame } from '../../ui/layout.tsx'
import { Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { endOf, type TokenForm } from './api-tokens.ts'
import type { listTokens, listUploadableProjects } from './queries.ts'

const path = '/manage/account/token/'

type TokenRow = Awaited<ReturnType<typeof listTokens>>[number]
type ProjectChoice = Awaited<ReturnType<typeof listUploadableProjects>>[number]
type Attempt = TokenForm & { refusal: AppError }
type TokensProps = {
  frame: Frame
  csrf: string
  now: Instant
  tokens: TokenRow[]
  projects: ProjectChoice[]
  attempt?: Attempt | undefined
}

export const TokensPage = ({ frame, csrf, now, tokens, projects, attempt }: TokensProps) => (
  <AccountPage {...frame} title="API tokens" area={path} problems={problemsOf(attempt)}>
    <PageHead title="API tokens">A token publishes in your name from a script. Passwords don’t.</PageHead>
    {tokens.length === 0 ? <NoTokens /> : <TokenTable csrf={csrf} now={now} tokens={tokens} />}
    <Section id="make" title="Make a token">
      <TokenFields csrf={csrf} projects={projects} attempt={attempt} />
    </Section>
  </AccountPage>
)

const NoTokens = () => (
  <div class="empty">
    <p>You have no token yet. Make one below, then upload with twine, uv or any other client.</p>
  </div>
)

const TokenTable = ({ csrf, now, tokens }: Pick<TokensProps, 'csrf' | 'now' | 'tokens'>) => (
  <Table
    caption={tokens.length === 1 ? '1 token' : `${tokens.length} tokens`}
    rows={tokens}
    columns={[
      { head: 'Token', kind: 'name', cell: (token) => token.description },
      { head: 'May upload to', cell: (token) => (token.project ? <span class="name">{token.project}</span> : 'All your projects') },
      { head: 'Made', cell: (token) => <Time at={token.created_at} now={now} /> },
      { head: 'Last used', cell: (token) => (token.last_used_at === null ? 'Never' : <Time at={token.last_used_at} now={now} />) },
      { head: 'Ends', cell: (token) => <End at={endOf(token)} now={now} /> },
      {
        head: 'Revoke',
        kind: 'act',
        cell: (token) => (
          <ActButton csrf={csrf} action={`${path}${token.id}/revoke`} of={token.description}>
            Revoke
          </ActButton>
        ),
      },
    ]}
  />
)

const End = ({ at, now }: { at: Instant; now: Instant }) => {
  if (at <= now) return <Badge tone="error">Ended</Badge>
  return at < now + days(2) ? <Badge tone="warning">{day(at)}</Badge> : day(at)
}

const TokenFields = ({ csrf, projects, attempt }: Pick<TokensProps, 'csrf' | 'projects' | 'attempt'>) => {
  const problems = problemsOf(attempt)
  return (
    <Form csrf={csrf} action={path}>
      <Field
        name="description"
        label="Name"
        hint="So that you know it later: “release gridcast from build server”"
        value={attempt?.description}
        problem={problemOf(problems, 'description')}
        maxlength={64}
      />
      <Select
        name="token_scope"
        label="May upload to"
        hint="A token for one project does less harm when it is lost. The first upload of a new project needs one for all."
        value={attempt?.token_scope ?? (projects[0] ? `scope:project:${projects[0].name}` : 'scope:user')}
        problem={problemOf(problems, 'token_scope')}
        options={[
          ...projects.map(({ name }): [string, string] => [`scope:project:${name}`, name]),
          ['scope:user', 'All your projects, and new ones'],
        ]}
      />
      <Field
        name="expires_in_days"
        label="Days until it ends"
        hint="1 to 90. It also ends when it isn’t used for 30 days."
        value={attempt?.expires_in_days ?? '7'}
        problem={problemOf(problems, 'expires_in_days')}
        inputmode="numeric"
        maxlength={2}
      />
      <Actions>
        <Button kind="primary">Make the token</Button>
      </Actions>
    </Form>
  )
}

const fields: Readonly<Record<string, keyof TokenForm>> = {
  token_description_refused: 'description',
  token_description_taken: 'description',
  token_scope_refused: 'token_scope',
  token_expiry_refused: 'expires_in_days',
} satisfies { readonly [Code in ErrorCode]?: keyof TokenForm }

function problemsOf(attempt: Attempt | undefined): Problem[] {
  if (!attempt) return []
  const { code, message, problems } = attempt.refusal
  const found = problems.length > 0 ? problems : [{ rule: code, text: message }]
  return found.map(({ rule, text }) => ({ field: fields[rule], text }))
}

type MadeProps = { frame: Frame; text: string; description: string; project: string | null; expires_at: Instant; upload_url: string }

/** The one time that the token is shown. */
export const TokenMadePage = ({ frame, text, description, project, expires_at, upload_url }: MadeProps) => (
  <AccountPage {...frame} title="Your new token" area={path}>
    <PageHead title="Your new token">
      “{description}” may upload to {project ? <span class="name">{project}</span> : 'all your projects'} until {day(expires_at)}.
    </PageHead>
    <Banner tone="warning" title="Copy it now. It is shown this once.">
      <p>We keep no copy of it. If you lose it, revoke it and make another.</p>
    </Banner>
    <Code id="api-token" copy="the token" wrapped="anywhere">
      {text}
    </Code>
    <Section title="Use it">
      <p>In the environment of your build server, for example:</p>
      <Code
        id="token-use"
        copy="the settings for twine"
      >{`TWINE_REPOSITORY_URL=${upload_url}\nTWINE_USERNAME=__token__\nTWINE_PASSWORD=the-token`}</Code>
      <Code id="token-use-uv" copy="the settings for uv">{`UV_PUBLISH_URL=${upload_url}\nUV_PUBLISH_TOKEN=the-token`}</Code>
      <p class="hint">Never put it into a repository.</p>
    </Section>
    <Actions>
      <a class="button primary" href={path}>
        I have copied it
      </a>
    </Actions>
  </AccountPage>
)
