import { commands } from '../../src/commands.ts'
import { AppError, type ErrorCode } from '../../src/errors.ts'
import { defaultLimits } from '../../src/lib/limits.ts'
import { defaults, type Setting, settings } from '../../src/settings.ts'
import { decisions } from './decisions.ts'
import { mails } from './mails.ts'
import { table } from './table.ts'

/** A part of a document between its two marks. */
interface Part {
  readonly name: string
  readonly lines: readonly string[]
}

/** Which documents hold parts made from the code, and those parts. */
export const documents = (): { path: string; parts: Part[] }[] => [
  {
    path: 'docs/operating.md',
    parts: [
      { name: 'commands', lines: commandLines() },
      { name: 'settings', lines: settingLines() },
      { name: 'limits', lines: limitLines() },
    ],
  },
  { path: 'docs/publishing.md', parts: [{ name: 'refusals', lines: refusalLines() }] },
  { path: 'docs/mails.md', parts: [{ name: 'mails', lines: mailLines() }] },
  { path: 'docs/decisions/README.md', parts: [{ name: 'decisions', lines: decisionLines() }] },
]

function commandLines(): string[] {
  return table(
    ['command', 'what it does'],
    commands.map(({ name, words, about }) => [`\`${`${name} ${words}`.trim()}\``, about]),
  )
}

function settingLines(): string[] {
  const texts = defaults()
  const rows = Object.entries<Setting<unknown>>(settings).map(([name, { about }]) => {
    return [`\`${name}\``, texts[name] ? `\`${texts[name]}\`` : '', about]
  })
  return table(['setting', 'default', 'what it says'], rows)
}

function limitLines(): string[] {
  return table(
    ['limit', 'default'],
    Object.entries(defaultLimits).map(([name, limit]) => [`\`${name}\``, `\`${limit}\``]),
  )
}

/** What an upload may be refused for, beside what is wrong with the file itself. */
const uploadRefusals = [
  'no_token',
  'password_cannot_upload',
  'token_invalid',
  'token_forbids',
  'address_unverified',
  'second_factor_missing',
  'upload_forbidden',
  'file_refused',
  'file_too_large',
  'upload_unreadable',
  'upload_type',
  'upload_slow',
  'upload_gone',
  'too_many',
  'busy',
  'storage_full',
  'read_only',
] as const satisfies ErrorCode[]

function refusalLines(): string[] {
  const refusals = uploadRefusals.map((code) => new AppError(code))
  return table(
    ['status', 'code', 'sentence'],
    refusals.map(({ status, code, message }) => [String(status), `\`${code}\``, message.replaceAll('_', '\\_')]),
  )
}

function mailLines(): string[] {
  return table(
    ['when', 'to', 'subject'],
    mails.map(({ when, to, subject }) => [when, to, subject]),
  )
}

function decisionLines(): string[] {
  return decisions().map(({ file, title }) => `1. [${title}](${file})`)
}
