import { Icon } from './Icon.tsx'
import type { Column, ListTableProps } from './ListTable.tsx'

/** The rows as a phone shows them: title, one line of explanation, and the status to the right. */
export function PhoneList<T>({ label, columns, rows, rowKey, onOpen, canOpen = () => true }: ListTableProps<T>) {
  const lines = columns.filter(({ phone }) => phone === 'line')
  const states = columns.filter(({ phone }) => phone === 'status')
  return (
    <ul className="phone-list" aria-label={label}>
      {rows.map((row) => {
        const inside = (
          <>
            <span className="grow">
              <b>{columns[0]!.render(row)}</b>
              <Line columns={lines} row={row} />
            </span>
            <span className="phone-states">
              {states.map((column) => (
                <span key={column.key}>{column.render(row)}</span>
              ))}
            </span>
          </>
        )
        return (
          <li key={rowKey(row)}>
            {onOpen && canOpen(row) ? (
              <button type="button" onClick={() => onOpen(rowKey(row))}>
                {inside}
                <Icon name="right" />
              </button>
            ) : (
              <div>{inside}</div>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function Line<T>({ columns, row }: { columns: Column<T>[]; row: T }) {
  if (columns.length === 0) return null
  return (
    <small>
      {columns.map((column, i) => (
        <span key={column.key}>
          {i > 0 && ' · '}
          {column.render(row)}
        </span>
      ))}
    </small>
  )
}
