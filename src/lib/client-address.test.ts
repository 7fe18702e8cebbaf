import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressBuckets, clientAddress } from './client-address.ts'
import { parseIp } from './ip.ts'

const proxies = ['10.0.0.0/8', '2001:db8:ffff::/48']
const rows: [what: string, remote: string, forwardedFor: string | undefined, trusted: readonly string[], expected: string][] = [
  ['nobody is trusted', '10.0.0.1', '192.0.2.7', [], '10.0.0.1'],
  ['a stranger’s header is not believed', '198.51.100.1', '192.0.2.7', proxies, '198.51.100.1'],
  ['the hop before a trusted proxy', '10.0.0.1', '192.0.2.7', proxies, '192.0.2.7'],
  ['the rightmost untrusted hop, not what stands left of it', '10.0.0.1', '203.0.113.1, 192.0.2.7', proxies, '192.0.2.7'],
  ['several trusted proxies', '10.0.0.1', '203.0.113.1, 192.0.2.7, 10.9.9.9,2001:db8:ffff::2', proxies, '192.0.2.7'],
  ['all hops trusted', '10.0.0.1', '10.0.0.3, 10.0.0.2', proxies, '10.0.0.3'],
  ['no header', '10.0.0.1', undefined, proxies, '10.0.0.1'],
  ['an empty header', '10.0.0.1', '', proxies, '10.0.0.1'],
  ['a hop that is no address', '10.0.0.1', '192.0.2.7, unknown', proxies, '10.0.0.1'],
  ['a hop that is no address behind a trusted one', '10.0.0.1', '192.0.2.7, _hidden, 10.0.0.2', proxies, '10.0.0.2'],
  ['a proxy seen through IPv4-mapped IPv6', '::ffff:10.0.0.1', '::ffff:192.0.2.7', proxies, '192.0.2.7'],
  ['a hop with port', '10.0.0.1', '192.0.2.7:4711', proxies, '192.0.2.7'],
  ['an IPv6 hop with port', '10.0.0.1', '[2001:DB8::1]:4711', proxies, '2001:db8::1'],
  ['an IPv6 hop in brackets', '10.0.0.1', '[2001:db8::1]', proxies, '2001:db8::1'],
  ['an octal hop', '10.0.0.1', '0300.0.2.7', proxies, '10.0.0.1'],
  ['a long header', '10.0.0.1', `${'1.1.1.1,'.repeat(6000)}192.0.2.7`, proxies, '192.0.2.7'],
]
for (const [what, remote, forwardedFor, trusted, expected] of rows) {
  test(`client address: ${what}`, () => assert.equal(clientAddress(remote, forwardedFor, trusted), expected))
}

test('buckets: IPv4 by address and /24, IPv6 by /64 and /48; mapped IPv4 is IPv4', () => {
  const buckets = (text: string) => {
    const ip = parseIp(text)
    assert.ok(ip)
    return Object.values(addressBuckets(ip))
  }
  assert.deepEqual(buckets('192.0.2.7'), ['192.0.2.7/32', '192.0.2.0/24'])
  assert.deepEqual(buckets('::ffff:192.0.2.7'), ['192.0.2.7/32', '192.0.2.0/24'])
  assert.deepEqual(buckets('2001:db8:1:2:3:4:5:6'), ['2001:db8:1:2::/64', '2001:db8:1::/48'])
  assert.deepEqual(buckets('2001:db8::1'), ['2001:db8:0:0::/64', '2001:db8:0::/48'])
  assert.deepEqual(buckets('2001:db8:0:0:ffff::'), buckets('2001:db8::1'))
  assert.deepEqual(buckets('::1'), ['0:0:0:0::/64', '0:0:0::/48'])
})
