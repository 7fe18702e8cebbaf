import { type AppError, problemsOf } from '../../errors.ts'
import type { Instant } from '../../lib/time.ts'
import { AccountPage } from '../../ui/account-page.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Checks } from '../../ui/checks.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Actions, Button, Field, Form, type Problem, problemOf } from '../../ui/form.tsx'
import { PageHead, Section } from '../../ui/head.tsx'
import type { Frame } from '../../ui/layout.tsx'
import { NewPasswordFields } from '../../ui/new-password.tsx'
import { Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import type { Factors } from '../second-factors/second-factors.ts'
import { eventWords } from './event-words.ts'
import { accountFields } from './problems.ts'
import type { Event } from './queries.ts'
import { nextStep, type Standing, standingOf } from './standing.ts'

type Props = {
  frame: Frame
  csrf: string
  refusal?: AppError | undefined
  address: string
  verified: boolean
  factors: Factors
  password_changed_at: Instant
  events: Event[]
  now: Instant
}

export const OverviewPage = ({ frame, csrf, refusal, address, verified, factors, password_changed_at, events, now }: Props) => {
  const problems = problemsOf(refusal, accountFields)
  return (
    <AccountPage {...frame} title="Account and security" area="/manage/account/" problems={problems}>
      <PageHead title="Account and security" />
      <Safety standing={standingOf({ address, verified }, factors)} />
      <FactorSection {...factors} />
      <AddressSection address={address} verified={verified} />
      <PasswordSection csrf={csrf} problems={problems} changed_at={password_changed_at} now={now} />
      <TokenSection />
      <EventSection events={events} now={now} />
    </AccountPage>
  )
}

/** Verdict, the one next step, the checklist. */
const Safety = ({ standing }: { standing: Standing }) => {
  const step = nextStep(standing)
  return (
    <section class="panel">
      <h2>{standing.title}</h2>
      {step && (
        <div class="next">
          <div class="tight">
            <p>
              <strong>{step.title}</strong>
            </p>
            <p class="hint">{step.text}</p>
          </div>
          <a class="button primary" href={step.href}>
            {step.button}
          </a>
        </div>
      )}
      <Checks lines={standing.checks.map(({ tone, title, text }) => ({ tone, title, children: text }))} />
    </section>
  )
}

const ManageLink = ({ href, children }: { href: string; children: string }) => (
  <a class="button small" href={href}>
    {children}
  </a>
)

const FactorSection = ({ security_keys, totp, totp_disabled, recovery_codes }: Factors) => (
  <Section id="factors" title="Second factors" actions={<ManageLink href="/manage/account/two-factor/">Manage second factors</ManageLink>}>
    <Facts
      facts={[
        ['Security keys', security_keys || 'None'],
        ['Authenticator app', totp_disabled ? 'Switched off after 100 wrong codes' : totp ? 'Set up' : 'None'],
        ['Recovery codes', recovery_codes === 0 ? 'None' : `${recovery_codes} unused`],
      ]}
    />
  </Section>
)

const AddressSection = ({ address, verified }: { address: string; verified: boolean }) => (
  <Section
    id="address"
    title="E-mail address"
    actions={!verified && <ManageLink href="/manage/unverified-account/">Verify or replace it</ManageLink>}
  >
    <p>
      <span class="name">{address}</span> {!verified && <Badge tone="warning">Not verified</Badge>}
    </p>
    <p class="hint">
      {verified ? 'Verified. Each change to your account is told there.' : 'Until it is verified, nothing can be published.'}
    </p>
  </Section>
)

type PasswordProps = { csrf: string; problems: Problem[]; changed_at: Instant; now: Instant }

const PasswordSection = ({ csrf, problems, changed_at, now }: PasswordProps) => (
  <Section id="password-section" title="Password">
    <p>
      Set <Time at={changed_at} now={now} />. It needs no change on a schedule. When you change it, every other session ends.
    </p>
    <Form csrf={csrf} action="/manage/account/password">
      <Field
        name="password"
        label="Current password"
        problem={problemOf(problems, 'password')}
        type="password"
        autocomplete="current-password"
      />
      <NewPasswordFields label="New password" problems={problems} />
      <Actions>
        <Button>Change the password</Button>
      </Actions>
    </Form>
  </Section>
)

const TokenSection = () => (
  <Section id="tokens" title="API tokens" actions={<ManageLink href="/manage/account/token/">Manage API tokens</ManageLink>}>
    <p>With a token a program uploads in your name, and can do nothing else.</p>
  </Section>
)

const EventSection = ({ events, now }: { events: Event[]; now: Instant }) => (
  <Section id="events" title="Recent events">
    {events.length === 0 ? (
      <p>Nothing happened to this account in the last 90 days.</p>
    ) : (
      <Table
        caption="The newest 50 of the last 90 days"
        rows={events}
        columns={[
          { head: 'What', kind: 'name', cell: (event) => eventWords(event) },
          { head: 'When', cell: ({ at }) => <Time at={at} now={now} /> },
          { head: 'From', cell: ({ ip }) => ip && <code>{ip}</code> },
        ]}
      />
    )}
    <p class="hint">Something here wasn’t you? Change your password now, then look through your second factors and API tokens.</p>
  </Section>
)
