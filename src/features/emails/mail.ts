import type { Config } from '../../config.ts'
import { mailBody } from '../../mail/layout.ts'
import type { Notice } from '../../mail/notice.ts'

/** The link that verifies an address. `path` holds its token. */
export const verifyAddress = ({ site_url }: Config, username: string, path: string): Notice =>
  mailBody({
    site: site_url,
    subject: `Verify your address for ${new URL(site_url).host}`,
    paragraphs: [`The account ${username} gave this address. Is it yours? Open the link within 24 hours and press the button on its page.`],
    link: { text: 'Verify this address', url: `${site_url}${path}` },
    afterwards: ['Then log in and set up a second factor. After that you can publish.'],
    foot: `If you didn’t register, there is nothing to do: without the link the account ${username} can publish nothing, and goes after 30 days.`,
  })

/** To the owner of an address that another account gave: nothing in it opens anything (T3). */
export const addressKnown = ({ site_url }: Config, username: string): Notice =>
  mailBody({
    site: site_url,
    subject: `Your address was given again at ${new URL(site_url).host}`,
    paragraphs: [
      `The new account ${username} gave this address, but you have verified it for another account already. It stays there, and the new account can’t have it.`,
      'Was it you? Log in with the account that you have; or log in with the new one and give it another address.',
      'If it wasn’t you, there is nothing to do.',
    ],
    foot: 'You get this because the address belongs to your account. We never send links that log you in.',
  })
