import type { Child } from 'hono/jsx'

type Link = { href: string; text: Child; current?: boolean }

/** Where this page is; the last one is the page itself and is left out: the heading says it. */
export const Breadcrumbs = ({ links }: { links: Link[] }) => (
  <nav class="crumbs" aria-label="Breadcrumb">
    <ol>
      {links.map((link) => (
        <li>
          <Anchor {...link} />
        </li>
      ))}
    </ol>
  </nav>
)

/** The pages of one area, beside the content; above it where there is no room. */
export const SideNav = ({ label, links }: { label: string; links: Link[] }) => <Links look="side" label={label} links={links} />

/** The views of one thing, under its heading. */
export const Subnav = ({ label, links }: { label: string; links: Link[] }) => <Links look="subnav" label={label} links={links} />

const Links = ({ look, label, links }: { look: 'side' | 'subnav'; label: string; links: Link[] }) => (
  <nav class={look} aria-label={label}>
    <ul>
      {links.map((link) => (
        <li>
          <Anchor {...link} />
        </li>
      ))}
    </ul>
  </nav>
)

const Anchor = ({ href, text, current }: Link) => (
  <a href={href} aria-current={current ? 'page' : undefined}>
    {text}
  </a>
)
