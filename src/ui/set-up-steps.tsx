import { placeName } from './place-name.ts'
import { type Step, Timeline } from './timeline.tsx'

const titles = ['Make recovery codes', 'Show that you have them', 'Add a second factor']

type SetUpStepsProps = {
  now: 'make codes' | 'show codes' | 'add factor'
  /** Where the person goes on afterwards, or empty. */
  next: string
}

/** The way to the first second factor, in the order of D5. */
export const SetUpSteps = ({ now, next }: SetUpStepsProps) => {
  const at = ['make codes', 'show codes', 'add factor'].indexOf(now)
  const steps = titles.map((title, i): Step => ({ title, state: i < at ? 'done' : i === at ? 'now' : 'coming' }))
  const last = next ? `Go on to ${placeName(next)}` : 'Publish'
  return <Timeline across steps={[...steps, { state: 'coming', title: last }]} />
}
