import type { ReactNode } from 'react'
import { addDays, addMonths, weekday } from '#kernel/civilDate.ts'

const DAYS = ['一', '二', '三', '四', '五', '六', '日']

interface Props {
  /** YYYY-MM. */
  month: string
  className: string
  /** The cell of a day; weeks are whole, so some days lie outside the month. */
  children: (day: string) => ReactNode
}

/** A month as weeks from Monday. */
export function MonthTable({ month, className, children }: Props) {
  const first = addDays(`${month}-01`, 1 - weekday(`${month}-01`))
  const last = addDays(addMonths(`${month}-01`, 1), -1)
  const weeks = Math.ceil((weekday(`${month}-01`) - 1 + Number(last.slice(8))) / 7)
  const days = Array.from({ length: weeks * 7 }, (_, i) => addDays(first, i))
  return (
    <table className={className}>
      <thead>
        <tr>
          {DAYS.map((d) => (
            <th key={d} scope="col">
              {d}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: weeks }, (_, week) => (
          <tr key={days[week * 7]}>{days.slice(week * 7, week * 7 + 7).map(children)}</tr>
        ))}
      </tbody>
    </table>
  )
}
