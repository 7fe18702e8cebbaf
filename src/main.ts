import { parseArgs } from 'node:util'
import { leaveForeman } from './cluster.ts'
import { type Command, commands } from './commands.ts'
import { readConfig } from './config.ts'
import { openLog } from './log.ts'
import { defaults, type Setting, settings } from './settings.ts'
import { version } from './version.ts'

const settingNames = Object.keys(settings)
const flagOf = (setting: string): string => setting.toLowerCase().replaceAll('_', '-')

/** Exit codes: 0 done, 1 failed (one sentence on stderr), 2 wrong usage. */
async function main(argv: string[]): Promise<number> {
  const [name = '--help', ...rest] = argv
  if (name === '--help' || name === 'help') return say(usage(), 0)
  if (name === '--version') return say(`${version}\n`, 0)
  const command = commands.find((command) => command.name === name)
  if (!command) return complain(`There is no command ${name}. See wheelkeep --help.`, 2)
  const parsed = parse(rest)
  if ('problem' in parsed) return complain(`${parsed.problem} See wheelkeep ${name} --help.`, 2)
  if (parsed.help) return say(helpOf(command), 0)
  if (!command.takes(parsed.words)) return complain(misused(command, parsed.words), 2)
  return run(command, parsed)
}

type Parsed = { words: string[]; flags: Record<string, string>; help: boolean }

function parse(args: string[]): Parsed | { problem: string } {
  const options = Object.fromEntries(settingNames.map((setting) => [flagOf(setting), { type: 'string' as const }]))
  try {
    const { values, positionals } = parseArgs({ args, options: { ...options, help: { type: 'boolean' as const } }, allowPositionals: true })
    const given = new Map<string, string | boolean | undefined>(Object.entries(values))
    const flags = settingNames.flatMap((setting) => {
      const value = given.get(flagOf(setting))
      return typeof value === 'string' ? [[setting, value] as const] : []
    })
    return { words: positionals, flags: Object.fromEntries(flags), help: given.get('help') === true }
  } catch (error) {
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(/\.?(?:\s*\n|\. |$)/)
    return { problem: `${sentence}.` }
  }
}

/** A command without words says which one it didn't expect. */
const misused = ({ name, words }: Command, given: string[]): string =>
  words === '' ? `Unexpected word ${given[0]}. Usage: wheelkeep ${name} [--setting VALUE …]` : `Usage: wheelkeep ${name} ${words}`

async function run(command: Command, { words, flags }: Parsed): Promise<number> {
  const { shown, problems, config } = readConfig(flags, environment())
  if (command.name === 'config') say(shown.map(({ name, text, source }) => `${name}=${text}  # ${source}\n`).join(''), 0)
  if (!config) return complain(problems.join('\n'), 1)
  const { log, flush } = openLog(2, Date.now)
  try {
    const failure = await command.run({ config, log, words })
    return failure === undefined ? 0 : complain(failure, 1)
  } catch (error) {
    return complain(error instanceof Error ? error.message : String(error), 1)
  } finally {
    flush()
  }
}

/** `WHEELKEEP_NAME=…` as NAME. */
const environment = (): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(process.env).flatMap(([name, text]) => (name.startsWith('WHEELKEEP_') ? [[name.slice(10), text]] : [])))

const usage = (): string => `Usage: wheelkeep COMMAND [--setting VALUE …], or wheelkeep --version

${commands.map(({ name, words, about }) => `  ${`${name} ${words}`.padEnd(28)} ${about}`).join('\n')}

Every command takes --help, and every setting as a flag, as --data-dir FOLDER.
`

const helpOf = ({ name, words, about }: Command): string => `Usage: wheelkeep ${`${name} ${words}`.trim()} [--setting VALUE …]

${about}

Settings (as a flag, as WHEELKEEP_NAME in the environment, or in wheelkeep.toml in the data folder), and their defaults
${settingLines().join('\n')}
`

function settingLines(): string[] {
  const texts = defaults()
  return Object.entries<Setting<unknown>>(settings).map(([setting, { about }]) => {
    return `  --${flagOf(setting).padEnd(20)} ${about}${texts[setting] ? ` [${texts[setting]}]` : ''}`
  })
}

function say(text: string, code: number): number {
  process.stdout.write(text)
  return code
}

function complain(text: string, code: number): number {
  process.stderr.write(`${text}\n`)
  return code
}

process.exitCode = await main(process.argv.slice(2))
leaveForeman()
