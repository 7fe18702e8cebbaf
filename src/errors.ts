/** Everything the index refuses: code → status and one sentence that says what happened and what to do. */
const catalogue = {
  // who asks, and how
  not_logged_in: { status: 403, message: 'Log in first.' },
  address_unverified: { status: 403, message: 'Your account has no verified e-mail address yet. Open the link in the mail we sent you.' },
  second_factor_missing: { status: 403, message: 'Your account has no second factor yet. Set one up on the page Second factors.' },
  session_restricted: { status: 403, message: 'You logged in with a recovery code. Set up a second factor, then go on.' },
  recovery_codes_missing: { status: 403, message: 'Save your recovery codes first, then add a second factor.' },
  csrf_failed: { status: 403, message: 'This form has become too old, or another site sent it. Load the page again.' },
  step_up_required: { status: 403, message: 'Confirm first that it is you.' },
  kept_form_gone: { status: 400, message: 'This was sent already, or waited more than ten minutes. Fill in the form again.' },
  not_found: { status: 404, message: 'There is nothing at this address. Check its spelling.' },
  method_not_allowed: { status: 405, message: 'This address doesn’t take that kind of request. A form is sent to it, from its own page.' },
  wrong_host: { status: 421, message: 'This index has another address. Use the one in its pages.' },
  body_too_large: { status: 413, message: 'This form takes at most 64 KiB.' },
  body_too_slow: { status: 408, message: 'The form arrived too slowly. Send it again.' },
  form_unreadable: { status: 400, message: 'This form can’t be read: it names a field twice, or isn’t UTF-8. Send it from the page.' },
  form_type: { status: 415, message: 'This form takes application/x-www-form-urlencoded. Send it from the page.' },
  too_many: { status: 429, message: 'Too many tries. Wait a little, then try again.' },
  busy: { status: 503, message: 'The index is busy just now. Nothing was changed. Try again in a few seconds.' },
  storage_full: {
    status: 507,
    message: 'The index has no room left. Nothing was stored. Try again later; its operators see it in the log.',
  },
  read_only: { status: 503, message: 'This index is read-only just now. Nothing was changed. Try again later.' },

  // accounts and addresses
  registration_closed: { status: 403, message: 'This index takes no new accounts just now.' },
  username_refused: {
    status: 400,
    message: 'A user name has 2 to 50 letters, digits, dots, dashes or underscores, and begins and ends with a letter or digit.',
  },
  username_taken: { status: 409, message: 'Choose another user name: this one is taken.' },
  full_name_refused: { status: 400, message: 'A full name has at most 100 characters on one line, and no address of a site.' },
  email_refused: { status: 400, message: 'This isn’t one e-mail address. Type it as name@example.org.' },
  email_verified_already: { status: 409, message: 'This address is verified already.' },
  email_not_replaceable: { status: 409, message: 'Only an address that isn’t verified yet can be replaced here.' },
  email_taken: { status: 409, message: 'Another account has verified this address meanwhile. Log in and give yours another address.' },
  link_expired: { status: 400, message: 'This link is used up or too old. Ask for a new one.' },

  // passwords and log-in
  password_short: { status: 400, message: 'Use at least 12 characters. Four unrelated words make a good password.' },
  password_long: { status: 400, message: 'Use at most 4096 bytes.' },
  password_guessable: { status: 400, message: 'This password is guessed at once. Four unrelated words make a good one.' },
  password_mismatch: { status: 400, message: 'The two passwords differ. Type the same one twice.' },
  password_same: { status: 400, message: 'This is your password already. Choose a new one.' },
  password_wrong: { status: 403, message: 'That is not your current password.' },
  login_failed: { status: 403, message: 'User name and password don’t fit together. Check both; capitals in the password matter.' },
  login_expired: { status: 403, message: 'That took more than ten minutes. Log in again.' },

  // second factors
  totp_wrong: { status: 400, message: 'That code doesn’t fit. Wait for the next one; if it fails again, check the clock of your phone.' },
  totp_exists: { status: 409, message: 'You have an authenticator app already. Remove it first, then set up another one.' },
  totp_missing: { status: 404, message: 'You have no authenticator app.' },
  totp_disabled: {
    status: 403,
    message: 'Your authenticator app was switched off after 100 wrong codes. Use a security key or a recovery code.',
  },
  totp_expired: { status: 400, message: 'That took more than ten minutes. Here is a new code to scan.' },
  factor_too_weak: { status: 403, message: 'Use your security key: an app’s code can be phished, so it doesn’t stand in for a key.' },
  challenge_expired: { status: 400, message: 'That took more than five minutes, or was sent twice. Start again.' },
  security_key_rejected: {
    status: 400,
    message: 'The answer of this key doesn’t fit this page. Start again, with another key or browser if it stays so.',
  },
  security_key_exists: { status: 409, message: 'This key is registered already.' },
  security_key_not_found: { status: 404, message: 'You have no such security key.' },
  label_refused: { status: 400, message: 'A name has 1 to 64 characters on one line.' },
  label_taken: { status: 409, message: 'You have a key of that name. Choose another one.' },
  last_factor: { status: 409, message: 'This is your last second factor. Add another one, then remove this one.' },
  recovery_codes_exist: { status: 409, message: 'You have recovery codes already. Make new ones if they are lost: the old ones end.' },
  recovery_code_wrong: {
    status: 400,
    message: 'That is none of your unused recovery codes. Check each group; a code has 25 letters and digits.',
  },

  // uploads: credentials, then the file
  no_token: {
    status: 401,
    message: 'Uploads need an API token: user name __token__, password the token. Make one on the page API tokens.',
  },
  password_cannot_upload: {
    status: 403,
    message: 'User name and password no longer upload. Use the user name __token__ and an API token as the password.',
  },
  token_invalid: {
    status: 403,
    message: 'This API token is none of ours, was revoked, or has ended. Make a new one on the page API tokens.',
  },
  token_forbids: { status: 403, message: 'This API token doesn’t allow that.' },
  upload_forbidden: { status: 403, message: 'You aren’t allowed to upload to this project: only its owners and maintainers are.' },
  upload_unreadable: { status: 400, message: 'The upload can’t be read. Send it as multipart/form-data, complete.' },
  upload_type: { status: 415, message: 'Uploads are multipart/form-data.' },
  upload_slow: { status: 408, message: 'The upload arrived too slowly. Send it again.' },
  upload_gone: { status: 410, message: 'This kind of upload doesn’t exist any more. Upload files with :action=file_upload.' },
  file_too_large: { status: 413, message: 'The file is larger than this index takes.' },
  file_refused: { status: 400, message: 'This file can’t be published.' },

  // API tokens
  token_description_refused: { status: 400, message: 'A name has 1 to 64 characters on one line.' },
  token_description_taken: { status: 409, message: 'You have a token of that name. Choose another one.' },
  token_scope_refused: { status: 400, message: 'Choose what the token may upload to: one of your projects, or all of them.' },
  token_expiry_refused: { status: 400, message: 'A token lives 1 to 90 days.' },
  token_not_found: { status: 404, message: 'You have no such token.' },
} as const satisfies Record<string, { status: Status; message: string }>

type Status = 400 | 401 | 403 | 404 | 405 | 408 | 409 | 410 | 413 | 415 | 421 | 429 | 503 | 507
export type ErrorCode = keyof typeof catalogue

/** One thing that was found wrong: the rule's name, and a sentence that says what was found and how to correct it. */
export interface Problem {
  readonly rule: string
  readonly text: string
}

interface Details {
  /** Seconds after which another try makes sense, if that is known. */
  readonly retryAfter?: number
  /** All that was found wrong; the first is the message. */
  readonly problems?: readonly Problem[]
}

/** A refusal the caller may be told about. Anything else that is thrown is a bug and becomes a 500. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly status: Status
  readonly retryAfter: number | undefined
  readonly problems: readonly Problem[]
  constructor(code: ErrorCode, { retryAfter, problems = [] }: Details = {}) {
    super(problems[0]?.text ?? catalogue[code].message)
    this.code = code
    this.status = catalogue[code].status
    this.retryAfter = retryAfter
    this.problems = problems
  }
}

/** What a form says of its refusal: each thing beside the field that corrects it (`fields`: code → id of the control), the rest on top. */
export function problemsOf(refusal: AppError | undefined, fields: { readonly [Code in ErrorCode]?: string }) {
  if (!refusal) return []
  const found = refusal.problems.length > 0 ? refusal.problems : [{ rule: refusal.code, text: refusal.message }]
  return found.map(({ rule, text }) => ({ field: Object.entries(fields).find(([code]) => code === rule)?.[1], text }))
}

export function refuse(code: ErrorCode, details?: Details): never {
  throw new AppError(code, details)
}

/** A refusal as one of several things found wrong, with a sentence of its own if there is a better one. */
export const asProblem = (rule: ErrorCode, text: string = catalogue[rule].message): Problem & { rule: ErrorCode } => ({ rule, text })

/** Refuses because of all that was found wrong; the first gives code and status. */
export function refuseAll(problems: readonly (Problem & { rule: ErrorCode })[]): never {
  const [first] = problems
  if (!first) throw new Error('refused, but nothing was found wrong')
  return refuse(first.rule, { problems })
}

/** Every refusal and its sentence, as the catalogue groups them: the help page lists them. */
export const refusals: readonly Problem[] = Object.entries(catalogue).map(([rule, { message }]) => ({ rule, text: message }))

/** Waits for `act` and hands back what it made or its refusal, so that a page can show it beside the form. Bugs are thrown on. */
export const outcomeOf = <Done>(act: Promise<Done>): Promise<{ done: Done; refusal?: never } | { done?: never; refusal: AppError }> =>
  act.then(
    (done) => ({ done }),
    (error: unknown) => {
      if (error instanceof AppError) return { refusal: error }
      throw error
    },
  )

/** The same, when only the refusal matters. */
export const refusalOf = async (act: Promise<unknown>): Promise<AppError | undefined> => (await outcomeOf(act)).refusal
