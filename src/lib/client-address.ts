import { isIP } from 'node:net'
import { groupsOf, type Ip, isIn, parseIp, parseNetworks } from './ip.ts'

/**
 * Who asks: `remote` (the socket's address), or, if that is a trusted proxy, the rightmost address in `X-Forwarded-For` that isn't
 * one. What stands left of it anybody may have written. A hop that can't be read ends the search at the proxy that passed it on.
 */
export function clientAddress(remote: string, forwardedFor: string | undefined, trustedProxies: readonly string[]): Ip {
  let address = parseIp(remote)
  if (!address) throw new Error(`a socket with the address ${remote}`)
  const trusted = trustedProxies.length > 0 ? parseNetworks(trustedProxies) : undefined
  const hops = forwardedFor?.split(',') ?? []
  while (trusted && isIn(trusted, address)) {
    const hop = parseHop(hops.pop()?.trim() ?? '')
    if (!hop) return address
    address = hop
  }
  return address
}

/** Names of the buckets that limits count in (D13): IPv4 alone and its /24; IPv6, where one person has a /64, that and its /48. */
export function addressBuckets(ip: Ip): { address: string; network: string } {
  if (isIP(ip) === 4) return { address: `${ip}/32`, network: `${ip.replace(/[0-9]+$/, '0')}/24` }
  const groups = groupsOf(ip)
  return { address: `${groups.slice(0, 4).join(':')}::/64`, network: `${groups.slice(0, 3).join(':')}::/48` }
}

/** Some proxies add the port: `192.0.2.7:4711`, `[2001:db8::1]:4711`. */
function parseHop(text: string): Ip | undefined {
  const [, v6, v4] = /^(?:\[([^\]]{2,64})\](?::[0-9]{1,5})?|([0-9.]{7,15}):[0-9]{1,5})$/.exec(text) ?? []
  return parseIp(v6 ?? v4 ?? text)
}
