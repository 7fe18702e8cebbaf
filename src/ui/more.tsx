import type { Child } from 'hono/jsx'

/** Detail that most people don't need, on the page for those who do. */
export const More = ({ summary, children }: { summary: Child; children: Child }) => (
  <details class="more">
    <summary>{summary}</summary>
    {children}
  </details>
)
