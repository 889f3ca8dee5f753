import { addDays, addMonths, weekday } from '#kernel/civilDate.ts'
import { Status } from '#web/parts/Status.tsx'
import { usePhone } from '#web/screen.ts'
import { dateText } from '#web/text.ts'
import { DUTY_KINDS, type DutyKind, type DutyView, frequencyText } from '../contract.ts'
import { lookOf, type Now } from './words.ts'

interface Props {
  now: Now
  onOpen: (duty: DutyView) => void
}

/** What this month is for: a lane for each duty, with the days on which something was held and those still left. */
export function MonthStrip({ now, onOpen }: Props) {
  const phone = usePhone()
  const order = Object.keys(DUTY_KINDS) as DutyKind[]
  const lanes = [...now.open, ...now.done]
    .filter((d) => d.duty !== 'committeeSetUp')
    .filter((d) => isForThisMonth(d, now.day))
    .sort((a, b) => order.indexOf(a.duty) - order.indexOf(b.duty))
  if (lanes.length === 0) return null
  const met = lanes.filter((d) => d.state === 'met').length
  return (
    <section className="card" aria-label="本月应办">
      <header>
        <h2>{Number(now.day.slice(5, 7))} 月应办</h2>
        {phone ? (
          <span className="small t3">
            {lanes.length} 项已完成 {met} 项
          </span>
        ) : (
          <Legend />
        )}
      </header>
      {phone ? <Tiles lanes={lanes} day={now.day} onOpen={onOpen} /> : <Lanes now={now} lanes={lanes} onOpen={onOpen} />}
    </section>
  )
}

/** Done in this month, due at its end, or open and due within the quarter it belongs to; what counts by the year comes in its last month. */
const isForThisMonth = ({ heldOn, state, dueOn, period }: DutyView, day: string) =>
  heldOn.some((on) => inMonth(on, day)) || inMonth(dueOn, day) || (state === 'open' && /-(Q\d|\d\d)$/.test(period))

const inMonth = (on: string, day: string) => on.slice(0, 7) === day.slice(0, 7)

const Legend = () => (
  <span className="row small t2 duty-legend" aria-hidden="true">
    <i className="duty-dot" /> 已存入记录 <i className="duty-window" /> 还可办的日子 <i className="duty-link" /> 一会多用
  </span>
)

function Lanes({ now, lanes, onOpen }: { now: Now; lanes: readonly DutyView[]; onOpen: (duty: DutyView) => void }) {
  const first = `${now.day.slice(0, 7)}-01`
  const count = Number(addDays(addMonths(first, 1), -1).slice(8))
  const days = Array.from({ length: count }, (_, i) => addDays(first, i))
  return (
    <div className="duty-strip" style={{ '--days': count } as never}>
      <div className="duty-lane head" aria-hidden="true">
        <span />
        <span className="duty-days">
          {days.map((d) => (
            <small key={d} className={d === now.day ? 'today' : ''}>
              {Number(d.slice(8))}
            </small>
          ))}
        </span>
        <span />
      </div>
      {lanes.map((d, i) => (
        <Lane key={`${d.duty} ${d.period}`} duty={d} below={lanes[i + 1]} days={days} now={now} onOpen={onOpen} />
      ))}
    </div>
  )
}

interface LaneProps {
  duty: DutyView
  below: DutyView | undefined
  days: readonly string[]
  now: Now
  onOpen: (duty: DutyView) => void
}

function Lane({ duty, below, days, now, onOpen }: LaneProps) {
  const rule = now.rules.find((r) => r.id === duty.ruleId)
  const look = lookOf(duty, now.day)
  const shared = (on: string) => below?.heldOn.some((other, i) => other === on && duty.meetings.includes(below.meetings[i]!))
  const left = duty.state === 'open' ? days.filter((d) => d >= now.day && d <= duty.dueOn).length : 0
  return (
    <button type="button" className="duty-lane" onClick={() => onOpen(duty)}>
      <span className="duty-name">
        <b>{duty.title}</b>
        <small className="t3">{rule && `${rule.strength === 'may' ? '通行做法' : ''}${frequencyText(rule)}`}</small>
      </span>
      <span className="duty-days" aria-hidden="true">
        {days.map((d) => (
          <span key={d} className={`${weekday(d) > 5 ? 'off' : ''} ${d === now.day ? 'today' : ''}`}>
            {duty.heldOn.includes(d) && <i className={`duty-dot ${shared(d) ? 'shared' : ''}`} />}
          </span>
        ))}
        {left > 0 && (
          <em style={{ width: `${(left / days.length) * 100}%`, left: `${((Number(now.day.slice(8)) - 1) / days.length) * 100}%` }} />
        )}
      </span>
      <span className="duty-state">
        <Status kind={look.kind}>{look.words}</Status>
      </span>
    </button>
  )
}

const Tiles = ({ lanes, day, onOpen }: { lanes: readonly DutyView[]; day: string; onOpen: (duty: DutyView) => void }) => (
  <ul className="duty-tiles">
    {lanes.map((d) => {
      const look = lookOf(d, day)
      return (
        <li key={`${d.duty} ${d.period}`}>
          <button type="button" onClick={() => onOpen(d)}>
            <i className={d.state === 'met' ? 'on' : d.met > 0 ? 'half' : d.strength === 'may' ? 'calm' : ''} aria-hidden="true">
              {d.state === 'met' ? '实' : d.met > 0 ? `${d.met}/${d.expected}` : ''}
            </i>
            <b>{d.title}</b>
            <small className={d.state !== 'met' && look.kind === 'soon' ? 'hu strong' : 't3'}>
              {d.state === 'met' && d.heldOn.length > 0 ? dateText(d.heldOn.at(-1)!) : look.words}
            </small>
          </button>
        </li>
      )
    })}
  </ul>
)
