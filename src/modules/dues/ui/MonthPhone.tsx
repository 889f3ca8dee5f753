import { yuan } from '../contract.ts'
import { DueStatus } from './DueStatus.tsx'
import type { Row } from './MonthView.tsx'

interface Props {
  rows: Row[]
  chosen: readonly string[]
  toggle: (id: string) => void
  base: (row: Row) => void
  open: (id: string) => void
}

/** The month on a phone: tick on the left, the name opens, the state to the right. */
export function MonthPhone({ rows, chosen, toggle, base, open }: Props) {
  return (
    <ul className="dues-phone" aria-label="当月党费">
      {rows.map((row) => {
        const payable = row.state === 'open' || row.state === 'short'
        return (
          <li key={row.personId}>
            {payable && (
              <label>
                <input
                  type="checkbox"
                  checked={chosen.includes(row.personId)}
                  onChange={() => toggle(row.personId)}
                  aria-label={`${row.name}已交`}
                />
              </label>
            )}
            <button type="button" className="grow" onClick={() => open(row.personId)}>
              <b>{row.name}</b>
              <small className="t2">{row.owed === null ? (row.elsewhere ?? '没有登记基数') : `应交 ${yuan(row.owed)} 元`}</small>
            </button>
            {row.state === 'noBase' ? (
              <button type="button" className="button small" onClick={() => base(row)}>
                登记基数<span className="hidden-text">：{row.name}</span>
              </button>
            ) : (
              <DueStatus row={row} />
            )}
          </li>
        )
      })}
    </ul>
  )
}
