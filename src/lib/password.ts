/** Why a password is refused. */
export type PasswordProblem = 'password_short' | 'password_long' | GuessableProblem

/** Why it is guessed at once. */
export type GuessableProblem = 'password_about_you' | 'password_repeats' | 'password_walk' | 'password_season' | 'password_common'

const leastLength = 12

/** Longer ones are never hashed (T12). */
export const maxPasswordBytes = 4096

/**
 * What is wrong with a new password (D1, D2; NIST 800-63B §3.1.1.2), or `undefined`: fewer than 12 code points or more than
 * 4096 bytes after NFC, or guessed at once. `context` are the words one tries first: user name, full name, addresses, the site's
 * host; “wheelkeep” and “pypi” always are. No rules about which characters; every character is allowed.
 */
export function passwordProblem(password: string, context: readonly string[]): PasswordProblem | undefined {
  // Before NFC, which takes seconds for long rows of accents (T171), and after it, since it may lengthen.
  if (Buffer.byteLength(password) > maxPasswordBytes) return 'password_long'
  const text = password.normalize('NFC')
  if (Buffer.byteLength(text) > maxPasswordBytes) return 'password_long'
  if ([...text].length < leastLength) return 'password_short'
  const plain = text.slice(0, decisive).toLowerCase()
  if (isMadeOf(plain, [...context, 'wheelkeep', 'pypi'].flatMap(piecesOf), 6)) return 'password_about_you'
  if (repeats(plain)) return 'password_repeats'
  if (isWalk(plain)) return 'password_walk'
  if (isMadeOf(plain, seasons)) return 'password_season'
  return common.has(plain.replace(/[^\p{L}\p{N}]/gu, '')) || isMadeOf(plain, commonWords) ? 'password_common' : undefined
}

/** How many characters are compared with words: nobody guesses more, and 4096 take long, before any limit counts the try (T171). */
const decisive = 512

/** What to say of one that is guessed at once: why, then the way out. */
export const guessableSentence = (problem: GuessableProblem): string =>
  ({
    password_about_you: 'Your names, your address and the name of this site are tried first. Use words that have nothing to do with them.',
    password_repeats: 'The same few characters over and over are guessed at once. Four unrelated words make a good password.',
    password_walk: 'Keys that lie side by side, and the alphabet, are guessed at once. Four unrelated words make a good password.',
    password_season: 'A season and a year are guessed at once. Four unrelated words make a good password.',
    password_common: 'This password is on every list of guesses. Four unrelated words make a good one.',
  })[problem]

/** Fewer than five different characters, or one unit of at most six over and over: `abcabcabcabc`. */
function repeats(text: string): boolean {
  if (new Set(text).size < 5) return true
  return [1, 2, 3, 4, 5, 6].some((length) => text.startsWith(text.slice(length)) && text.length >= 2 * length)
}

/** At least three of four neighbours in the text are neighbours in a walk, either way round: `qwertyuiop12`, `1qaz2wsx3edc`. */
function isWalk(text: string): boolean {
  let steps = 0
  for (let i = 1; i < text.length; i++) if (neighbours.has(text.slice(i - 1, i + 1)) || text[i] === text[i - 1]) steps += 1
  return steps >= (text.length - 1) * 0.75
}

const walks = [
  'abcdefghijklmnopqrstuvwxyz',
  '1234567890',
  '0123456789',
  '!@#$%^&*()_+',
  'qwertyuiop[]asdfghjkl;zxcvbnm,./',
  'qwertzuiopü',
  'yxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/',
  '!qaz@wsx#edc$rfv%tgb^yhn&ujm',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1q2w3e4r5t6y7u8i9o0p',
]
const neighbours = new Set([...walks, ...walks.map(reversed)].flatMap((walk) => Array.from(walk.slice(1), (key, i) => `${walk[i]}${key}`)))

/**
 * Whether the text is made of these words, forwards or backwards, with figures for letters, however often, and padding: besides
 * them it has no letters, or fewer than `spare` letters and figures. Words of one or two characters prove nothing.
 */
function isMadeOf(text: string, words: readonly string[], spare = 0): boolean {
  const found = words.filter((word) => word.length >= 3 && word.length <= 128).toSorted((a, b) => b.length - a.length)
  const rest = found.reduce((rest, word) => without(without(rest, word), reversed(word)), text)
  return rest !== text && (!/\p{L}/u.test(rest) || rest.replace(/[^\p{L}\p{N}]/gu, '').length < spare)
}

/** The word gone wherever it stands, also as `p4ssw0rd`; a NUL marks the place, so that its neighbours make no new word. */
const without = (text: string, word: string): string => text.replace(new RegExp(Array.from(word, spellings).join(''), 'gu'), '\0')

const spellings = (letter: string): string =>
  lookalikes[letter] ?? (/[\p{L}\p{N}]/u.test(letter) ? letter : `\\u{${letter.codePointAt(0)?.toString(16)}}`)

const lookalikes: Readonly<Record<string, string>> = {
  a: '[a4@]',
  e: '[e3]',
  g: '[g9]',
  i: '[i1!]',
  l: '[l1!]',
  o: '[o0]',
  s: '[s5$]',
  t: '[t7+]',
}

function reversed(text: string): string {
  return [...text].reverse().join('')
}

/** A context word and its parts: `mona.lisa@example.org` also tells `mona`, `lisa`, `example`, `org`. */
function piecesOf(context: string): string[] {
  const word = context.slice(0, 320).normalize('NFC').toLowerCase()
  return [word, ...word.split(/[^\p{L}\p{N}]+/u)]
}

const list = (text: string): string[] => text.trim().split(/\s+/)

const seasons = list(`
  spring summer autumn fall winter january february march april may june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday christmas easter
`)

const commonWords = list(`
  password passwort passw0rd motdepasse contrasena parola senha wachtwoord kennwort passphrase qwerty qwertz azerty asdfgh zxcvbn
  letmein welcome admin administrator root login guest user test testing demo default master secret changeme iloveyou loveyou
  monkey dragon football baseball basketball superman batman starwars pokemon sunshine princess michael jennifer jordan charlie
  shadow trustno whatever computer internet server python package index release abc qaz wsx company hello the this thisis thismy that
  thisismy mypassword mysecret and you are our new not for please
`)

/** The most common ones of 12 or more that the rules above let pass, without what isn't letter or figure. */
const common = new Set(
  list(`
  correcthorsebatterystaple iloveyouforever iloveyousomuch iloveyoubaby ihavenopassword ihatepasswords ihateyousomuch dontforgetme
  idontknowmypassword iforgotmypassword ineedapassword thisisasecret itsasecret12 opensesameopen enteryourpassword typeyourpassword
  yourpasswordhere insertpasswordhere temporarypassword importantpassword jesuschrist1 jesuslovesme godisgreat12 mothersmaidenname
  manchesterunited liverpoolfc1 realmadridcf barcelonafc1 chelseafootball greenbaypackers dallascowboys lordoftherings harrypotter1
  gameofthrones maytheforcebewithyou stairwaytoheaven thequickbrownfox loremipsumdolor supercalifragilisticexpialidocious
  ilovepython1 pythonrocks1 unknownunknown anonymousanonymous rockyourockyou nevergonnagiveyouup
`),
)
