import type { Config } from '../config.ts'

/** The policy of index pages and files: what they hold is anybody's, so nothing in them runs or loads (D15, T101). */
export const sandboxPolicy = "sandbox; default-src 'none'"

/** What every answer carries (D15, T94), by lower-case name. */
export function standardHeaders({ site_url }: Config): Record<string, string> {
  if (!site_url.startsWith('https:')) return { 'content-security-policy': pagePolicy, ...headers }
  const secure = { 'content-security-policy': `${pagePolicy}; upgrade-insecure-requests`, 'strict-transport-security': 'max-age=63072000' }
  return { ...secure, ...headers }
}

const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; " +
  "base-uri 'none'; object-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types wheelkeep"

const headers = {
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy':
    'publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), microphone=(), geolocation=(), clipboard-read=()',
  'cache-control': 'no-store',
}
