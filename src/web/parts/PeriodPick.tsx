import { YearPick } from './YearPick.tsx'

const SPANS = { '': '全年', '-H1': '上半年', '-H2': '下半年', '-Q1': '一季度', '-Q2': '二季度', '-Q3': '三季度', '-Q4': '四季度' } as const
const MONTHS = Array.from({ length: 12 }, (_, i) => [`-${String(i + 1).padStart(2, '0')}`, `${i + 1} 月`] as const)

interface Props {
  /** The key of a period: 2026, 2026-H1, 2026-Q3, 2026-09. */
  period: string
  onChange: (period: string) => void
  /** Single months can be chosen, too. */
  months?: boolean
}

/** The time that a paper is about: a year, or a part of it. */
export function PeriodPick({ period, onChange, months = false }: Props) {
  const [year, span] = [period.slice(0, 4), period.slice(4)]
  return (
    <span className="row">
      <YearPick year={Number(year)} onChange={(y) => onChange(`${y}${span}`)} />
      <label className="pick">
        <span className="hidden-text">时间段</span>
        <select className="text" value={span} onChange={(e) => onChange(year + e.target.value)}>
          {[...Object.entries(SPANS), ...(months ? MONTHS : [])].map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </span>
  )
}
