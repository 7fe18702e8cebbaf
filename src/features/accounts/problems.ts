import type { AppError, ErrorCode } from '../../errors.ts'
import type { Problem } from '../../ui/form.tsx'

/** The field that each refusal of a form about the account is corrected in. */
const fields: Readonly<Record<string, string>> = {
  username_refused: 'username',
  username_taken: 'username',
  email_refused: 'email',
  full_name_refused: 'full_name',
  password_short: 'new_password',
  password_long: 'new_password',
  password_guessable: 'new_password',
  password_same: 'new_password',
  password_mismatch: 'password_confirm',
  password_wrong: 'password',
} satisfies { readonly [Code in ErrorCode]?: string }

/** What a form says of its refusal: each thing beside its field, the rest on top. */
export function problemsOf(refusal: AppError | undefined): Problem[] {
  if (!refusal) return []
  const found = refusal.problems.length > 0 ? refusal.problems : [{ rule: refusal.code, text: refusal.message }]
  return found.map(({ rule, text }) => ({ field: fields[rule], text }))
}
