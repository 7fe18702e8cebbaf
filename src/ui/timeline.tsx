import type { Child } from 'hono/jsx'
import { Badge } from './badge.tsx'
import { Icon } from './icon.tsx'

export type Step = { state: 'done' | 'now' | 'coming'; title: Child; children?: Child }

const looks = {
  done: { tone: 'success', icon: 'success', word: 'Done: ' },
  now: { tone: 'info', icon: 'now', word: 'Now: ' },
  coming: { tone: undefined, icon: 'pending', word: 'To come: ' },
} as const

/** Steps in order. `across` lays them out in a row where there is room. */
export const Timeline = ({ steps, across }: { steps: Step[]; across?: boolean }) => (
  <ol class={across ? 'timeline across' : 'timeline'}>
    {steps.map((step) => (
      <TimelineStep {...step} />
    ))}
  </ol>
)

const TimelineStep = ({ state, title, children }: Step) => {
  const { tone, icon, word } = looks[state]
  return (
    <li class={tone} aria-current={state === 'now' ? 'step' : undefined}>
      <Icon name={icon} />
      <strong>
        <span class="sr">{word}</span>
        {title}
      </strong>{' '}
      {state === 'now' && (
        <Badge tone="info" icon="now">
          Now
        </Badge>
      )}
      {children && <p>{children}</p>}
    </li>
  )
}
