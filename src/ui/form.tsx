import type { Child } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'

/** What is wrong, as a sentence that says what to do; with `field` (its id) where it can be corrected. */
export type Problem = { field?: string | undefined; text: string }

/** The sentence that belongs beside the control `field`. */
export const problemOf = (problems: Problem[], field: string): string | undefined =>
  problems.find((problem) => problem.field === field)?.text

/** On top of a form that came back: every problem, each a link to its field. `Page` puts it there. */
export const Problems = ({ problems }: { problems: Problem[] }) => (
  <div class="flash error" role="alert">
    <Icon name="error" />
    <div>
      <p>
        <strong>{headingOf(problems)}</strong>
      </p>
      <ul>
        {problems.map(({ field, text }) => (
          <li>{field ? <a href={`#${field}`}>{text}</a> : text}</li>
        ))}
      </ul>
    </div>
  </div>
)

function headingOf(problems: Problem[]): string {
  const fields = problems.filter(({ field }) => field !== undefined).length
  if (fields === 0) return 'This couldn’t be done'
  return problems.length === 1 ? 'One thing to correct' : `${problems.length} things to correct`
}

/** In every form that changes something, first; `Form`, `ActButton` and `KeyForm` have it. */
export const Csrf = ({ token }: { token: string }) => <input type="hidden" name="csrf_token" value={token} />

type FormProps = { csrf: string; action: string; id?: string; row?: boolean; children: Child }

/** A form that changes something. Without a script, posted, with this session's token; `row` for one short line. */
export const Form = ({ csrf, action, id, row, children }: FormProps) => (
  <form method="post" action={action} id={id} class={row ? 'row' : 'flow'}>
    <Csrf token={csrf} />
    {children}
  </form>
)

type FieldProps = {
  name: string
  /** `name` unless a page has the field twice. */
  id?: string | undefined
  label: Child
  hint?: Child
  problem?: string | undefined
  /** What was typed; a password is never given back. */
  value?: string | undefined
  type?: 'text' | 'email' | 'password'
  /** mono: names and secrets, which no phone may capitalize · code: six digits */
  look?: 'mono' | 'code'
  autocomplete?: string
  inputmode?: 'numeric' | 'email' | 'text'
  maxlength?: number
  need?: 'required' | 'optional'
  children?: Child
}

/** Label, hint, problem, control: in this order, tied together for screen readers. Required unless said otherwise. */
export const Field = ({ name, id = name, label, hint, problem, value, type = 'text', look, need = 'required', ...rest }: FieldProps) => (
  <div class="field">
    <label for={id}>
      {label}
      {need === 'optional' && <span class="soft"> (optional)</span>}
    </label>
    <Notes id={id} hint={hint} problem={problem} />
    <input
      id={id}
      name={name}
      type={type}
      value={type === 'password' ? undefined : value}
      class={look}
      autocomplete={rest.autocomplete}
      inputmode={rest.inputmode}
      maxlength={rest.maxlength}
      autocapitalize={look ? 'none' : undefined}
      required={need === 'required'}
      aria-describedby={notesOf(id, hint, problem)}
      aria-invalid={problem ? 'true' : undefined}
      spellcheck={false}
    />
    {rest.children}
  </div>
)

type SelectProps = Pick<FieldProps, 'name' | 'id' | 'label' | 'hint' | 'problem' | 'value'> & { options: [value: string, text: string][] }

/** One of a few answers. `value` is the chosen one. */
export const Select = ({ name, id = name, label, hint, problem, value, options }: SelectProps) => (
  <div class="field">
    <label for={id}>{label}</label>
    <Notes id={id} hint={hint} problem={problem} />
    <select id={id} name={name} aria-describedby={notesOf(id, hint, problem)} aria-invalid={problem ? 'true' : undefined}>
      {options.map(([option, text]) => (
        <option value={option} selected={option === value}>
          {text}
        </option>
      ))}
    </select>
  </div>
)

/** The button that sends, then at most one other way. */
export const Actions = ({ children }: { children: Child }) => <div class="actions">{children}</div>

type ButtonProps = { kind?: 'primary' | 'danger' | 'small'; needsScript?: boolean; icon?: IconName; children: Child }

/** Sends its form. One `primary` a page; `danger` for what is lost for good. */
export const Button = ({ kind, needsScript, icon, children }: ButtonProps) => (
  <button type="submit" class={['button', kind, needsScript && 'needs-script'].filter(Boolean).join(' ')}>
    {icon && <Icon name={icon} />}
    {children}
  </button>
)

type ActButtonProps = { csrf: string; action: string; fields?: Record<string, string>; of: Child; children: Child }

/** A form of one small button, for a row or a heading: its words, and for screen readers what it acts on (`of`). */
export const ActButton = ({ csrf, action, fields = {}, of, children }: ActButtonProps) => (
  <form method="post" action={action}>
    <Csrf token={csrf} />
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <Button kind="small">
      {children}
      <span class="sr"> {of}</span>
    </Button>
  </form>
)

const Notes = ({ id, hint, problem }: { id: string; hint: Child; problem: string | undefined }) => (
  <>
    {hint && (
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    )}
    {problem && (
      <p class="problem" id={`${id}-problem`}>
        <Icon name="error" /> {problem}
      </p>
    )}
  </>
)

const notesOf = (id: string, hint: Child, problem: string | undefined): string | undefined =>
  [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ') || undefined
