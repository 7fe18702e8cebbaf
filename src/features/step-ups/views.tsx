import { type AppError, problemsOf } from '../../errors.ts'
import { CodeField } from '../../ui/code-field.tsx'
import { Actions, Button, Field, Form, problemOf } from '../../ui/form.tsx'
import { PageHead } from '../../ui/head.tsx'
import { KeyForm } from '../../ui/key-form.tsx'
import { type Frame, Page } from '../../ui/layout.tsx'
import type { Factors } from '../second-factors/second-factors.ts'

type ReauthenticateProps = {
  frame: Frame
  csrf: string
  refusal?: AppError | undefined
  act: string
  phrase: string
  next: string
  kept: string
  factors: Factors
}

/** Asks for the strongest class of proof that the account has (D7). */
export const ReauthenticatePage = ({ frame, csrf, refusal, phrase, factors, ...hidden }: ReauthenticateProps) => {
  const way = factors.security_keys > 0 ? 'key' : factors.totp ? 'totp_value' : 'password'
  const problems = problemsOf(refusal, { totp_wrong: 'totp_value', password_wrong: 'password' })
  const fields = Object.entries(hidden).map(([name, value]) => <input type="hidden" name={name} value={value} />)
  return (
    <Page {...frame} title="Confirm that it is you" problems={problems} script={way === 'key' ? 'webauthn' : undefined} narrow>
      <PageHead title="Confirm that it is you">
        Then you can {phrase}. {hidden.kept && 'What you sent waits here for ten minutes.'}
      </PageHead>
      {way === 'key' ? (
        <KeyForm
          csrf={csrf}
          action="/account/reauthenticate/"
          options={`/account/reauthenticate/options?${new URLSearchParams({ act: hidden.act })}`}
          act="get"
        >
          {fields}
          <Button kind="primary" icon="key" needsScript>
            Use a security key
          </Button>
        </KeyForm>
      ) : (
        <Form csrf={csrf} action="/account/reauthenticate/">
          {fields}
          {way === 'totp_value' ? (
            <CodeField problem={problemOf(problems, way)} />
          ) : (
            <Field name="password" label="Password" type="password" problem={problemOf(problems, way)} autocomplete="current-password" />
          )}
          <Actions>
            <Button kind="primary">Confirm</Button>
          </Actions>
        </Form>
      )}
    </Page>
  )
}

type KeptFormProps = { frame: Frame; csrf: string; id: string; path: string; phrase: string; next: string }

/** After a step-up: one click sends the form that had to wait. */
export const KeptFormPage = ({ frame, csrf, id, path, phrase, next }: KeptFormProps) => (
  <Page {...frame} title="Go on" narrow>
    <PageHead title="It is you. Go on?">You were about to {phrase}.</PageHead>
    <Form csrf={csrf} action={path}>
      <input type="hidden" name="kept_form" value={id} />
      <Actions>
        <Button kind="primary">{phrase.charAt(0).toUpperCase() + phrase.slice(1)}</Button>
        <a href={next}>Leave it</a>
      </Actions>
    </Form>
  </Page>
)
