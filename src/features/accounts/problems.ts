import type { ErrorCode } from '../../errors.ts'

/** The field that each refusal of a form about the account is corrected in. */
export const accountFields: { readonly [Code in ErrorCode]?: string } = {
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
}
