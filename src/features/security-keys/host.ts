import type { App } from '../../app.ts'
import { countSecurityKeys, findHost, updateHost } from './queries.ts'

/**
 * Security keys answer to one host (the RP ID) for ever. Notes the host of SITE_URL; hands back a sentence instead when it is
 * another one than before while keys exist, for all of them would be dead, unless ALLOW_HOST_CHANGE says that this is meant.
 */
export async function bindToHost({ db, config }: App): Promise<string | undefined> {
  const host = new URL(config.site_url).hostname
  const known = await findHost(db)
  if (known === host) return undefined
  const keys = known === null ? 0 : await countSecurityKeys(db)
  if (keys > 0 && !config.allow_host_change) {
    const belong = keys === 1 ? '1 security key belongs' : `${keys} security keys belong`
    return `SITE_URL has the host ${host}, but ${belong} to ${known} and would stop working. Set it back, or set ALLOW_HOST_CHANGE to on.`
  }
  await updateHost(db, host)
  return undefined
}
