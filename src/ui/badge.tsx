import type { Child } from 'hono/jsx'
import type { Tone } from './banner.tsx'
import { Icon, type IconName } from './icon.tsx'

/** One or two words of state beside a name. A tone always comes with its icon. */
export const Badge = ({ tone, icon, children }: { tone?: Tone; icon?: IconName; children: Child }) => {
  const drawing = icon ?? tone
  return (
    <span class={tone ? `badge ${tone}` : 'badge'}>
      {drawing && <Icon name={drawing} />}
      {children}
    </span>
  )
}
