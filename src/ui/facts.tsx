import type { Child } from 'hono/jsx'

export type Fact = [name: Child, value: Child]

/** Names and values of one thing. `ledger` puts figures at the right edge. */
export const Facts = ({ facts, ledger }: { facts: Fact[]; ledger?: boolean }) => (
  <dl class={ledger ? 'facts ledger' : 'facts'}>
    {facts.map(([name, value]) => (
      <div>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
