import type { Child } from 'hono/jsx'
import { CopyButton } from './buttons.tsx'

type CodeProps = {
  id?: string
  /** Completes “Copy …”: what the button copies. Needs an `id`. */
  copy?: string
  /** Long lines scroll, or break between words, or anywhere (a token). */
  wrapped?: 'words' | 'anywhere'
  children: Child
}

/** Something to run or paste. */
export const Code = ({ id, copy, wrapped, children }: CodeProps) => (
  <div class={wrapped ? `code wrapped ${wrapped}` : 'code'}>
    <pre tabindex={wrapped ? undefined : 0}>
      <code id={id}>{children}</code>
    </pre>
    {copy && id && <CopyButton from={id} what={copy} />}
  </div>
)

/** A digest, cut at its end. The page has the whole one too, where it can be copied: in `Code`. */
export const Hash = ({ value, short = 16 }: { value: string; short?: number }) => (
  <code class="hash">{value.length > short ? `${value.slice(0, short)}…` : value}</code>
)
