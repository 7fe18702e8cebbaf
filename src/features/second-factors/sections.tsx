import { recoveryCodeCount } from '../../lib/recovery-code.ts'
import type { Instant } from '../../lib/time.ts'
import { Badge } from '../../ui/badge.tsx'
import { ActButton } from '../../ui/form.tsx'
import { Section } from '../../ui/head.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import type { CodeSet } from '../recovery-codes/queries.ts'
import type { SecurityKey } from '../security-keys/queries.ts'
import type { Totp } from '../totp/queries.ts'

// What the account has. `removable`: without it another factor is left that works.

type AppProps = { csrf: string; now: Instant; totp: Totp; removable: boolean }

export const AppSection = ({ csrf, now, totp, removable }: AppProps) => (
  <Section
    id="app"
    title="Authenticator app"
    actions={
      removable && (
        <ActButton csrf={csrf} action="/manage/account/totp-delete" of="the authenticator app">
          Remove
        </ActButton>
      )
    }
  >
    <p>
      Added <Time at={totp.created_at} now={now} />, <LastUsed at={totp.last_used_at} now={now} />.{' '}
      {totp.disabled_at !== null && <Badge tone="error">Switched off</Badge>}
    </p>
    {!removable && <LastOne />}
  </Section>
)

const LastUsed = ({ at, now }: { at: Instant | null; now: Instant }) =>
  at === null ? (
    <>not used yet</>
  ) : (
    <>
      last used <Time at={at} now={now} />
    </>
  )

type KeyProps = { csrf: string; now: Instant; keys: SecurityKey[]; removable: boolean }

export const KeySection = ({ csrf, now, keys, removable }: KeyProps) => (
  <Section id="security-keys" title="Security keys">
    <Table
      caption="Your security keys"
      hideCaption
      rows={keys}
      columns={[
        {
          head: 'Key',
          kind: 'name',
          cell: ({ label }) => (
            <>
              <Icon name="key" /> {label}
            </>
          ),
        },
        { head: 'Added', cell: ({ created_at }) => <Time at={created_at} now={now} /> },
        { head: 'Last used', cell: ({ last_used_at }) => (last_used_at === null ? 'Never' : <Time at={last_used_at} now={now} />) },
        { head: 'Change', kind: 'act', cell: (key) => <KeyActs csrf={csrf} key_={key} removable={removable} /> },
      ]}
    />
    {!removable && <LastOne />}
  </Section>
)

const keysPage = '/manage/account/webauthn-provision'

/** (`key` itself is a word of JSX.) */
const KeyActs = ({ csrf, key_: { credential_id, label }, removable }: { csrf: string; key_: SecurityKey; removable: boolean }) => (
  <div class="actions">
    <a class="button small" href={`${keysPage}#label-${credential_id}`}>
      Rename<span class="sr"> {label}</span>
    </a>
    {removable && (
      <ActButton csrf={csrf} action={`${keysPage}/delete`} fields={{ credential_id }} of={label}>
        Remove
      </ActButton>
    )}
  </div>
)

const LastOne = () => <p class="hint">Your last second factor can be replaced, not removed: add another one first.</p>

type CodesProps = { now: Instant; codes: CodeSet; changeable: boolean }

export const CodesSection = ({ now, codes: { unused, confirmed, made_at }, changeable }: CodesProps) => (
  <Section
    id="codes"
    title="Recovery codes"
    actions={
      changeable && (
        <a class="button small" href={`/manage/account/recovery-codes/${confirmed === 0 ? 'burn' : 'generate'}`}>
          {confirmed === 0 ? 'Show that you have them' : 'Make new ones'}
        </a>
      )
    }
  >
    <p>
      {unused} of {recoveryCodeCount} unused, made <Time at={made_at ?? now} now={now} />.{' '}
      {confirmed === 0 && <Badge tone="warning">Not confirmed: they open nothing</Badge>}
    </p>
  </Section>
)
