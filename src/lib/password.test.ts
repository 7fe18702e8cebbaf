import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type GuessableProblem, guessableSentence, type PasswordProblem, passwordProblem } from './password.ts'

const context = ['mona', 'Mona Lisa', 'mona.lisa@example.org', 'pkg.louvre.example', 'ab']

const rows: Record<PasswordProblem | 'fine', string[]> = {
  password_short: ['', 'x', 'elevenchars', 'cafe\u0301 au lai', '😀'.repeat(11)],
  password_long: ['x'.repeat(4097), 'é'.repeat(2049), `${'correct horse '.repeat(5000)}`],
  password_about_you: [
    'mona2026mona',
    'Mona-Mona-Mona',
    'anom12345678!',
    'asil.anom.asil',
    'm0na.l1sa!!!!',
    'MONA.LISA@EXAMPLE.ORG',
    'monalisa20261122',
    'wheelkeep2026!',
    'wheelkeepabcde',
    'peekleehw!!1',
    'PyPI-PyPI-PyPI',
    'pypi-wheelkeep',
    'louvre-louvre',
    'louvre123mona',
    '!!!!mona!!!!',
    'exampleorg2026',
  ],
  password_repeats: [
    'aaaaaaaaaaaa',
    'abababababab',
    'abcabcabcabc',
    'secretsecret',
    'aaaaaaaaaaab',
    '112112112112',
    '            ',
    '☃'.repeat(12),
    '111222333111',
    'xyzxyzxyzxyzx',
  ],
  password_walk: [
    'qwertyuiop12',
    'QWERTYUIOP[]',
    '1qaz2wsx3edc',
    '!QAZ@WSX#EDC',
    'abcdefghijkl',
    'ZYXWVUTSRQPO',
    '123456789012',
    '098765432109',
    'asdfghjkl;12',
    'qwerty123456',
    'zxcvbnm12345',
    '1q2w3e4r5t6y',
    'qwertzuiop12',
    'azertyuiop12',
    'aabbccddeeff',
    '!@#$%^&*()_+',
  ],
  password_season: ['Summer2026!!', 'winter-2025-26', 'June12June2026', '!!Christmas25!!', 'retniw123456', 'Monday-Friday1'],
  password_common: [
    'password1234',
    'P@ssw0rd1234',
    'passwordpassword',
    'drowssap1234',
    'Letmein-letmein1',
    'iloveyou123456',
    'Welcome2026!',
    'admin_admin_2026',
    'trustno1trustno1',
    'thisismypassword',
    'correct horse battery staple',
    'CorrectHorseBatteryStaple',
    'ihavenopassword',
    'may the force be with you',
  ],
  fine: [
    'kT9$wq2LmX0z',
    'purple otter kayak',
    'correct horse lamp river',
    'mona likes purple otters',
    'wheelkeep serves wheels',
    'password of my otter',
    'summer in the old mill',
    'ünïcödé wörds',
    '雨が降る前に傘を買いに行く',
    '9 otters, 3 kayaks',
    'x!7\0k2#v9\0qLm',
    ' leading and trailing ',
    'admin-zebra-otter',
    'ab!4$8_2+7-9=3',
    'x'.repeat(2) + 'kayak otter lamp'.repeat(200),
  ],
}
for (const [expected, passwords] of Object.entries(rows)) {
  for (const password of passwords) {
    test(`password ${JSON.stringify(password.slice(0, 32))}: ${expected} (T24)`, () =>
      assert.equal(passwordProblem(password, context) ?? 'fine', expected))
  }
}

test('password: 12 code points after NFC and 4096 bytes are enough and allowed (T12)', () => {
  assert.equal(passwordProblem('e\u0301T9$wq2LmX0', []), 'password_short')
  assert.equal(passwordProblem('kT9$wq2LmX0z', []), undefined)
  assert.equal(passwordProblem('kayak otter lamp'.repeat(256), []), undefined)
})

test('password: each way to guess one has a sentence in the voice of the house, without a sign of exclamation', () => {
  const ways: GuessableProblem[] = ['password_about_you', 'password_repeats', 'password_walk', 'password_season', 'password_common']
  const sentences = ways.map(guessableSentence)
  assert.equal(new Set(sentences).size, ways.length)
  for (const sentence of sentences) assert.match(sentence, /^[A-Z][^!]*\.$/)
})

test('password: context words are words, never patterns', () => {
  assert.equal(passwordProblem('kT9$wq2LmX0z', ['.*', '[a-z', '\\', '(?:', '$', 'a{9}', '\ud800', '']), undefined)
  assert.equal(passwordProblem('a.b-c*a.b-c*', ['a.b-c*']), 'password_about_you')
  assert.equal(passwordProblem('a?b-c*a?b-c*', ['a.b-c*']), 'password_repeats')
  assert.equal(passwordProblem('x(y).z2026!!', ['x(y).z']), 'password_about_you')
})

test('password: any text gets an answer, and a context never frees a password that is refused without it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.array(fc.string()), (password, words) => {
      const without = passwordProblem(password, [])
      assert.ok(without === undefined || passwordProblem(password, words) !== undefined)
    }),
  )
})

for (const password of ['a'.repeat(50_000), 'mona'.repeat(1024), 'm0'.repeat(2048), '!1'.repeat(2048), 'pass'.repeat(1024)]) {
  test(`password: ${password.slice(0, 8)}…, ${password.length} characters, is judged (T171)`, () =>
    assert.ok(passwordProblem(password, ['m'.repeat(50_000), 'mo'.repeat(60), ...context])))
}

test('password: more than 4096 bytes as typed are too long before NFC makes them fewer, which may take seconds (T171)', () => {
  const typed = Array.from({ length: 600 }, (_, n) => String.fromCodePoint(0xac01 + 28 * n).normalize('NFD')).join('')
  assert.ok(Buffer.byteLength(typed) > 4096 && Buffer.byteLength(typed.normalize('NFC')) < 4096)
  assert.equal(passwordProblem(typed.normalize('NFC'), []), undefined)
  assert.equal(passwordProblem(typed, []), 'password_long')
})

test('password: the first 512 characters decide whether it is guessed (T171)', () => {
  const random = 'Rq8 vXo2 tPz5 mKw7'
  assert.equal(passwordProblem(`${'mona'.repeat(128)}${random}`, ['mona']), 'password_about_you')
  assert.equal(passwordProblem(`${random}${'mona'.repeat(128)}`, ['mona']), undefined)
})
