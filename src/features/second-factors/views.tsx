import type { LoginMethod } from '../../db/schema.ts'
import type { Instant } from '../../lib/time.ts'
import { withNext } from '../../lib/with-next.ts'
import { AccountPage } from '../../ui/account-page.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Choices } from '../../ui/checks.tsx'
import { PageHead, Section } from '../../ui/head.tsx'
import type { Frame } from '../../ui/layout.tsx'
import { placeName } from '../../ui/place-name.ts'
import { SetUpSteps } from '../../ui/set-up-steps.tsx'
import type { CodeSet } from '../recovery-codes/queries.ts'
import type { SecurityKey } from '../security-keys/queries.ts'
import type { Totp } from '../totp/queries.ts'
import { AppSection, CodesSection, KeySection } from './sections.tsx'

type State = {
  csrf: string
  /** Where the gate stopped the person, or empty. */
  next: string
  now: Instant
  /** How many factors work. */
  factors: number
  /** What this session was proved with. */
  method: LoginMethod
  codes: CodeSet
  totp: Totp | undefined
  keys: SecurityKey[]
}

/** What is missing and how to get it; what the account has. */
export const SecondFactorsPage = ({ frame, ...state }: State & { frame: Frame }) => {
  const { csrf, now, next, factors, method, codes, totp, keys } = state
  const settingUp = factors === 0
  const repairing = method === 'recovery_code'
  const title = settingUp ? 'Set up a second factor' : 'Second factors'
  return (
    <AccountPage {...frame} flash={frame.flash ?? stopped(state)} title={title} area="/manage/account/two-factor/">
      <PageHead title={title}>With one, somebody who has your password still can’t publish in your name.</PageHead>
      {repairing && <RepairBanner />}
      {isOff(totp) && <OffBanner lockedOut={keys.length === 0 && !repairing} />}
      {settingUp && <SetUpSteps now={stepOf(codes)} next={next} />}
      {codes.confirmed === 0 && <CodesFirst {...state} />}
      {(settingUp || repairing) && <Choose {...state} title={codes.confirmed === 0 ? 'Then choose one of these' : 'Choose one of these'} />}
      {totp && <AppSection csrf={csrf} now={now} totp={totp} removable={keys.length > 0} />}
      {keys.length > 0 && <KeySection csrf={csrf} now={now} keys={keys} removable={factors > 1} />}
      {!settingUp && !repairing && <Choose {...state} title="Add another one" />}
      {codes.unused > 0 && <CodesSection now={now} codes={codes} changeable={!repairing} />}
      {settingUp && <OpenAnyway />}
    </AccountPage>
  )
}

const isOff = (totp: Totp | undefined): boolean => totp !== undefined && totp.disabled_at !== null

const stepOf = ({ unused, confirmed }: CodeSet) => (unused === 0 ? 'make codes' : confirmed === 0 ? 'show codes' : 'add factor')

/** Why the gate sent them here, and that they come back. */
function stopped({ next, factors, method }: State): Frame['flash'] {
  const place = placeName(next)
  if (next && factors === 0) {
    const text = `Uploads, tokens and projects need one. Set one up here, about three minutes, and you go on to ${place}.`
    return { tone: 'error', title: 'You can’t go on yet: your account has no second factor', text }
  }
  if (next && method === 'recovery_code') {
    const text = `Add a second factor that you have at hand, and you go on to ${place}.`
    return { tone: 'error', title: 'You can’t go on yet: you logged in with a recovery code', text }
  }
  return undefined
}

const RepairBanner = () => (
  <Banner tone="warning" title="You logged in with a recovery code">
    <p>
      For 15 minutes you can add a second factor here without another proof, set up your app on another phone, or remove what you lost.
      Everything else opens once you have added a factor.
    </p>
  </Banner>
)

const OffBanner = ({ lockedOut }: { lockedOut: boolean }) => (
  <Banner tone="error" title="Your authenticator app is switched off">
    <p>
      Somebody who knows your password typed 100 wrong codes. Change your password, and set the app up anew.
      {lockedOut && ' To do that, log out and log in again with a recovery code.'}
    </p>
  </Banner>
)

/** Recovery codes come before the first factor (D5). */
const CodesFirst = ({ codes: { unused }, next }: State) => {
  const [title, text, button, page] =
    unused === 0
      ? (['First: recovery codes', 'So that a lost phone isn’t a lost account.', 'Make recovery codes', 'generate'] as const)
      : (['First: show that you have your recovery codes', 'Until then they open nothing.', 'Type one of them', 'burn'] as const)
  return (
    <div class="next">
      <div class="tight">
        <p>
          <strong>{title}</strong>
        </p>
        <p class="hint">{text}</p>
      </div>
      <a class="button primary" href={withNext(`/manage/account/recovery-codes/${page}`, next)}>
        {button}
      </a>
    </div>
  )
}

/** The strongest first. An account has one app: a second one only takes the place of one that was switched off or lost. */
const Choose = ({ title, totp, method, next }: State & { title: string }) => {
  const key = {
    href: withNext('/manage/account/webauthn-provision', next),
    icon: 'key' as const,
    title: 'Security key',
    note: <Badge tone="success">Can’t be phished</Badge>,
    children:
      'A small USB or NFC stick that you touch, or what unlocks your computer. It answers this site only. Best with a second one in a drawer.',
  }
  const app = {
    href: withNext('/manage/account/totp-provision', next),
    icon: 'phone' as const,
    title: totp ? 'Authenticator app, set up anew' : 'Authenticator app',
    note: <Badge tone="warning">Can be phished</Badge>,
    children: totp
      ? 'It takes the place of the one that you have.'
      : 'An app shows six digits that you type. Works everywhere, even offline. A false site can ask you for them too.',
  }
  const mayHaveApp = !totp || isOff(totp) || method === 'recovery_code'
  return (
    <Section title={title}>
      <Choices choices={mayHaveApp ? [key, app] : [key]} />
    </Section>
  )
}

const OpenAnyway = () => (
  <Section title="What stays open without it">
    <p class="soft">
      Reading, downloading and installing. Logging in. <a href="/manage/account/">Your account</a> with its password and address.
    </p>
  </Section>
)
