// A form with `data-webauthn` (`create` or `get`) fetches its options, asks the browser for a key, and posts itself with the answer.
// It only writes text and goes to addresses of this site, so that Trusted Types have nothing to refuse.
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-webauthn]')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void answerWithKey(form)
  })
}

/** Coming back with the browser's Back button, the page may be as it was left: waiting. */
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-webauthn]')) setWaiting(form, false)
})

async function answerWithKey(form: HTMLFormElement): Promise<void> {
  setWaiting(form, true)
  say(form, 'hint', 'Waiting for your key or passkey …')
  try {
    await ceremony(form)
  } catch (error) {
    say(form, 'problem', sentenceOf(error))
    setWaiting(form, false)
  }
}

async function ceremony(form: HTMLFormElement): Promise<void> {
  if (!globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON) throw new Refused(tooOld)
  const { options, refusal } = await fetchOptions(form)
  if (refusal?.code === 'step_up_required') return form.submit() // the plain form goes where one confirms that it is oneself, and back
  if (refusal) throw new Refused(refusal.title)
  const credential = await (form.dataset.webauthn === 'create' ? create(options) : get(options))
  const input = form.elements.namedItem('credential')
  if (!credential || !('toJSON' in credential) || !(input instanceof HTMLInputElement)) throw new Refused(tooOld)
  input.value = JSON.stringify(credential)
  form.submit()
}

type Refusal = { code?: string; title: string }

async function fetchOptions(form: HTMLFormElement): Promise<{ options?: unknown; refusal?: Refusal }> {
  const token = new FormData(form).get('csrf_token')
  const answer = await fetch(form.dataset.webauthnOptions ?? '', { method: 'POST', headers: { 'x-csrf-token': String(token) } })
  const body = await answer.json()
  return answer.ok ? { options: body } : { refusal: body }
}

const create = (options: unknown): Promise<Credential | null> =>
  navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON),
  })

const get = (options: unknown): Promise<Credential | null> =>
  navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON),
  })

/** Words of ours, or of the server: to be shown as they are. */
class Refused extends Error {}

const tooOld = 'This browser can’t do it. Update it, or choose another way.'

/** The browser's own words for what happens every day are of little help. */
function sentenceOf(error: unknown): string {
  if (error instanceof Refused) return error.message
  if (error instanceof SyntaxError) return 'The index didn’t answer as expected. Load the page again.'
  if (!(error instanceof DOMException)) return 'The index can’t be reached. Try again in a moment.'
  if (error.name === 'InvalidStateError') return 'This key is registered already. Use another one.'
  if (error.name === 'SecurityError') return 'The browser takes no key here: the address of this page isn’t the one of the index.'
  return 'No key answered. Plug it in or hold it near, touch it when it blinks, and try again.'
}

function setWaiting(form: HTMLFormElement, waiting: boolean): void {
  for (const button of form.querySelectorAll('button')) button.disabled = waiting
}

function say(form: HTMLFormElement, look: 'hint' | 'problem', text: string): void {
  const status = form.querySelector('[role=status]')
  if (!status) return
  status.className = look
  status.textContent = text
}
