import { type AppError, problemsOf } from '../../errors.ts'
import { withNext } from '../../lib/with-next.ts'
import { CopyButton, PrintButton } from '../../ui/buttons.tsx'
import { CodeField } from '../../ui/code-field.tsx'
import { Actions, Button, Field, Form, problemOf } from '../../ui/form.tsx'
import { PageHead } from '../../ui/head.tsx'
import { KeyForm } from '../../ui/key-form.tsx'
import { type Frame, Page } from '../../ui/layout.tsx'
import type { Factors } from '../second-factors/second-factors.ts'

type Common = { frame: Frame; csrf: string; refusal?: AppError | undefined }

type LoginProps = Common & { next: string; username: string }

export const LoginPage = ({ frame, csrf, refusal, next, username }: LoginProps) => {
  const problems = problemsOf(refusal, { login_failed: 'username' })
  return (
    <Page {...frame} flash={frame.flash ?? (next && !refusal ? stopped : undefined)} title="Log in" problems={problems} narrow>
      <PageHead title="Log in">Only publishing needs an account. Installing doesn’t.</PageHead>
      <Form csrf={csrf} action="/account/login/">
        <input type="hidden" name="next" value={next} />
        <Field
          name="username"
          label="User name"
          value={username}
          problem={problemOf(problems, 'username')}
          look="mono"
          autocomplete="username"
          maxlength={50}
        />
        <Field name="password" label="Password" type="password" autocomplete="current-password" />
        <Actions>
          <Button kind="primary">Continue</Button>
        </Actions>
      </Form>
      <p class="hint">
        You are at <strong class="name">{frame.site.host}</strong>. Check it in the address bar: our mails never contain a link that logs
        you in.
      </p>
      <p>
        New here? <a href={withNext('/account/register/', next)}>Register</a>
      </p>
    </Page>
  )
}

const stopped = { tone: 'error', title: 'Log in to go on', text: 'You come back to where you were going.' } as const

type SecondStepProps = Common & { username: string; next: string; factors: Factors }

export const SecondStepPage = ({ frame, csrf, refusal, username, next, factors }: SecondStepProps) => {
  const hasKey = factors.security_keys > 0
  const problems = problemsOf(refusal, { totp_wrong: 'totp_value' })
  return (
    <Page {...frame} title="Second step" problems={problems} script={hasKey ? 'webauthn' : undefined} narrow>
      <PageHead title="Second step">
        Your password was right, <strong class="name">{username}</strong>. Now show that it is you.
      </PageHead>
      {hasKey && (
        <KeyForm csrf={csrf} action="/account/two-factor/" options="/account/two-factor/options" act="get">
          <input type="hidden" name="next" value={next} />
          <Button kind="primary" icon="key" needsScript>
            Use a security key
          </Button>
        </KeyForm>
      )}
      {hasKey && factors.totp && <p class="or">or</p>}
      {factors.totp && (
        <Form csrf={csrf} action="/account/two-factor/">
          <input type="hidden" name="next" value={next} />
          <CodeField problem={problemOf(problems, 'totp_value')} />
          <Actions>
            <Button {...(!hasKey && { kind: 'primary' as const })}>Log in</Button>
          </Actions>
        </Form>
      )}
      <p>
        Lost it? <a href={withNext('/account/recovery-code/', next)}>Use a recovery code</a>, or{' '}
        <a href={withNext('/account/login/', next)}>start over</a>
      </p>
    </Page>
  )
}

type RecoveryProps = Common & { next: string }

export const RecoveryCodePage = ({ frame, csrf, refusal, next }: RecoveryProps) => {
  const problems = problemsOf(refusal, { recovery_code_wrong: 'recovery_code_value' })
  return (
    <Page {...frame} title="Use a recovery code" problems={problems} narrow>
      <PageHead title="Use a recovery code">
        It opens your account for one thing: to set up a second factor again, or remove a lost one.
      </PageHead>
      <Form csrf={csrf} action="/account/recovery-code/">
        <input type="hidden" name="next" value={next} />
        <Field
          name="recovery_code_value"
          label="One of your recovery codes"
          hint="Capitals, spaces and dashes make no difference. It is used up."
          problem={problemOf(problems, 'recovery_code_value')}
          look="mono"
          autocomplete="off"
          maxlength={64}
        />
        <Actions>
          <Button kind="primary">Log in</Button>
          <a href={withNext('/account/two-factor/', next)}>Back to the second step</a>
        </Actions>
      </Form>
    </Page>
  )
}

type ReplacementProps = { frame: Frame; replacement: string; left: number; next: string }

/** After a log-in with a recovery code: the code that takes its place, shown this once (D5). */
export const ReplacementPage = ({ frame, replacement, left, next }: ReplacementProps) => (
  <Page {...frame} title="Write down your new recovery code" narrow>
    <PageHead title="Write down your new recovery code">
      It takes the place of the one you used. You have {left} unused codes with it.
    </PageHead>
    <div class="panel">
      <ol class="codes" id="recovery-codes">
        <li>{replacement}</li>
      </ol>
    </div>
    <Actions>
      <CopyButton from="recovery-codes" what="the recovery code" />
      <PrintButton />
    </Actions>
    <p class="hint">Shown this once.</p>
    <Actions>
      <a class="button primary" href={withNext('/manage/account/two-factor/', next)}>
        I have it: go on to my second factors
      </a>
    </Actions>
  </Page>
)
