import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { Flash, type Tone } from './banner.tsx'
import { Csrf, type Problem, Problems } from './form.tsx'
import { Icon } from './icon.tsx'
import { Logo } from './logo.tsx'

/** What every page says of the index it belongs to. `assets` is the base of `http/assets.ts`. */
export type Site = { host: string; readOnly: boolean; assets: string; version: string }

/** What the request gives to every page; views pass it on whole. */
export type Frame = {
  site: Site
  /** Who is logged in, with the token for the log-out form; nobody for a visitor. */
  person?: { username: string; csrf: string } | undefined
  /** The outcome of the last act, once. */
  flash?: { tone: Tone; title: string; text?: string | undefined } | undefined
}

export type PageProps = Frame & {
  /** In the browser's tab; the page's own heading is `PageHead`. */
  title: string
  /** What to correct: shown on top, and the tab says “Problem: …”. */
  problems?: Problem[] | undefined
  /** A module of `browser/` that this page can't do without. */
  script?: 'webauthn' | undefined
  /** One short column, for a form that is the whole page. */
  narrow?: boolean
  children: Child
}

/** The shell of every page: skip link, header, main with what went wrong or well on top, footer. */
export const Page = ({ site, person, flash, title, problems = [], script, narrow = false, children }: PageProps) => (
  <>
    {raw('<!doctype html>')}
    <html lang="en">
      <Head
        site={site}
        title={problems.length > 0 || flash?.tone === 'error' ? `Problem: ${title.replace(/^Problem: /, '')}` : title}
        script={script}
      />
      <body>
        <Header site={site} person={person} />
        <main id="main" class="wrap">
          <Column narrow={narrow}>
            {flash && (
              <Flash tone={flash.tone} title={flash.title}>
                {flash.text && <p>{flash.text}</p>}
              </Flash>
            )}
            {problems.length > 0 && <Problems problems={problems} />}
            {children}
          </Column>
        </main>
        <Footer site={site} />
      </body>
    </html>
  </>
)

const Head = ({ site, title, script }: { site: Site; title: string; script: string | undefined }) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>{title} · Wheelkeep</title>
    <link rel="stylesheet" href={`${site.assets}/tokens.css`} />
    <link rel="stylesheet" href={`${site.assets}/site.css`} />
    <link rel="icon" href={`${site.assets}/mark.svg`} type="image/svg+xml" />
    <script type="module" src={`${site.assets}/buttons.js`}></script>
    {script && <script type="module" src={`${site.assets}/${script}.js`}></script>}
  </head>
)

const Header = ({ site, person }: Pick<Frame, 'site' | 'person'>) => (
  <header class="site-head">
    <a class="skip" href="#main">
      Skip to content
    </a>
    {site.readOnly && <ReadOnlyStrip />}
    <div class="wrap">
      <Logo host={site.host} />
      <nav aria-label="Site">{person ? <PersonMenu {...person} /> : <VisitorLinks />}</nav>
    </div>
  </header>
)

const Footer = ({ site }: { site: Site }) => (
  <footer class="site-foot">
    <div class="wrap">
      <p>
        Python package index {site.host}, kept by Wheelkeep {site.version}
      </p>
      <ul>
        <li>
          <a href="/help/">Help</a>
        </li>
      </ul>
    </div>
  </footer>
)

const Column = ({ narrow, children }: { narrow: boolean; children: Child }) =>
  narrow ? <div class="narrow flow">{children}</div> : children

/** One sentence about the whole site, above everything. */
const ReadOnlyStrip = () => (
  <div class="strip warning" role="status">
    <div class="wrap">
      <p>
        <Icon name="warning" /> <strong>Read-only just now.</strong> Installing works; uploads and changes have to wait.
      </p>
    </div>
  </div>
)

const VisitorLinks = () => (
  <>
    <a href="/help/">Help</a>
    <a href="/account/register/">Register</a>
    <a class="button small" href="/account/login/">
      Log in
    </a>
  </>
)

const PersonMenu = ({ username, csrf }: { username: string; csrf: string }) => (
  <>
    <a href="/manage/projects/">Projects</a>
    <details class="menu">
      <summary>
        <Icon name="person" />
        <span>{username}</span>
        <Icon name="down" />
      </summary>
      <ul>
        <li>
          <a href="/manage/account/">Account and security</a>
        </li>
        <li>
          <a href="/manage/account/token/">API tokens</a>
        </li>
        <li>
          <a href="/manage/projects/">Projects</a>
        </li>
        <li>
          <form method="post" action="/account/logout/">
            <Csrf token={csrf} />
            <button type="submit">Log out</button>
          </form>
        </li>
      </ul>
    </details>
  </>
)
