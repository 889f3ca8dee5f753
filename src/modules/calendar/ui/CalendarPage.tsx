import { useState } from 'react'
import { addMonths, today } from '#kernel/civilDate.ts'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { usePhone } from '#web/screen.ts'
import { holds, useSession } from '#web/session.ts'
import { DayList } from './DayList.tsx'
import { FeedsPanel } from './FeedsPanel.tsx'
import { MonthGrid } from './MonthGrid.tsx'
import './calendar.css'

interface Search {
  month?: string
  whose?: 'own' | 'org'
}

/** 日程: a month of one's own meetings and terms, or of the branch's. */
export function CalendarPage() {
  const { org } = useOrg()
  const session = useSession()
  const phone = usePhone()
  const [{ month = today().slice(0, 7), whose = 'own' }, go] = useAddress<Search>()
  const [subscribing, setSubscribing] = useState(false)
  const seesOrg = org !== undefined && holds(session, 'meetings.read', org.id)
  const ofOrg = whose === 'org' && seesOrg
  const { data, error, refetch } = useRead('calendar.month', { month, ...(ofOrg ? { orgId: org.id } : {}) })
  const step = (by: number) => go({ month: addMonths(`${month}-01`, by).slice(0, 7) })
  const items = data?.items ?? []
  const open = items.filter((i) => i.state === 'open' || i.state === 'late')
  return (
    <>
      <PageTitle
        conclusion={
          data
            ? open.length > 0
              ? `${Number(month.slice(5))} 月还有 ${open.length} 件事`
              : `${Number(month.slice(5))} 月没有要办的事`
            : `${Number(month.slice(5))} 月日程`
        }
        note={ofOrg ? '本支部安排的会议和应办事项的期限。' : '通知你参加的会议、你的任务和所在班子应办事项的期限，各处合在一张表里。'}
        actions={
          <>
            {seesOrg && (
              <Segments
                label="看谁的"
                quiet
                value={ofOrg ? 'org' : 'own'}
                options={{ own: '我的', org: org.name }}
                onChange={(v) => go({ whose: v })}
              />
            )}
            <button type="button" className="button" onClick={() => setSubscribing(true)}>
              <Icon name="link" /> 订阅到手机日历
            </button>
          </>
        }
      />
      <section className="card" aria-label={`${month} 日程`}>
        <header>
          <div className="row">
            <button type="button" className="button small" aria-label="上个月" onClick={() => step(-1)}>
              <Icon name="left" size={14} />
            </button>
            <h2>
              {month.slice(0, 4)} 年 {Number(month.slice(5))} 月
            </h2>
            <button type="button" className="button small" aria-label="下个月" onClick={() => step(1)}>
              <Icon name="right" size={14} />
            </button>
          </div>
          {!phone && (
            <div className="row small t2 cal-key">
              <span className="cal-entry is-meeting">会议</span>
              <span className="cal-entry is-duty">应办到期</span>
              <span className="cal-entry is-task">任务到期</span>
            </div>
          )}
        </header>
        {error ? (
          <ErrorCard error={error} again={refetch} />
        ) : !data ? (
          <Skeleton lines={10} />
        ) : phone ? (
          <DayList items={items} />
        ) : (
          <MonthGrid month={month} items={items} />
        )}
      </section>
      {subscribing && <FeedsPanel org={seesOrg ? org : undefined} onClose={() => setSubscribing(false)} />}
    </>
  )
}
