import { Code } from './code.tsx'

type CommandTabsProps = { name: string; legend: string; commands: { tool: string; command: string }[] }

/** Variants of one command, at most three. Radio buttons: arrow keys work, the choice needs no script. */
export const CommandTabs = ({ name, legend, commands }: CommandTabsProps) => (
  <fieldset class="tabs">
    <legend class="sr">{legend}</legend>
    {commands.map(({ tool }, i) => (
      <label>
        <input type="radio" name={name} value={tool} checked={i === 0} />
        {tool}
      </label>
    ))}
    {commands.map(({ tool, command }) => (
      <Code id={`${name}-${tool}`} copy={`the ${tool} command`}>
        {command}
      </Code>
    ))}
  </fieldset>
)
