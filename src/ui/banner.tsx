import type { Child } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'

export type Tone = 'error' | 'warning' | 'success' | 'info'

/** A lasting state of the thing on this page: what, why, the way out. Stands until the state changes. */
export const Banner = ({ tone, icon, title, children }: { tone: Tone; icon?: IconName; title: Child; children?: Child }) => (
  <div class={`banner ${tone}`}>
    <Icon name={icon ?? tone} />
    <div>
      <p>
        <strong>{title}</strong>
      </p>
      {children}
    </div>
  </div>
)

/** The outcome of what the person just did, or the reason why they are here. Shown once. */
export const Flash = ({ tone, title, children }: { tone: Tone; title: Child; children?: Child }) => (
  <div class={`flash ${tone}`} role={tone === 'error' ? 'alert' : 'status'}>
    <Icon name={tone} />
    <div>
      <p>
        <strong>{title}</strong>
      </p>
      {children}
    </div>
  </div>
)
