import { App } from 'antd'
import { useState } from 'react'
import { addDays, civilDate, daysInMonth, today, weekday, weekdayName } from '#kernel/civilDate.ts'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { dateText } from '#web/text.ts'
import { runsOf, type SpecialDay } from '../contract.ts'
import './workdays.css'
import { YearForm } from './YearForm.tsx'

/** 放假与调休: which days of a year are worked, by the yearly notice; terms in working days are counted by it. */
export function HolidaysPage() {
  const { message } = App.useApp()
  const [{ year = Number(today().slice(0, 4)) }, go] = useAddress<{ year?: number }>()
  const [editing, setEditing] = useState(false)
  const { data, error, refetch } = useRead('workdays.year', { year })
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={8} />
  const { edit } = data.can
  const ask = () => (edit === true ? setEditing(true) : void message.info(edit.message))
  return (
    <>
      <PageTitle
        conclusion={
          data.known
            ? `${year} 年放假 ${count(data.days, true)} 天，调休上班 ${count(data.days, false)} 天`
            : `${year} 年的放假与调休还没有登记`
        }
        note={data.known ? sourceOf(data) : '没有登记的年份，按周一到周五上班计算期限，并在期限旁注明。通知一般在上一年 11 月发布。'}
        actions={
          <>
            <Years year={year} onChange={(y) => go({ year: y })} />
            <button type="button" className="button primary" aria-disabled={edit !== true || undefined} onClick={ask}>
              {data.known ? '改这一年' : '登记这一年'}
              {edit !== true && <span className="hidden-text">，现在不能：{edit.message}</span>}
            </button>
          </>
        }
      />
      <div className="stack">
        <section className="card" aria-label="节日">
          {data.known ? (
            <Holidays days={data.days} />
          ) : (
            <Empty why={`${year} 年还没有登记。`} later="登记后，各节日的放假和调休上班列在这里。" />
          )}
        </section>
        <section className="card" aria-label="全年日历">
          <header>
            <h2>全年日历</h2>
            <span className="row small t2 wd-legend">
              <i className="rest" /> 放假
              <i className="work" /> 调休上班
            </span>
          </header>
          <div className="wd-months">
            {MONTHS.map((month) => (
              <Month key={month} year={year} month={month} days={data.days} />
            ))}
          </div>
        </section>
      </div>
      {editing && <YearForm year={data} onClose={() => setEditing(false)} />}
    </>
  )
}

const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]

const count = (days: readonly SpecialDay[], rest: boolean) => days.filter((d) => d.rest === rest).length

const sourceOf = ({ source, enteredOn, enteredBy }: { source: string | null; enteredOn: string | null; enteredBy: string | null }) =>
  `按《${source}》。${enteredOn ? `${dateText(enteredOn)}${enteredBy ? `由${enteredBy}` : ''}登记。` : ''}期限按工作日计的，都用这张表。`

const Years = ({ year, onChange }: { year: number; onChange: (year: number) => void }) => (
  <span className="row wd-years">
    <button type="button" className="button small" onClick={() => onChange(year - 1)}>
      <Icon name="left" size={14} /> {year - 1} 年
    </button>
    <button type="button" className="button small" onClick={() => onChange(year + 1)}>
      {year + 1} 年 <Icon name="right" size={14} />
    </button>
  </span>
)

const Holidays = ({ days }: { days: readonly SpecialDay[] }) => (
  <ul>
    {[...Map.groupBy(days, (d) => d.name)].map(([name, of]) => {
      const rest = of.filter((d) => d.rest).map((d) => d.day)
      const work = of.filter((d) => !d.rest).map((d) => d.day)
      return (
        <li key={name} className="wd-holiday">
          <b>{name}</b>
          <span>
            {runsOf(rest).join('、')}放假，共 {rest.length} 天
          </span>
          <span className="t2">
            {work.length > 0 ? `${work.map((d) => `${runsOf([d])[0]}（${weekdayName(d)}）`).join('、')}上班` : '不调休'}
          </span>
        </li>
      )
    })}
  </ul>
)

function Month({ year, month, days }: { year: number; month: number; days: readonly SpecialDay[] }) {
  const first = civilDate(year, month, 1)
  const special = new Map(days.map((d) => [d.day, d]))
  const cells = Array.from({ length: daysInMonth(year, month) }, (_, i) => addDays(first, i))
  return (
    <div className="wd-month">
      <h3>{month} 月</h3>
      <ol aria-label={`${year} 年 ${month} 月`}>
        {Array.from({ length: weekday(first) - 1 }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blank days before the first
          <li key={`blank${i}`} aria-hidden="true" />
        ))}
        {cells.map((day) => {
          const said = special.get(day)
          const look = said ? (said.rest ? 'rest' : 'work') : weekday(day) > 5 ? 'weekend' : ''
          return (
            <li key={day} className={look} title={said ? `${said.name}${said.rest ? '放假' : '调休上班'}` : undefined}>
              {Number(day.slice(8))}
              {said && <small>{said.rest ? '休' : '班'}</small>}
            </li>
          )
        })}
      </ol>
    </div>
  )
}
