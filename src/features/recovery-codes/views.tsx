import { type AppError, problemsOf } from '../../errors.ts'
import { recoveryCodeCount } from '../../lib/recovery-code.ts'
import { day, type Instant } from '../../lib/time.ts'
import { withNext } from '../../lib/with-next.ts'
import { DownloadButton, PrintButton } from '../../ui/buttons.tsx'
import { Actions, Button, Field, Form, type Problem, problemOf } from '../../ui/form.tsx'
import { PageHead } from '../../ui/head.tsx'
import { type Frame, Page } from '../../ui/layout.tsx'
import { More } from '../../ui/more.tsx'
import { SetUpSteps } from '../../ui/set-up-steps.tsx'

const path = '/manage/account/recovery-codes'

type Common = {
  frame: Frame
  csrf: string
  /** Where the person goes on afterwards, or empty. */
  next: string
  /** On the way to the first factor. */
  settingUp: boolean
  refusal?: AppError | undefined
}

const lead = 'For the day when your phone or key is gone. Each code works once, in place of the second factor.'

/** One button makes them; if there are some already, it says that they end. */
export const MakeCodesPage = ({ frame, csrf, next, settingUp, refusal, exist }: Common & { exist: boolean }) => (
  <Page {...frame} title="Recovery codes" problems={problemsOf(refusal, {})}>
    <PageHead title={exist ? 'Make new recovery codes' : 'Save your recovery codes'}>{lead}</PageHead>
    {settingUp && <SetUpSteps now="make codes" next={next} />}
    <p class="measure">
      {exist
        ? 'You have recovery codes already. If they are lost, or somebody may have seen them, make new ones: the old ones end at once.'
        : `They come before the first factor, so that a lost phone isn’t a lost account. We make ${recoveryCodeCount} codes and show them this once. Have a printer, a pen, or a password manager at hand.`}
    </p>
    <Form csrf={csrf} action={exist ? `${path}/regenerate` : `${path}/generate`}>
      <input type="hidden" name="next" value={next} />
      <Actions>
        <Button kind="primary">{exist ? 'Make new recovery codes' : 'Make recovery codes'}</Button>
        <a href={withNext('/manage/account/two-factor/', next)}>Back to second factors</a>
      </Actions>
    </Form>
  </Page>
)

/** The codes, this once, and the proof that they were saved. */
export const CodesPage = ({ codes, made_at, host, username, ...common }: Common & CodesProps) => (
  <Page {...common.frame} title="Save your recovery codes">
    <PageHead title="Save your recovery codes">{lead}</PageHead>
    {common.settingUp && <SetUpSteps now="show codes" next={common.next} />}
    <div class="side-by-side even">
      <section class="flow">
        <h2 class="no-print">1. Keep them outside this computer</h2>
        <p class="print-only" id="recovery-codes-title">
          Recovery codes of {username} at {host}, made {day(made_at)}. Each works once. Keep this sheet where you keep your passport.
        </p>
        <div class="panel">
          <ol class="codes" id="recovery-codes">
            {codes.map((code) => (
              <li>{code}</li>
            ))}
          </ol>
        </div>
        <Actions>
          <PrintButton />
          <DownloadButton from={['recovery-codes-title', 'recovery-codes']} filename={`recovery-codes-${username}.txt`} />
        </Actions>
        <p class="hint no-print">Shown this once. Paper in a drawer, or a password manager other than the one that holds your password.</p>
      </section>
      <section class="flow no-print">
        <h2>2. Show that you have them</h2>
        <BurnForm {...common} problems={[]} />
      </section>
    </div>
  </Page>
)

type CodesProps = { codes: readonly string[]; made_at: Instant; host: string; username: string }

/** The proof alone: the codes were shown already. */
export const BurnPage = ({ refusal, ...common }: Common) => {
  const problems = problemsOf(refusal, { recovery_code_wrong: 'recovery_code_value' })
  return (
    <Page {...common.frame} title="Show that you have your recovery codes" problems={problems}>
      <PageHead title="Show that you have your recovery codes">They were made and shown. Until you type one, they open nothing.</PageHead>
      {common.settingUp && <SetUpSteps now="show codes" next={common.next} />}
      <BurnForm {...common} problems={problems} />
      <section class="flow">
        <h2>Not saved?</h2>
        <Form csrf={common.csrf} action={`${path}/regenerate`}>
          <input type="hidden" name="next" value={common.next} />
          <Actions>
            <Button>Make new recovery codes</Button>
            <span class="hint">The ones shown before end.</span>
          </Actions>
        </Form>
      </section>
    </Page>
  )
}

const BurnForm = ({ csrf, next, settingUp, problems }: Pick<Common, 'csrf' | 'next' | 'settingUp'> & { problems: Problem[] }) => (
  <>
    <Form csrf={csrf} action={`${path}/burn`}>
      <input type="hidden" name="next" value={next} />
      <Field
        name="recovery_code_value"
        label={`Any one of the ${recoveryCodeCount} codes`}
        hint="Only compared: it stays good. Capitals, spaces and dashes make no difference."
        problem={problemOf(problems, 'recovery_code_value')}
        look="mono"
        autocomplete="off"
        maxlength={100}
      />
      <Actions>
        <Button kind="primary">{settingUp ? 'Confirm, then choose a second factor' : 'Confirm'}</Button>
      </Actions>
    </Form>
    <More summary="Why do I have to type one?">
      <p class="soft">Codes that were never saved are missed on the worst day. Typing one takes ten seconds.</p>
    </More>
  </>
)
