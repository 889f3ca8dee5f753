import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { weekdayName } from '#kernel/civilDate.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Slot } from '#web/Slot.tsx'
import { usePhone } from '#web/screen.ts'
import { dateText } from '#web/text.ts'
import type { DutyView } from '../contract.ts'
import { DutyPanel, RecordLink } from './DutyPanel.tsx'
import { DutyRows } from './DutyRows.tsx'
import { MonthStrip } from './MonthStrip.tsx'
import { Proposals } from './Proposals.tsx'
import { QuarterCard } from './QuarterCard.tsx'
import { RecentCard } from './RecentCard.tsx'
import { byUrgency, headlineOf, type Now, togetherWith } from './words.ts'

/** The workbench of a branch: for who records, what to do next; for its members, what their branch does. */
export function BranchWorkbench({ now }: { now: Now }) {
  const phone = usePhone()
  const [opened, setOpened] = useState<DutyView>()
  const { says, about } = headlineOf(now)
  const rows = [...now.overdue, ...byUrgency(now.open)].filter((d) => d !== about || !phone)
  const strip = <MonthStrip now={now} onOpen={setOpened} />
  return (
    <>
      {phone ? (
        <Hero now={now} says={says} about={about} onWhy={setOpened} />
      ) : (
        <PageTitle conclusion={says} note={noteOf(now)} actions={<Actions now={now} about={about} />} />
      )}
      <div className="columns">
        <div className="stack">
          <Slot name="workbench.first" id={now.orgId} />
          <section className="card" aria-label={now.can.record ? '要办的事' : '本支部要办的事'}>
            <header>
              <h2>{now.can.record ? '要办的事' : '本支部要办的事'}</h2>
              <span className="small t3">{phone && about ? `还有 ${rows.length} 件` : `日期由规则和名册算出，共 ${rows.length} 件`}</span>
            </header>
            <DutyRows now={now} rows={rows} onOpen={setOpened} />
          </section>
          {now.can.record && <Proposals orgId={now.orgId} duties={now.open} rules={now.rules} day={now.day} />}
          {strip}
          <Slot name="workbench.main" id={now.orgId} />
        </div>
        <div className="stack">
          <QuarterCard now={now} />
          <Slot name="workbench.side" id={now.orgId} />
          <RecentCard orgId={now.orgId} />
        </div>
      </div>
      {opened && (
        <DutyPanel
          orgId={now.orgId}
          duty={opened}
          rules={now.rules}
          day={now.day}
          canRecord={now.can.record}
          onClose={() => setOpened(undefined)}
        />
      )}
    </>
  )
}

const noteOf = ({ day, done, open, overdue }: Now) => {
  const month = day.slice(0, 7)
  const ending = [...done, ...open].filter((d) => d.dueOn.slice(0, 7) === month && d.strength !== 'may')
  const met = ending.filter((d) => d.state === 'met').length
  const late = overdue.length > 0 ? `今年逾期未办 ${overdue.length} 项。` : ''
  const sum = ending.length > 0 ? `本月到期 ${ending.length} 项，已办 ${met} 项，都由会议记录自动认定，不用再报。` : ''
  return `${dateText(day)} ${weekdayName(day)}。${sum}${late}`
}

const Actions = ({ now, about }: { now: Now; about: DutyView | undefined }) => (
  <>
    <Link className="button" to="/meetings" search={{ org: now.orgId } as never}>
      <Icon name="calendar" /> 组织生活
    </Link>
    {now.can.record &&
      (about ? (
        <RecordLink orgId={now.orgId} duty={about} look="button primary" />
      ) : (
        <Link className="button primary" to="/record" search={{ org: now.orgId } as never}>
          <Icon name="plus" weight={2} /> 记工作
        </Link>
      ))}
  </>
)

interface HeroProps {
  now: Now
  says: string
  about: DutyView | undefined
  onWhy: (duty: DutyView) => void
}

/** On a phone the first screen is about one thing, with one button. */
function Hero({ now, says, about, onWhy }: HeroProps) {
  const other = about && togetherWith(about, now.open, now.rules, now.day)
  return (
    <section className="card duty-hero">
      <p className="t2">
        {dateText(now.day)} {weekdayName(now.day)} · {now.name}
      </p>
      <PageTitle
        conclusion={says}
        note={about ? `${dateText(about.dueOn)}前召开。${other ? `可与${other.title}合开，一次会办两件事。` : ''}` : noteOf(now)}
        {...(about
          ? {
              actions: (
                <>
                  {now.can.record && <RecordLink orgId={now.orgId} duty={about} look="button primary large" />}
                  <button type="button" className="button large" onClick={() => onWhy(about)}>
                    看依据
                  </button>
                </>
              ),
            }
          : {})}
      />
    </section>
  )
}
