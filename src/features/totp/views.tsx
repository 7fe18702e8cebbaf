import { encode } from 'uqr'
import { type AppError, problemsOf } from '../../errors.ts'
import { withNext } from '../../lib/with-next.ts'
import { Banner } from '../../ui/banner.tsx'
import { CodeField } from '../../ui/code-field.tsx'
import { Actions, Button, Form, problemOf } from '../../ui/form.tsx'
import { PageHead } from '../../ui/head.tsx'
import { type Frame, Page } from '../../ui/layout.tsx'
import { SetUpSteps } from '../../ui/set-up-steps.tsx'

type Props = {
  frame: Frame
  csrf: string
  /** Where the person goes on afterwards, or empty. */
  next: string
  /** On the way to the first factor. */
  settingUp: boolean
  refusal?: AppError | undefined
  /** Base32. */
  secret: string
  /** The same for the app's camera. */
  uri: string
}

export const ProvisionPage = ({ frame, csrf, next, settingUp, refusal, secret, uri }: Props) => {
  const problems = problemsOf(refusal, { totp_wrong: 'totp_value' })
  return (
    <Page {...frame} title="Set up an authenticator app" problems={problems}>
      <PageHead title="Set up an authenticator app">Any app that knows TOTP: Aegis, 2FAS, 1Password, Google Authenticator …</PageHead>
      {settingUp && <SetUpSteps now="add factor" next={next} />}
      <div class="side-by-side even">
        <section class="flow">
          <h2>1. Scan this with the app</h2>
          <div class="qr">
            <QrCode text={uri} />
          </div>
          <div class="tight">
            <p>Can’t scan? Type this into the app instead:</p>
            <p class="secret" id="totp-secret">
              {secret.match(/.{1,4}/g)?.map((part) => (
                <span>{part}</span>
              ))}
            </p>
            <p class="hint">Base32, time-based, 6 digits, 30 seconds. Capitals or not makes no difference.</p>
          </div>
        </section>
        <section class="flow">
          <h2>2. Type the code it shows</h2>
          <Form csrf={csrf} action="/manage/account/totp-provision">
            <input type="hidden" name="next" value={next} />
            <CodeField problem={problemOf(problems, 'totp_value')} />
            <Actions>
              <Button kind="primary">Set up the app</Button>
              <a href={withNext('/manage/account/two-factor/', next)}>Choose another way</a>
            </Actions>
          </Form>
          <Banner tone="info" title="Don’t photograph the code">
            <p>Whoever has this picture has your second factor. It is shown for ten minutes, and never again.</p>
          </Banner>
        </section>
      </div>
    </Page>
  )
}

/** Dark modules as one path; the light ones are the white of `.qr`, in dark mode too. */
const QrCode = ({ text }: { text: string }) => {
  const { size, data } = encode(text, { ecc: 'M', border: 0 })
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg role="img" aria-label="QR code with the secret below" viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges">
      <path d={dark.join('')} />
    </svg>
  )
}
