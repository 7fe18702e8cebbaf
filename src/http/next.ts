import { safeNext } from '../lib/safe-next.ts'
import type { Ctx } from './context.ts'

/** Where the person wants to go on afterwards, from the form or the address: a place of ours (T96), or empty. */
export const nextOf = (c: Ctx): string => safeNext(c.var.form?.get('next') ?? c.req.query('next'), c.var.app.config.site_url, '')
