import * as admin from '../../src/features/admin/mail.ts'
import * as apiTokens from '../../src/features/api-tokens/mail.ts'
import * as emails from '../../src/features/emails/mail.ts'
import * as logins from '../../src/features/logins/mail.ts'
import * as passwords from '../../src/features/passwords/mail.ts'
import * as recoveryCodes from '../../src/features/recovery-codes/mail.ts'
import * as securityKeys from '../../src/features/security-keys/mail.ts'
import * as totp from '../../src/features/totp/mail.ts'
import * as uploads from '../../src/features/uploads/mail.ts'
import { at, config, person, uploader } from './example.ts'

type Subject = { readonly subject: string }
/** When a mail goes out, to whom if not to every verified address of the account, and an example of it. */
type Row = { readonly when: string; readonly to?: string; readonly example: Subject }
/** A row for each mail that the feature has: one that is forgotten doesn't compile. */
type Rows<Mails> = { readonly [Name in keyof Mails]: Row }

const rowsOfAdmin: Rows<typeof admin> = {
  adminGranted: { when: 'An account became an administrator, by a command on the host', example: admin.adminGranted(config, 'ada', at) },
  adminRevoked: { when: 'It stopped being one', example: admin.adminRevoked(config, 'ada', at) },
}

const rowsOfApiTokens: Rows<typeof apiTokens> = {
  tokenCreated: { when: 'An API token was made', example: apiTokens.tokenCreated(config, person, 'release', null, at) },
  tokenRevoked: { when: 'An API token was revoked', example: apiTokens.tokenRevoked(config, person, 'release') },
}

const rowsOfEmails: Rows<typeof emails> = {
  verifyAddress: {
    when: 'Somebody registered, asked for the link again, or gave another address. Holds the link that verifies it, good for 24 hours',
    to: 'the address to be verified',
    example: emails.verifyAddress(config, 'ada', '/'),
  },
  addressKnown: {
    when: 'Instead of that link, if another account has verified the address already',
    to: 'that address',
    example: emails.addressKnown(config, 'ada'),
  },
}

const rowsOfLogins: Rows<typeof logins> = {
  unfinishedLogin: { when: 'Ten minutes after a right password without its second step', example: logins.unfinishedLogin(config, at) },
}

const rowsOfPasswords: Rows<typeof passwords> = {
  passwordChanged: { when: 'The password was changed', example: passwords.passwordChanged(config, person) },
}

const rowsOfRecoveryCodes: Rows<typeof recoveryCodes> = {
  recoveryCodesMade: { when: 'Recovery codes were made, the first or new ones', example: recoveryCodes.recoveryCodesMade(config, person) },
  recoveryCodeUsed: { when: 'A recovery code opened a session', example: recoveryCodes.recoveryCodeUsed(config, person, 'ada', 8) },
  recoveryCodesBlocked: {
    when: 'After a right password, so many recovery codes were wrong that no more are taken for a while',
    example: recoveryCodes.recoveryCodesBlocked(config, person, 'ada', at),
  },
}

const rowsOfSecurityKeys: Rows<typeof securityKeys> = {
  securityKeyAdded: { when: 'A security key was added', example: securityKeys.securityKeyAdded(config, person, 'blue') },
  securityKeyRemoved: { when: 'A security key was removed', example: securityKeys.securityKeyRemoved(config, person, 'blue') },
  securityKeyRenamed: { when: 'A security key was renamed', example: securityKeys.securityKeyRenamed(config, person, 'blue', 'red') },
  securityKeyRegressed: {
    when: 'A security key answered rightly, but its counter went back',
    example: securityKeys.securityKeyRegressed(config, person, 'blue'),
  },
  securityKeyChanged: {
    when: 'A security key answered rightly, but says otherwise than before whether it may be copied; it was refused',
    example: securityKeys.securityKeyChanged(config, person, 'blue'),
  },
}

const rowsOfTotp: Rows<typeof totp> = {
  totpAdded: { when: 'An authenticator app was set up', example: totp.totpAdded(config, person) },
  totpRemoved: { when: 'It was removed', example: totp.totpRemoved(config, person) },
  totpDisabled: { when: 'It was switched off after 100 wrong codes in a row', example: totp.totpDisabled(config, person) },
}

const rowsOfUploads: Rows<typeof uploads> = {
  releasePublished: {
    when: 'The first file of a release was published',
    to: 'everybody who may change the project',
    example: uploads.releasePublished(config, uploader, 'gridcast', '4.12.0'),
  },
}

/** The features that send mails, as their folders are called. */
export const mailRows = {
  emails: rowsOfEmails,
  passwords: rowsOfPasswords,
  logins: rowsOfLogins,
  'recovery-codes': rowsOfRecoveryCodes,
  totp: rowsOfTotp,
  'security-keys': rowsOfSecurityKeys,
  'api-tokens': rowsOfApiTokens,
  uploads: rowsOfUploads,
  admin: rowsOfAdmin,
}

/** Every mail, in the order in which somebody meets them. */
export const mails = Object.values(mailRows)
  .flatMap((rows): Row[] => Object.values(rows))
  .map(({ when, to = 'every verified address of the account', example }) => ({ when, to, subject: example.subject }))
