import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from 'hono'
import type { App } from '../app.ts'
import type { Actor, Person, Uploader } from '../audit/audit.ts'
import type { User } from '../db/schema.ts'

/** What the guards of a route leave for its handler. */
export interface Env {
  Bindings: { incoming?: IncomingMessage; outgoing?: ServerResponse }
  Variables: {
    app: App
    request_id: string
    /** Set by `forScript`: refusals are problem JSON instead of pages. */
    script: boolean | undefined
    /** Who asks, from where; nobody in particular until a guard knows. */
    actor: Actor
    /** Set by `signedIn` and its kin. */
    person: Person
    session: SessionState
    /** Set by `startedLogin`: whose password was right, and the cookie of the attempt. */
    attempt: { user: User; cookie: string }
    /** Set by `uploadToken`. */
    uploader: Uploader
    /** What this browser's CSRF tokens are bound to; set by `visitor` and `signedIn`. */
    csrf_binding: string | undefined
    /** The fields of the form; set by `csrf`. */
    form: URLSearchParams
  }
}

/** How the account of the session stands towards the gate. */
export interface SessionState {
  readonly email: string
  readonly verified: boolean
  readonly factors: number
  readonly security_keys: number
}

export type Ctx = Context<Env>

/** A field of the form, empty if it is missing: whoever reads it decides what an empty one means. */
export const field = (c: Ctx, name: string): string => c.var.form.get(name) ?? ''
