import type { Child } from 'hono/jsx'
import { Csrf } from './form.tsx'

type KeyFormProps = {
  csrf: string
  /** Where the answer goes, as the field `credential`. */
  action: string
  /** Where the script asks for the options of the ceremony. */
  options: string
  /** create: a new security key or passkey · get: one that is registered */
  act: 'create' | 'get'
  children: Child
}

/** A form that a security key or passkey answers: browser/webauthn.ts does it, so the page needs `script="webauthn"`. */
export const KeyForm = ({ csrf, action, options, act, children }: KeyFormProps) => (
  <form method="post" action={action} class="flow" data-webauthn={act} data-webauthn-options={options}>
    <Csrf token={csrf} />
    <input type="hidden" name="credential" />
    {children}
    <p class="hint" role="status"></p>
    <noscript>
      <p class="hint">Keys and passkeys need JavaScript in this browser. Switch it on for this site, or choose another way.</p>
    </noscript>
  </form>
)
