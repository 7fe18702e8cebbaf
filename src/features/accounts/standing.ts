import type { Holdings } from './queries.ts'

/** One thing that protects the account: how it stands, and what there is to do about it. */
export interface Check {
  readonly tone: 'success' | 'warning' | 'error'
  readonly title: string
  readonly text: string
  /** What to do, if something is; as a sentence and as the words of its button. */
  readonly step?: { readonly title: string; readonly text: string; readonly href: string; readonly button: string }
}

export interface Standing {
  readonly title: string
  readonly mayPublish: boolean
  /** In the order in which they can be done. */
  readonly checks: readonly Check[]
}

/** How the account stands towards the gate, in a sentence, and what its owner can do, most urgent first. */
export function standingOf(email: { address: string; verified: boolean }, holdings: Holdings): Standing {
  const checks = [addressCheck(email), codesCheck(holdings), factorCheck(holdings)]
  const todo = checks.filter(({ step }) => step).length
  const mayPublish = email.verified && holdings.security_keys + holdings.totps > 0
  const things = todo === 1 ? 'one thing to do' : `${todo} things to do`
  if (!mayPublish) return { title: `Not ready to publish: ${things}`, mayPublish, checks }
  return { title: todo === 0 ? 'Safe' : `Safe, with ${things}`, mayPublish, checks }
}

/** What blocks comes first, then what would be better. */
export const nextStep = ({ checks }: Standing): Check['step'] =>
  (checks.find(({ tone }) => tone === 'error') ?? checks.find(({ tone }) => tone === 'warning'))?.step

const verifyPage = '/manage/unverified-account/'
const factorsPage = '/manage/account/two-factor/'

function addressCheck({ address, verified }: { address: string; verified: boolean }): Check {
  if (verified) return { tone: 'success', title: 'Verified address', text: address }
  const text = 'Open the link in the mail we sent you, or have it sent again.'
  const step = { title: 'Next step: verify your address', text, href: verifyPage, button: 'Send the mail again' }
  return { tone: 'error', title: 'Address not verified', text: address, step }
}

/** They come before the first factor (D5): so that a lost phone isn't a lost account. */
function codesCheck({ recovery_codes: left }: Holdings): Check {
  const saved = `Recovery codes: ${left} left`
  if (left > 2) return { tone: 'success', title: saved, text: 'Each stands in for a lost factor, once.' }
  if (left > 0) {
    const text = 'If you lose your factors and run out of codes, nobody can let you in again.'
    return {
      tone: 'warning',
      title: saved,
      text,
      step: { title: 'Next step: make new recovery codes', text, href: factorsPage, button: 'Make new codes' },
    }
  }
  const text = 'For the day when your phone or key is gone. They come before the first factor.'
  return {
    tone: 'error',
    title: 'No recovery codes',
    text: 'They come before the first factor.',
    step: { title: 'Next step: save your recovery codes', text, href: factorsPage, button: 'Set up' },
  }
}

function factorCheck({ security_keys, totps }: Holdings): Check {
  if (security_keys > 0) {
    const keys = security_keys === 1 ? 'One security key' : `${security_keys} security keys`
    return {
      tone: 'success',
      title: 'Second factor that can’t be phished',
      text: totps > 0 ? `${keys}, and an authenticator app.` : `${keys}.`,
    }
  }
  if (totps > 0) {
    const text = 'A false site can ask you for the code of an app. A key answers the real site only.'
    const step = { title: 'Next step: add a security key', text, href: factorsPage, button: 'Add a security key' }
    return { tone: 'warning', title: 'Second factor: an authenticator app', text: 'Its codes can be phished.', step }
  }
  const text = 'With it, somebody who has your password still can’t publish in your name.'
  const step = { title: 'Next step: set up a second factor', text, href: factorsPage, button: 'Set up a second factor' }
  return { tone: 'error', title: 'No second factor', text: 'Publishing and changing projects needs one.', step }
}
