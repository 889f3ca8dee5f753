import { addMonths } from '#kernel/civilDate.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { Status } from '#web/parts/Status.tsx'
import type { DutyView } from '../contract.ts'
import { lineOf, lookOf } from './words.ts'

interface Props {
  month: string
  duties: readonly DutyView[]
  day: string
  onMonth: (month: string) => void
  onOpen: (duty: DutyView) => void
}

/** What is owed in one month, or in a longer period that this month belongs to. */
export function MonthList({ month, duties, day, onMonth, onOpen }: Props) {
  const of = duties.filter((d) => d.from.slice(0, 7) <= month && d.dueOn.slice(0, 7) >= month)
  const step = (by: number) => addMonths(`${month}-01`, by).slice(0, 7)
  const sameYear = (to: string) => to.slice(0, 4) === month.slice(0, 4)
  return (
    <>
      <div className="duty-month">
        {([-1, 1] as const).map((by) => (
          <button
            key={by}
            type="button"
            className="button small"
            disabled={!sameYear(step(by))}
            aria-label={by < 0 ? '上个月' : '下个月'}
            onClick={() => onMonth(step(by))}
          >
            <Icon name={by < 0 ? 'left' : 'right'} size={14} />
          </button>
        ))}
        <h2>
          {month.slice(0, 4)} 年 {Number(month.slice(5))} 月
        </h2>
        <span className="small t2">{of.length} 项</span>
      </div>
      {of.length === 0 && <p className="inside t2 duty-none">这个月没有应办的事。</p>}
      <ul className="phone-list">
        {of.map((d) => {
          const look = lookOf(d, day)
          return (
            <li key={`${d.duty} ${d.period}`}>
              <button type="button" onClick={() => onOpen(d)}>
                <span className="grow">
                  <b>{d.title}</b>
                  <small>
                    {d.periodName} · {lineOf(d, day)}
                  </small>
                </span>
                <Status kind={look.kind}>{look.words}</Status>
                <Icon name="right" />
              </button>
            </li>
          )
        })}
      </ul>
    </>
  )
}
