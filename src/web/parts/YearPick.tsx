import { today } from '#kernel/civilDate.ts'
import { DateField } from './DateField.tsx'

/** The year that a page shows: the last ones up to this year, and the chosen one however far back it lies. */
export function YearPick({ year, onChange }: { year: number; onChange: (year: number) => void }) {
  const last = Math.max(Number(today().slice(0, 4)), year)
  const years = Array.from({ length: Math.max(8, last - year + 1) }, (_, i) => last - i)
  return (
    <label className="pick">
      <span className="hidden-text">年度</span>
      <select className="text" value={year} onChange={(e) => onChange(Number(e.target.value))}>
        {years.map((y) => (
          <option key={y} value={y}>
            {y} 年
          </option>
        ))}
      </select>
    </label>
  )
}

/** The day as at which a page is read; today is handed on as undefined, so that the address stays right tomorrow. */
export const AsAtPick = ({ day, onChange }: { day: string; onChange: (day: string | undefined) => void }) => (
  <span className="as-at">
    <span className="small t2 nowrap">截至</span>
    <DateField aria-label="按哪一天的情况看" value={day} onChange={(d) => onChange(d && d !== today() ? d : undefined)} />
  </span>
)
