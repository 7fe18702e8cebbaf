import { type AppError, problemsOf } from '../../errors.ts'
import { withNext } from '../../lib/with-next.ts'
import { Actions, Button, Field, Form, problemOf } from '../../ui/form.tsx'
import { PageHead } from '../../ui/head.tsx'
import { type Frame, Page } from '../../ui/layout.tsx'
import { NewPasswordFields } from '../../ui/new-password.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { accountFields } from './problems.ts'

type Typed = { username: string; email: string; full_name: string }
type RegisterProps = {
  frame: Frame
  csrf: string
  refusal?: AppError | undefined
  typed?: Typed | undefined
  /** Where the person wanted to go, or empty. */
  next: string
}

export const RegisterPage = ({ frame, csrf, refusal, typed, next }: RegisterProps) => {
  const problems = problemsOf(refusal, accountFields)
  return (
    <Page {...frame} title="Register" problems={problems} narrow>
      <PageHead title="Register">For people who publish. Next come an e-mail to verify and a second factor.</PageHead>
      <Form csrf={csrf} action="/account/register/">
        <input type="hidden" name="next" value={next} />
        <Field
          name="username"
          label="User name"
          hint="Public. Letters, digits, dot, dash, underscore. It can’t be changed."
          problem={problemOf(problems, 'username')}
          value={typed?.username}
          look="mono"
          autocomplete="username"
          maxlength={50}
        />
        <Field
          name="email"
          label="E-mail address"
          hint="Never shown to others."
          problem={problemOf(problems, 'email')}
          value={typed?.email}
          type="email"
          inputmode="email"
          autocomplete="email"
          maxlength={254}
        />
        <Field
          name="full_name"
          label="Full name"
          problem={problemOf(problems, 'full_name')}
          value={typed?.full_name}
          autocomplete="name"
          maxlength={100}
          need="optional"
        />
        <NewPasswordFields label="Password" problems={problems} />
        <Actions>
          <Button kind="primary">Register</Button>
          <a href={withNext('/account/login/', next)}>I have an account</a>
        </Actions>
      </Form>
    </Page>
  )
}

/** Says the same to everybody, whoever has the address (T3). */
export const RegisteredPage = ({ frame, email, next }: { frame: Frame; email: string; next: string }) => (
  <Page {...frame} title="Look into your mailbox" narrow>
    <PageHead title="Look into your mailbox">
      We sent a mail to <strong class="name">{email.trim()}</strong>. The link in it works for 24 hours.
    </PageHead>
    <Timeline
      steps={[
        { state: 'done', title: 'Register' },
        { state: 'now', title: 'Open the link in the mail', children: 'It shows that the address is yours.' },
        { state: 'coming', title: 'Log in and set up a second factor', children: 'About three minutes, with a security key or an app.' },
        { state: 'coming', title: 'Publish' },
      ]}
    />
    <p class="hint">
      No mail? Look into the spam folder. Or <a href={withNext('/account/login/', withNext('/manage/unverified-account/', next))}>log in</a>{' '}
      to have it sent again, or to correct the address.
    </p>
  </Page>
)
