import { type AppError, problemsOf } from '../../errors.ts'
import type { Instant } from '../../lib/time.ts'
import { AccountPage } from '../../ui/account-page.tsx'
import { ActButton, Actions, Button, Field, Form, type Problem, problemOf } from '../../ui/form.tsx'
import { PageHead, Section } from '../../ui/head.tsx'
import { Icon } from '../../ui/icon.tsx'
import { KeyForm } from '../../ui/key-form.tsx'
import type { Frame } from '../../ui/layout.tsx'
import { SetUpSteps } from '../../ui/set-up-steps.tsx'
import { Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import type { SecurityKey } from './queries.ts'

const path = '/manage/account/webauthn-provision'

/** A form that came back, or without a refusal what is to be typed again after a step-up. `credential_id` is empty for a new key. */
type Attempt = { refusal?: AppError; credential_id: string; label: string }

type Props = {
  frame: Frame
  csrf: string
  keys: SecurityKey[]
  attempt: Attempt | undefined
  /** Where the person goes on afterwards, or empty. */
  next: string
  now: Instant
  /** On the way to the first factor. */
  settingUp: boolean
  /** There is one factor, so it can't be removed. */
  lastFactor: boolean
}

export const SecurityKeysPage = ({ frame, attempt, ...props }: Props) => {
  const problems = problemsOf(attempt?.refusal, labelFields(attempt?.credential_id ?? ''))
  const { keys, settingUp, next, lastFactor } = props
  return (
    <AccountPage
      {...frame}
      flash={attempt && !attempt.refusal ? onceMore : frame.flash}
      title="Security keys"
      area="/manage/account/two-factor/"
      problems={problems}
      script="webauthn"
    >
      <PageHead title="Security keys">A key proves that it is you, and that this is the real site. Keep two, in two places.</PageHead>
      {settingUp && <SetUpSteps now="add factor" next={next} />}
      {keys.length > 0 && <KeyTable {...props} attempt={attempt} problems={problems} />}
      {keys.length > 0 && lastFactor && <p class="hint">Your last second factor can be replaced, not removed: add another one first.</p>}
      <AddForm {...props} attempt={attempt} problems={problems} />
    </AccountPage>
  )
}

const onceMore = { tone: 'info', title: 'It is you.', text: 'Press the button once more and touch your key.' } as const

type Parts = Omit<Props, 'frame'> & { problems: Problem[] }

const AddForm = ({ csrf, next, attempt, problems }: Parts) => (
  <Section id="add" title="Add a security key">
    <KeyForm csrf={csrf} action={path} options={`${path}/options`} act="create">
      <input type="hidden" name="next" value={next} />
      <Field
        name="label"
        label="Name"
        hint="So that you know which one it is: “Blue one on the key ring”"
        maxlength={64}
        value={attempt?.credential_id === '' ? attempt.label : undefined}
        problem={problemOf(problems, 'label')}
      />
      <Actions>
        <Button kind="primary" icon="key" needsScript>
          Add a security key
        </Button>
      </Actions>
    </KeyForm>
  </Section>
)

const KeyTable = ({ csrf, keys, attempt, problems, now, lastFactor }: Parts) => (
  <Table
    caption="Your security keys"
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
      { head: 'Rename', cell: (key) => <Rename csrf={csrf} key_={key} attempt={attempt} problems={problems} /> },
      {
        head: 'Remove',
        kind: 'act',
        cell: ({ credential_id, label }) =>
          !lastFactor && (
            <ActButton csrf={csrf} action={`${path}/delete`} fields={{ credential_id }} of={label}>
              Remove
            </ActButton>
          ),
      },
    ]}
  />
)

type RenameProps = Pick<Parts, 'csrf' | 'attempt' | 'problems'> & { key_: SecurityKey }

/** (`key` itself is a word of JSX.) */
const Rename = ({ csrf, key_, attempt, problems }: RenameProps) => {
  const { credential_id, label } = key_
  const id = fieldOf(credential_id)
  return (
    <Form csrf={csrf} action={`${path}/rename`} row>
      <input type="hidden" name="credential_id" value={credential_id} />
      <Field
        name="label"
        id={id}
        label={
          <>
            Name<span class="sr"> of {label}</span>
          </>
        }
        maxlength={64}
        value={problemOf(problems, id) ? attempt?.label : label}
        problem={problemOf(problems, id)}
      />
      <Button kind="small">
        Rename<span class="sr"> {label}</span>
      </Button>
    </Form>
  )
}

/** Where the name of a key is typed; of a new one if there is no id. */
const fieldOf = (credential_id: string): string => (credential_id === '' ? 'label' : `label-${credential_id}`)

/** A name is corrected in its field. */
const labelFields = (credential_id: string) => ({ label_refused: fieldOf(credential_id), label_taken: fieldOf(credential_id) })
