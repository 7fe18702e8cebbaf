import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { groupsOf, isIn, parseIp, parseNetworks } from './ip.ts'

const spellings: Record<string, string | undefined> = {
  '192.0.2.7': '192.0.2.7',
  '::ffff:192.0.2.7': '192.0.2.7',
  '::FFFF:C000:0207': '192.0.2.7',
  '0:0:0:0:0:ffff:192.0.2.7': '192.0.2.7',
  '2001:DB8:0:0::1': '2001:db8::1',
  'fe80::1%eth0': 'fe80::1',
  '::': '::',
  '010.0.0.1': undefined,
  '1.2.3': undefined,
  '192.0.2.7 ': undefined,
  '[::1]': undefined,
  '192.0.2.7:80': undefined,
  '': undefined,
  unknown: undefined,
  [':'.repeat(50_000)]: undefined,
}
for (const [text, ip] of Object.entries(spellings)) {
  test(`address ${JSON.stringify(text.slice(0, 40))} is ${ip ?? 'none'}`, () => assert.equal(parseIp(text), ip))
}

test('IPv6: one spelling however it is written, and its eight groups', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 }), (numbers) => {
      fc.pre(numbers.slice(0, 5).some((number) => number !== 0)) // else it may be mapped IPv4
      const long = numbers.map((number) => number.toString(16).padStart(4, '0')).join(':')
      const ip = parseIp(long.toUpperCase())
      assert.ok(ip)
      assert.deepEqual(
        groupsOf(ip),
        numbers.map((number) => number.toString(16)),
      )
      assert.equal(parseIp(ip), ip)
    }),
  )
})

test('networks: members and neighbours; a network of one family holds nothing of the other', () => {
  const rows: [string, string, boolean][] = [
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.1.2.3/8', '10.9.9.9', true],
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7', '192.0.2.8', false],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['::/0', '2001:db8::1', true],
    ['::/0', '203.0.113.9', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::', false],
    ['::ffff:10.0.0.0/104', '10.1.1.1', true],
    ['::ffff:10.0.0.0/104', '11.1.1.1', false],
    ['10.0.0.0/8', '::ffff:10.1.1.1', true],
  ]
  for (const [network, address, expected] of rows) {
    const [networks, ip] = [parseNetworks([network]), parseIp(address)]
    assert.ok(networks && ip)
    assert.equal(isIn(networks, ip), expected, `${address} in ${network}`)
  }
})

for (const text of [
  '',
  '10.0.0.0/33',
  '10.0.0.0/',
  '10.0.0.0/-1',
  '10.0.0.0/8/8',
  '10/8',
  '::/129',
  '2001:db8::/32x',
  '10.0.0.0/ 8',
  'all',
  '1'.repeat(50_000),
]) {
  test(`network ${JSON.stringify(text.slice(0, 40))} is none, nor is a list with it`, () =>
    assert.equal(parseNetworks(['10.0.0.0/8', text]), undefined))
}
