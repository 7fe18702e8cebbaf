import type { Child } from 'hono/jsx'

/** The heading of a page: its one h1, one sentence, and what can be done here. */
export const PageHead = ({ title, actions, children }: { title: Child; actions?: Child; children?: Child }) => (
  <div class="head">
    <h1>{title}</h1>
    {actions && <div class="actions">{actions}</div>}
    {children && <p>{children}</p>}
  </div>
)

/** A part of a page with its own heading, reachable as `#id`. */
export const Section = ({ id, title, actions, children }: { id?: string; title: Child; actions?: Child; children: Child }) => (
  <section id={id}>
    {actions ? (
      <div class="head">
        <h2>{title}</h2>
        <div class="actions">{actions}</div>
      </div>
    ) : (
      <h2>{title}</h2>
    )}
    {children}
  </section>
)
