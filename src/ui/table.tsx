import type { Child } from 'hono/jsx'

export type Column<Row> = {
  head: string
  cell: (row: Row) => Child
  /** name: the row's heading · num: right-aligned figures · act: buttons, without a visible heading */
  kind?: 'name' | 'num' | 'act'
}

type TableProps<Row> = {
  caption: string
  /** For screen readers only: a heading right above says the same. */
  hideCaption?: boolean
  /** A few figures: stays a table where it is narrow. */
  keep?: boolean
  columns: Column<Row>[]
  rows: readonly Row[]
}

/** Rows of one kind. In a narrow place each row becomes a block and each cell says its heading. */
export const Table = <Row,>({ caption, hideCaption, keep, columns, rows }: TableProps<Row>) => (
  <div class={keep ? 'table keep' : 'table'}>
    <table>
      <caption class={hideCaption ? 'sr' : undefined}>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <Heading column={column} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {columns.map((column) => (
              <Cell column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

const Heading = <Row,>({ column: { kind, head } }: { column: Column<Row> }) => (
  <th scope="col" class={kind === 'num' ? 'num' : undefined}>
    {kind === 'act' ? <span class="sr">{head}</span> : head}
  </th>
)

const Cell = <Row,>({ column, row }: { column: Column<Row>; row: Row }) => {
  const content = column.cell(row)
  if (column.kind === 'name') return <th scope="row">{content}</th>
  if (column.kind === 'act') return <td class="act">{content}</td>
  return (
    <td class={column.kind} data-label={content ? column.head : undefined}>
      {content}
    </td>
  )
}
