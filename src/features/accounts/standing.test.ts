import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextStep, standingOf } from './standing.ts'

const email = { address: 'mona@example.org', verified: true }
const factors = { security_keys: 1, totp: true, totp_disabled: false, recovery_codes: 8 }

const table: [name: string, Parameters<typeof standingOf>, title: string, next: string | undefined][] = [
  ['all there', [email, factors], 'Safe', undefined],
  ['a key without an app', [email, { ...factors, totp: false }], 'Safe', undefined],
  ['an app alone', [email, { ...factors, security_keys: 0 }], 'Safe, with one thing to do', 'Next step: add a security key'],
  [
    'an app that is switched off',
    [email, { ...factors, security_keys: 0, totp_disabled: true }],
    'Not ready to publish: one thing to do',
    'Next step: set up a second factor',
  ],
  ['two codes left', [email, { ...factors, recovery_codes: 2 }], 'Safe, with one thing to do', 'Next step: make new recovery codes'],
  ['three codes left', [email, { ...factors, recovery_codes: 3 }], 'Safe', undefined],
  ['no code left', [email, { ...factors, recovery_codes: 0 }], 'Safe, with one thing to do', 'Next step: save your recovery codes'],
  [
    'an app alone, and one code',
    [email, { ...factors, security_keys: 0, recovery_codes: 1 }],
    'Safe, with 2 things to do',
    'Next step: make new recovery codes',
  ],
  ['not verified', [{ ...email, verified: false }, factors], 'Not ready to publish: one thing to do', 'Next step: verify your address'],
  [
    'codes, but no factor',
    [email, { ...factors, security_keys: 0, totp: false }],
    'Not ready to publish: one thing to do',
    'Next step: set up a second factor',
  ],
  [
    'just registered',
    [
      { ...email, verified: false },
      { security_keys: 0, totp: false, totp_disabled: false, recovery_codes: 0 },
    ],
    'Not ready to publish: 3 things to do',
    'Next step: verify your address',
  ],
]
for (const [name, input, title, next] of table) {
  test(`how an account stands: ${name}`, () => {
    const standing = standingOf(...input)
    assert.deepEqual([standing.title, nextStep(standing)?.title], [title, next])
  })
}
