import { Field, type Problem, problemOf } from './form.tsx'

/** A new password, typed twice: `new_password`, `password_confirm`. Managers may fill it in, and paste works. */
export const NewPasswordFields = ({ label, problems }: { label: string; problems: Problem[] }) => (
  <>
    <Field
      name="new_password"
      label={label}
      hint="At least 12 characters. Four unrelated words make a good one."
      problem={problemOf(problems, 'new_password')}
      type="password"
      autocomplete="new-password"
    />
    <Field
      name="password_confirm"
      label={`${label} again`}
      problem={problemOf(problems, 'password_confirm')}
      type="password"
      autocomplete="new-password"
    />
  </>
)
