import { Field } from './form.tsx'

/** The six digits of an authenticator app. */
export const CodeField = ({ problem }: { problem: string | undefined }) => (
  <Field
    name="totp_value"
    label="Code from your authenticator app"
    hint="Six digits, new every 30 seconds"
    problem={problem}
    look="code"
    inputmode="numeric"
    autocomplete="one-time-code"
    maxlength={16}
  />
)
