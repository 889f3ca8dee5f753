import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { BRANCH_KINDS, type OrgKind } from '#modules/organisation/contract.ts'
import { useAddress } from '#web/address.ts'
import { downloadOf, useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PaperLinks } from '#web/parts/PaperLinks.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { YearPick } from '#web/parts/YearPick.tsx'
import { coverageOf, coverageText, type Entry, SIDES } from '../contract.ts'
import { AdoptForm } from './AdoptForm.tsx'
import { BelowCard } from './BelowCard.tsx'
import { DoneForm } from './DoneForm.tsx'
import { EntryLine } from './EntryLine.tsx'
import { PairForm } from './PairForm.tsx'
import { ReportCard } from './ReportCard.tsx'
import './plans.css'

/** The plan of an organisation's year: what, until when, who; what the records say of it; the report with room for own words. */
export function PlansPage() {
  const { org } = useOrg()
  const [{ year = Number(today().slice(0, 4)) }, go] = useAddress<{ year?: number }>()
  const [adding, setAdding] = useState<{ forTask?: string }>()
  const [pairing, setPairing] = useState<Entry>()
  const [doing, setDoing] = useState<Entry>()
  const { data, error, refetch } = useRead('plans.year', { orgId: org?.id ?? '', year }, { enabled: org !== undefined })
  if (!org) return <Empty why="你还没有所在的党组织，这里没有可看的计划。" />
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={8} />
  const standing = data.items.filter((e) => e.state !== 'ended')
  const tasks = standing.filter((e) => e.side === 'business')
  const coverage = coverageText(coverageOf(standing))
  const count = (state: Entry['state']) => standing.filter((e) => e.state === state).length
  return (
    <>
      <PageTitle
        conclusion={
          standing.length === 0
            ? `${year} 年还没有列入计划的工作`
            : `${year} 年计划 ${standing.length} 项，完成 ${count('done')} 项${count('late') > 0 ? `，${count('late')} 项过了期限` : ''}`
        }
        note={`${data.orgName}的年度计划。${coverage && `${coverage}。`}进度由会议和任务的记录算出，不用填报。`}
        actions={
          <>
            <YearPick year={year} onChange={(y) => go({ year: y })} />
            {standing.length > 0 && (
              <PaperLinks label="计划" of={(format) => downloadOf('plans.paper', { orgId: org.id, year, which: 'plan', format })} />
            )}
            {data.can.manage && (
              <button type="button" className="button primary" onClick={() => setAdding({})}>
                <Icon name="plus" weight={2} /> 列入一项
              </button>
            )}
          </>
        }
      />
      <div className="stack">
        {data.items.length === 0 && (
          <section className="card" aria-label="计划的工作">
            <Empty why="计划还是空的。" later="列入的每一项和它的进度会出现在这里，年底自动成为报告。" />
          </section>
        )}
        {(['business', 'party'] as const).map((side) => {
          const entries = data.items.filter((e) => e.side === side)
          return (
            entries.length > 0 && (
              <section key={side} className="card" aria-label={SIDES[side]}>
                {tasks.length > 0 && (
                  <header>
                    <h2>{SIDES[side]}</h2>
                  </header>
                )}
                <ul className="plan-entries">
                  {entries.map((e) => (
                    <EntryLine key={e.id} entry={e} manage={data.can.manage} onDone={() => setDoing(e)} onPair={() => setPairing(e)} />
                  ))}
                </ul>
              </section>
            )
          )
        })}
        {!BRANCH_KINDS.includes(org.kind as OrgKind) && <BelowCard orgId={org.id} year={year} />}
        <ReportCard key={`${org.id}${year}`} orgId={org.id} year={year} report={data.report} manage={data.can.manage} />
      </div>
      {adding && (
        <AdoptForm
          orgId={org.id}
          orgName={org.name}
          year={year}
          leads={data.leads}
          tasks={tasks}
          {...adding}
          onClose={() => setAdding(undefined)}
        />
      )}
      {pairing && (
        <PairForm
          task={pairing}
          measures={standing.filter((e) => e.side === 'party')}
          onClose={() => setPairing(undefined)}
          onAdopt={() => {
            setAdding({ forTask: pairing.id })
            setPairing(undefined)
          }}
        />
      )}
      {doing && <DoneForm entry={doing} onClose={() => setDoing(undefined)} />}
    </>
  )
}
