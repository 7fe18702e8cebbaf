import { type AppError, problemsOf } from '../../errors.ts'
import { Actions, Button, Field, Form, problemOf } from '../../ui/form.tsx'
import { PageHead } from '../../ui/head.tsx'
import { type Frame, Page } from '../../ui/layout.tsx'
import { placeName } from '../../ui/place-name.ts'

type VerifyProps = { frame: Frame; csrf: string; action: string; address: string; username: string }

/** A link alone changes nothing: programs that look into mails open links too. */
export const VerifyPage = ({ frame, csrf, action, address, username }: VerifyProps) => (
  <Page {...frame} title="Verify your address" narrow>
    <PageHead title="Verify your address">
      Does <strong class="name">{address}</strong> belong to you, and to your account <strong class="name">{username}</strong>?
    </PageHead>
    <Form csrf={csrf} action={action}>
      <Actions>
        <Button kind="primary">Verify the address</Button>
      </Actions>
    </Form>
    <p class="hint">If this isn’t your account, close this page: nothing happens.</p>
  </Page>
)

type DeadLinkProps = {
  frame: Frame
  refusal: AppError
  /** The address of whoever looks, if it is verified. */
  verified: string | undefined
}

/** A link that doesn’t work, and the way to one that does; mostly it has worked already. */
export const DeadLinkPage = ({ frame, refusal, verified }: DeadLinkProps) => (
  <Page {...frame} title={`Problem: ${refusal.message}`} narrow>
    <PageHead title="This link doesn’t work any more">{refusal.message}</PageHead>
    {verified === undefined ? (
      <p>
        {frame.person ? 'See how your address stands, and have' : 'Log in with your user name and password, then have'} a new link sent on
        the page <a href="/manage/unverified-account/">Verify your address</a>.
      </p>
    ) : (
      <p>
        Your address <strong class="name">{verified}</strong> is verified: there is nothing left to do. Go on to{' '}
        <a href="/manage/account/">Account and security</a>.
      </p>
    )}
  </Page>
)

type UnverifiedProps = {
  frame: Frame
  csrf: string
  refusal?: AppError | undefined
  /** The address of the account, and what stands in the field. */
  address: string
  typed: string
  /** Where the gate stopped the person, or empty. */
  next: string
  action: string
}

export const UnverifiedPage = ({ frame, csrf, refusal, address, typed, next, action }: UnverifiedProps) => {
  const problems = problemsOf(refusal, { email_refused: 'email' })
  return (
    <Page {...frame} flash={frame.flash ?? (refusal ? undefined : stopped(next))} title="Verify your address" problems={problems} narrow>
      <PageHead title="Verify your address">
        Open the link in the mail that we sent to <strong class="name">{address}</strong>. It works for 24 hours.
      </PageHead>
      <Form csrf={csrf} action={action}>
        <Field
          name="email"
          label="E-mail address"
          hint="No mail? Look into the spam folder first. If the address is misspelt, correct it here. Then have the mail sent again."
          problem={problemOf(problems, 'email')}
          value={typed}
          type="email"
          inputmode="email"
          autocomplete="email"
          maxlength={254}
        />
        <Actions>
          <Button kind="primary">Send the mail</Button>
          <a href="/manage/account/">Account and security</a>
        </Actions>
      </Form>
    </Page>
  )
}

/** Why the gate sent them here, and that they come back. */
function stopped(next: string): Frame['flash'] {
  if (!next) return undefined
  const text = `Verify it and set up a second factor. Then you go on to ${placeName(next)}.`
  return { tone: 'error', title: 'You can’t go on yet: your account has no verified e-mail address', text }
}
