import { randomInt } from 'node:crypto'

/**
 * A recovery code as it is shown, `XXXX-XXXX-XXXX-XXXX-XXXX-XXXXX`: 24 random characters of Crockford's base32 (120 bits) and a
 * check character (D5). Got only from `newRecoveryCode` and `parseRecoveryCode`, so that each code has one spelling.
 */
export type RecoveryCode = string & { readonly proved: 'RecoveryCode' }

/** How many an account has. */
export const recoveryCodeCount = 8

export function newRecoveryCode(): RecoveryCode {
  const values = Array.from({ length: 24 }, () => randomInt(32))
  return spell([...values, double(remainder(values))])
}

/**
 * The code that somebody typed: case, spaces and hyphens don't matter; O counts as 0, I and L as 1. `undefined` if it isn't 25
 * such characters, or if one is mistyped or two are swapped.
 */
export function parseRecoveryCode(text: string): RecoveryCode | undefined {
  if (!/^[0-9A-Za-z -]{25,100}$/.test(text)) return undefined
  const plain = text.replace(/[ -]/g, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1')
  const values = Array.from(plain, (character) => alphabet.indexOf(character))
  return values.length === 25 && !values.includes(-1) && remainder(values) === 0 ? spell(values) : undefined
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const spell = (values: readonly number[]): RecoveryCode =>
  values
    .map((value) => alphabet[value])
    .join('')
    .replace(/^(.{4})(.{4})(.{4})(.{4})(.{4})(.{5})$/, '$1-$2-$3-$4-$5-$6') as RecoveryCode

/**
 * The characters are elements of GF(32), a code is a polynomial over it whose value at 2 is 0. So, unlike with Crockford's modulus
 * 37, the check character is of the same alphabet, and still every single error and every swap of two is found.
 */
const remainder = (values: readonly number[]): number => values.reduce((sum, value) => double(sum) ^ value, 0)

/** Times 2 in GF(32), modulo x⁵+x²+1: the powers of 2 are then all different up to the 31st. */
const double = (value: number): number => (value & 16 ? (value << 1) ^ 0b100101 : value << 1)
