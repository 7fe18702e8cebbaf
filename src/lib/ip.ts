import { BlockList, isIP } from 'node:net'

/** An IP address in one spelling: dotted IPv4, or IPv6 as in RFC 5952 without zone. IPv4-mapped IPv6 counts as the IPv4 in it. */
export type Ip = string & { readonly proved: 'Ip' }

/** A set of networks. The families are kept apart: in one `BlockList`, `::/0` would hold every IPv4 address too. */
export interface Networks {
  readonly v4: BlockList
  readonly v6: BlockList
}

export function parseIp(text: string): Ip | undefined {
  const family = isIP(text)
  if (family === 0) return undefined
  return (family === 4 ? text : unmapped(shortened(text))) as Ip
}

/** Reads networks as `192.0.2.0/24` or `2001:db8::/32`, or single addresses. One that is neither makes all of it `undefined`. */
export function parseNetworks(texts: readonly string[]): Networks | undefined {
  const networks = { v4: new BlockList(), v6: new BlockList() }
  return texts.every((text) => add(networks, text)) ? networks : undefined
}

export const isIn = ({ v4, v6 }: Networks, ip: Ip): boolean => (isIP(ip) === 4 ? v4.check(ip) : v6.check(ip, 'ipv6'))

/** The eight groups of an IPv6 address, in hex without leading zeros. */
export function groupsOf(ip: Ip): string[] {
  const [left = [], right = []] = ip.split('::').map((side) => (side === '' ? [] : side.split(':')))
  return [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right]
}

/** `URL` shortens IPv6 as RFC 5952 asks, but takes no zone. */
const shortened = (text: string): string => new URL(`http://[${text.split('%')[0]}]`).hostname.slice(1, -1)

function unmapped(text: string): string {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(text) ?? []
  if (!high || !low) return text
  return [high, low].flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]).join('.')
}

function add({ v4, v6 }: Networks, text: string): boolean {
  const [, typed = '', bits] = /^([0-9A-Fa-f.:]{2,45})(?:\/([0-9]{1,3}))?$/.exec(text) ?? []
  const ip = parseIp(typed)
  const most = isIP(typed) === 6 ? 128 : 32
  const length = bits === undefined ? most : Number(bits)
  if (!ip || length > most) return false
  const isMapped = most === 128 && isIP(ip) === 4
  if (most === 32) v4.addSubnet(ip, length)
  else if (isMapped && length >= 96) v4.addSubnet(ip, length - 96)
  else v6.addSubnet(typed, length, 'ipv6')
  return true
}
