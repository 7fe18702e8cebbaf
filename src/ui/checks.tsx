import type { Child } from 'hono/jsx'
import type { Tone } from './banner.tsx'
import { Icon, type IconName } from './icon.tsx'

type CheckLine = { tone?: Tone; icon?: IconName; title: Child; children?: Child; action?: Child }

/** A state a line: what, how it stands, what to do about it. */
export const Checks = ({ lines }: { lines: CheckLine[] }) => (
  <ul class="checks">
    {lines.map(({ tone, icon, title, children, action }) => (
      <li class={tone}>
        <Icon name={icon ?? tone ?? 'pending'} />
        <div>
          <strong>{title}</strong>
          {children && <p>{children}</p>}
        </div>
        {action}
      </li>
    ))}
  </ul>
)

type Choice = { href: string; icon: IconName; title: Child; note?: Child; children: Child }

/** Big answers to one question, each a link with what it means in plain words. */
export const Choices = ({ choices }: { choices: Choice[] }) => (
  <ul class="choices">
    {choices.map(({ href, icon, title, note, children }) => (
      <li>
        <a href={href}>
          <Icon name={icon} />
          <div>
            <p>
              <strong>{title}</strong> {note}
            </p>
            <p class="hint">{children}</p>
          </div>
          <Icon name="right" />
        </a>
      </li>
    ))}
  </ul>
)
