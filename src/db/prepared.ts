import type { Compilable, CompiledQuery } from 'kysely'
import { type Database, isPostgres } from './database.ts'

type Value = string | number | null

/** A statement with a stand-in for each value that is still to come. */
type Plan = Pick<CompiledQuery, 'query' | 'queryId' | 'sql'> & { readonly parameters: readonly unknown[] }

class StandIn {
  readonly at: number
  constructor(at: number) {
    this.at = at
  }
}

/**
 * A statement that is built once for each kind of database, and then run with other values: for the few that every upload asks, since
 * building one costs more than running it. `build` gets stand-ins for the values, so it must not look at them.
 */
export function prepared<Values extends readonly Value[], Row>(
  build: (db: Database, ...values: Values) => Compilable<Row>,
): (db: Database, ...values: Values) => Promise<Row[]> {
  const plans = new Map<boolean, Plan>()
  return async (db, ...values) => {
    const kind = isPostgres(db)
    const plan = plans.get(kind) ?? build(db, ...(values.map((_, at) => new StandIn(at)) as unknown as Values)).compile()
    plans.set(kind, plan)
    const parameters = plan.parameters.map((parameter) => (parameter instanceof StandIn ? values[parameter.at] : parameter))
    return (await db.executeQuery<Row>({ ...plan, parameters })).rows
  }
}
