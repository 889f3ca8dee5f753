import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { YearPick } from '#web/parts/YearPick.tsx'
import { holds, useSession } from '#web/session.ts'
import { type CoverageView, SOURCE } from '../contract.ts'
import { Branches } from './Branches.tsx'
import { Lines } from './Lines.tsx'
import { Matrix } from './Matrix.tsx'
import { RecordForm } from './RecordForm.tsx'

type View = 'who' | 'lines' | 'branches'

/** 谈心谈话: who still is to be talked with, and for those above how far each branch has come. */
export function TalksPage() {
  const { org } = useOrg()
  const session = useSession()
  const [{ view, year = Number(today().slice(0, 4)) }, choose] = useAddress<{ view?: View; year?: number }>()
  const own = org !== undefined && holds(session, 'talks.record', org.id)
  const above = org !== undefined && ['partyCommittee', 'workCommittee', 'generalBranch'].includes(org.kind)
  const shown = view ?? (above || !own ? 'branches' : 'who')
  const { data, error, refetch } = useRead('talks.coverage', { orgId: org?.id ?? '', year }, { enabled: own })
  const [recording, setRecording] = useState(false)
  if (!org) return <Empty why="你还没有所在的党组织，这里没有可看的。" />
  const tabs: { key: View; label: string; count?: number | undefined }[] = [
    ...(own
      ? ([
          { key: 'who', label: '谁还没谈', count: data?.left },
          { key: 'lines', label: '已登记' },
        ] as const)
      : []),
    ...(above || !own ? ([{ key: 'branches', label: '各支部' }] as const) : []),
  ]
  return (
    <>
      <PageTitle
        conclusion={own && data ? says(data) : `${year} 年谈心谈话`}
        note="只记谁和谁、哪一天谈的，不记谈了什么；上级只看次数。"
        actions={
          data?.can.record && (
            <button type="button" className="button primary" onClick={() => setRecording(true)}>
              登记谈话
            </button>
          )
        }
      />
      <section className="card">
        {tabs.length > 1 && <Tabs label="谈心谈话" tabs={tabs} active={shown} onChange={(key) => choose({ view: key })} />}
        <div className="list-tools">
          <YearPick year={year} onChange={(y) => choose({ year: y })} />
        </div>
        {shown === 'branches' ? (
          <Branches orgId={org.id} year={year} />
        ) : error ? (
          <ErrorCard error={error} again={refetch} />
        ) : !data ? (
          <Skeleton lines={8} />
        ) : shown === 'lines' ? (
          <Lines orgId={org.id} year={year} />
        ) : (
          <Matrix view={data} />
        )}
      </section>
      <p className="small t3">依据：{SOURCE}。党员之间的一项只作提示。</p>
      {recording && data && <RecordForm view={data} onClose={() => setRecording(false)} />}
    </>
  )
}

const says = ({ people, left, year }: CoverageView) =>
  people.length < 2 ? `${year} 年谈心谈话` : left > 0 ? `${year} 年谈心谈话尚有 ${left} 人未谈` : `${year} 年谈心谈话都谈过了`
