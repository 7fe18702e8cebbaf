import { type Factors, hasWorkingFactor } from '../second-factors/second-factors.ts'

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
  /** In the order in which they can be done. */
  readonly checks: readonly Check[]
}

/** How the account stands towards the gate, in a sentence, and what its owner can do, most urgent first. */
export function standingOf(email: { address: string; verified: boolean }, factors: Factors): Standing {
  const checks = [addressCheck(email), codesCheck(factors), factorCheck(factors)]
  const todo = checks.filter(({ step }) => step).length
  const mayPublish = email.verified && hasWorkingFactor(factors)
  const things = todo === 1 ? 'one thing to do' : `${todo} things to do`
  if (!mayPublish) return { title: `Not ready to publish: ${things}`, checks }
  return { title: todo === 0 ? 'Safe' : `Safe, with ${things}`, checks }
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
function codesCheck({ recovery_codes: left }: Factors): Check {
  const saved = { title: `Recovery codes: ${left} left`, text: 'Each stands in for a lost factor, once.' }
  if (left > 2) return { tone: 'success', ...saved }
  if (left > 0) {
    const text = 'If you lose your factors and run out of codes, nobody can let you in again.'
    const step = { title: 'Next step: make new recovery codes', text, href: factorsPage, button: 'Make new codes' }
    return { tone: 'warning', ...saved, step }
  }
  const text = 'For the day when your phone or key is gone. They come before the first factor.'
  const step = { title: 'Next step: save your recovery codes', text, href: factorsPage, button: 'Save recovery codes' }
  return { tone: 'error', title: 'No recovery codes', text: 'They come before the first factor.', step }
}

function factorCheck({ security_keys, totp, totp_disabled }: Factors): Check {
  if (security_keys > 0) {
    const keys = security_keys === 1 ? 'One security key' : `${security_keys} security keys`
    return { tone: 'success', title: 'Second factor that can’t be phished', text: totp ? `${keys}, and an authenticator app.` : `${keys}.` }
  }
  if (totp_disabled) {
    const text = 'After 100 wrong codes it was switched off. Remove it and set it up anew, or add a security key.'
    const step = { title: 'Next step: set up a second factor', text, href: factorsPage, button: 'Second factors' }
    return { tone: 'error', title: 'Authenticator app switched off', text: 'No other second factor is set up.', step }
  }
  if (totp) {
    const text = 'A false site can ask you for the code of an app. A key answers the real site only.'
    const step = { title: 'Next step: add a security key', text, href: factorsPage, button: 'Add a security key' }
    return { tone: 'warning', title: 'Second factor: an authenticator app', text: 'Its codes can be phished.', step }
  }
  const text = 'With it, somebody who has your password still can’t publish in your name.'
  const step = { title: 'Next step: set up a second factor', text, href: factorsPage, button: 'Set up a second factor' }
  return { tone: 'error', title: 'No second factor', text: 'Publishing and changing projects needs one.', step }
}
