import { addMonths, today } from '#kernel/civilDate.ts'
import { Icon } from '#web/parts/Icon.tsx'

/** One month back and forth, never beyond this one. */
export function MonthPick({ month, onChange }: { month: string; onChange: (month: string) => void }) {
  const step = (by: number) => addMonths(`${month}-01`, by).slice(0, 7)
  const last = month >= today().slice(0, 7)
  return (
    <div className="row dues-month">
      <button type="button" className="button small" aria-label="上个月" onClick={() => onChange(step(-1))}>
        <Icon name="left" />
      </button>
      <span className="strong nowrap">{monthText(month)}</span>
      <button
        type="button"
        className="button small"
        aria-label="下个月"
        aria-disabled={last || undefined}
        onClick={() => !last && onChange(step(1))}
      >
        <Icon name="right" />
      </button>
    </div>
  )
}

export const monthText = (month: string) => `${Number(month.slice(0, 4))} 年 ${Number(month.slice(5))} 月`
