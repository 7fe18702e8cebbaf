import type { Tx } from '../db/database.ts'
import type { LoginMethod, User } from '../db/schema.ts'
import type { Ip } from '../lib/ip.ts'
import type { VerifiedCaveats } from '../lib/macaroon.ts'
import type { Instant } from '../lib/time.ts'
import { uuidv7 } from '../lib/uuid.ts'
import type { Events } from './events.ts'

/** Who acts, from where, and when: made once per request or job and passed down. */
export interface Actor {
  readonly user_id: string | null
  readonly session_id: string | null
  readonly token_id: string | null
  readonly ip: Ip | null
  readonly user_agent: string | null
  readonly at: Instant
}

/** The actor when it is somebody logged in. */
export interface Person extends Actor {
  readonly user: User
  readonly user_id: string
  readonly session_id: string
  /** What the session was last proved with, and when. */
  readonly method: LoginMethod
  readonly authenticated_at: Instant
}

/** The actor when it is the index itself, or somebody at a shell of its host. */
export const noPerson = (at: Instant): Actor => ({ user_id: null, session_id: null, token_id: null, ip: null, user_agent: null, at })

/** The actor when it is a token: whose, and what its caveats allow once the file is known. */
export interface Uploader extends Actor {
  readonly user: Pick<User, 'id' | 'username'>
  readonly user_id: string
  readonly token_id: string
  readonly caveats: VerifiedCaveats
}

/** Writes an event with the change it tells of: it takes a `Tx`, so that without a transaction it doesn't compile. */
export async function record<Tag extends keyof Events>(tx: Tx, actor: Actor, tag: Tag, about: Events[Tag]): Promise<void> {
  const { user_id: actor_id, session_id, token_id, ip, user_agent, at } = actor
  const { user_id = null, project_id = null, ...details } = about as { user_id?: string; project_id?: string }
  const row = {
    id: uuidv7(at),
    tag,
    actor_id,
    session_id,
    token_id,
    ip,
    user_agent,
    user_id,
    project_id,
    details: JSON.stringify(details),
    at,
  }
  await tx.insertInto('events').values(row).execute()
}
