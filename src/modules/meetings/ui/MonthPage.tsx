import { Link } from '@tanstack/react-router'
import { addDays, addMonths, today, weekday } from '#kernel/civilDate.ts'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { MonthTable } from '#web/parts/MonthTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Slot } from '#web/Slot.tsx'
import { usePhone } from '#web/screen.ts'
import { holds, useSession } from '#web/session.ts'
import type { MeetingCard, PlanCard } from '../contract.ts'
import { LateTag } from './LateTag.tsx'
import { MeetingLines } from './MeetingLines.tsx'
import './meetings.css'
import { kindsText, planWhen } from './words.ts'

/** 组织生活: a month of a branch with what was held, and beside it what its rules ask for. */
export function MonthPage() {
  const { org } = useOrg()
  const [{ month = today().slice(0, 7) }] = useAddress<{ month?: string }>()
  const phone = usePhone()
  const read = useRead('meetings.month', { orgId: org?.id ?? '', month }, { enabled: org !== undefined })
  const span = { from: `${month}-01`, to: addDays(addMonths(`${month}-01`, 1), -1) }
  const planned = useRead(
    'meetings.plans',
    { orgId: org?.id ?? '', state: 'announced', ...span, limit: 200 },
    { enabled: org !== undefined },
  )
  if (!org) return <Empty why="你还没有所在的党组织，这里没有可看的会议。" />
  const plans = planned.data?.items ?? []
  const meetings = read.data?.items ?? []
  const waiting = meetings.filter((m) => m.state === 'submitted').length
  return (
    <>
      <PageTitle
        conclusion={`${Number(month.slice(5))} 月组织生活`}
        note={
          read.data &&
          `已存入记录 ${meetings.length} 次${waiting > 0 ? `，其中 ${waiting} 次待签字` : ''}${plans.length > 0 ? `；已安排 ${plans.length} 次` : ''}。`
        }
        actions={<Actions />}
      />
      <div className="columns meetings-month">
        <section className="card" aria-label={`${month} 月历`}>
          <MonthHead month={month} />
          {read.error ? (
            <ErrorCard error={read.error} again={read.refetch} />
          ) : read.isPending ? (
            <Skeleton lines={10} />
          ) : phone ? (
            <>
              <PlanLines plans={plans} />
              <MeetingLines meetings={meetings} empty="这个月还没有会议记录。" />
            </>
          ) : (
            <Grid month={month} meetings={meetings} plans={plans} />
          )}
        </section>
        <aside className="stack">
          <Slot name="meetings.month" id={`${org.id}/${month}`} />
          {!phone && plans.length > 0 && (
            <section className="card">
              <header>
                <h2>已安排</h2>
                <span className="small t2">{plans.length} 次</span>
              </header>
              <PlanLines plans={plans} />
            </section>
          )}
          {!phone && meetings.length > 0 && (
            <section className="card">
              <header>
                <h2>本月会议</h2>
                <span className="small t2">{meetings.length} 次</span>
              </header>
              <MeetingLines meetings={meetings} empty="" />
            </section>
          )}
          <Unsigned orgId={org.id} />
        </aside>
      </div>
    </>
  )
}

function Actions() {
  const session = useSession()
  return (
    <>
      <Link className="button" to="/meetings/list">
        <Icon name="list" /> 会议列表
      </Link>
      {holds(session, 'meetings.record') && (
        <>
          <Link className="button" to="/meetings/plan">
            <Icon name="calendar" /> 安排会议
          </Link>
          <Link className="button primary" to="/record">
            <Icon name="plus" weight={2} /> 记一次会议
          </Link>
        </>
      )}
    </>
  )
}

function MonthHead({ month }: { month: string }) {
  const [, change] = useAddress<{ month?: string }>()
  const go = (by: number) => change({ month: addMonths(`${month}-01`, by).slice(0, 7) })
  return (
    <header>
      <div className="row">
        <button type="button" className="button small" aria-label="上个月" onClick={() => go(-1)}>
          <Icon name="left" size={14} />
        </button>
        <h2>
          {month.slice(0, 4)} 年 {Number(month.slice(5))} 月
        </h2>
        <button type="button" className="button small" aria-label="下个月" onClick={() => go(1)}>
          <Icon name="right" size={14} />
        </button>
      </div>
      <div className="row small t2 month-key">
        <span className="seal">
          <i aria-hidden="true">实</i>已存入记录
        </span>
        <span className="month-meeting planned">已安排</span>
      </div>
    </header>
  )
}

const Grid = ({ month, meetings, plans }: { month: string; meetings: MeetingCard[]; plans: PlanCard[] }) => (
  <MonthTable month={month} className="month">
    {(day) => (
      <Day
        key={day}
        day={day}
        month={month}
        meetings={meetings.filter((m) => m.heldOn === day)}
        plans={plans.filter((p) => p.heldOn === day)}
      />
    )}
  </MonthTable>
)

function Day({ day, month, meetings, plans }: { day: string; month: string; meetings: MeetingCard[]; plans: PlanCard[] }) {
  const looks = [weekday(day) > 5 && 'off', day.slice(0, 7) !== month && 'outside', day === today() && 'now'].filter(Boolean).join(' ')
  return (
    <td className={looks}>
      <p className="month-day">
        <b>{Number(day.slice(8))}</b>
        {day === today() && <small>今天</small>}
      </p>
      {meetings.map((m) => (
        <Link key={m.id} to={`/meetings/${m.id}`} className="month-meeting" title={`${m.title}（${kindsText(m)}）`}>
          {m.belowQuorum ? <i className="off" aria-hidden="true" /> : <i aria-hidden="true">实</i>}
          <span className="ellipsis">{kindsText(m)}</span>
          <LateTag m={m} />
          {m.belowQuorum && <span className="hidden-text">，未达到规定人数</span>}
        </Link>
      ))}
      {plans.map((p) => (
        <Link key={p.id} to={`/meetings/plans/${p.id}`} className="month-meeting planned" title={`${p.title}（${planWhen(p)}）`}>
          <span className="ellipsis">
            {p.start} {kindsText(p)}
          </span>
          <span className="hidden-text">，已安排</span>
        </Link>
      ))}
    </td>
  )
}

/** Meetings planned, each with how many have answered. */
function PlanLines({ plans }: { plans: PlanCard[] }) {
  if (plans.length === 0) return null
  return (
    <ul className="plain-links">
      {plans.map((p) => (
        <li key={p.id}>
          <Link to={`/meetings/plans/${p.id}`}>
            <span className="grow">
              <b className="ellipsis">{p.title}</b>
              <small className="t2 small">
                {planWhen(p)}
                {p.place && ` · ${p.place}`} · 应到 {p.expected}，参加 {p.comes}，请假 {p.leave}
              </small>
            </span>
            <span className="tag dai">已安排</span>
            <Icon name="right" />
          </Link>
        </li>
      ))}
    </ul>
  )
}

function Unsigned({ orgId }: { orgId: string }) {
  const { data } = useRead('meetings.unsigned', { orgId })
  if (!data || data.items.length === 0) return null
  return (
    <section className="card">
      <header>
        <h2>满七天没有签字</h2>
        <span className="small t2">{data.items.length} 份</span>
      </header>
      <MeetingLines meetings={data.items} empty="" />
    </section>
  )
}
