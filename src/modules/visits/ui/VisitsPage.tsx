import { useNavigate } from '@tanstack/react-router'
import { today } from '#kernel/civilDate.ts'
import { useAddress } from '#web/address.ts'
import { useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Status } from '#web/parts/Status.tsx'
import { YearPick } from '#web/parts/YearPick.tsx'
import { dateText } from '#web/text.ts'
import type { VisitCard } from '../contract.ts'

/** 督导: visits of guides to the meetings of an organisation and of those below it. */
export function VisitsPage() {
  const { org } = useOrg()
  const navigate = useNavigate()
  const [{ year = Number(today().slice(0, 4)) }, choose] = useAddress<{ year?: number }>()
  const list = useReadPages('visits.list', { orgId: org?.id ?? '', year, limit: 50 }, { enabled: org !== undefined })
  if (!org) return <Empty why="你还没有所在的党组织，这里没有可看的。" />
  return (
    <>
      <PageTitle
        conclusion={list.isPending || list.items.length > 0 ? `${year} 年的督导意见` : `${year} 年还没有督导意见`}
        note="上级来参加会议的同志在会议记录旁写督导意见；要跟进的事成为支部的任务。"
      />
      <section className="card">
        <div className="list-tools">
          <YearPick year={year} onChange={(y) => choose({ year: y })} />
        </div>
        <ListTable
          label="督导意见"
          columns={columns}
          rows={list.items as VisitCard[]}
          rowKey={(v) => v.id}
          isPending={list.isPending}
          isFetching={list.isFetching}
          error={list.error}
          again={list.again}
          more={list.more}
          onOpen={(id) => id && void navigate({ to: `/visits/${id}` } as never)}
          empty={<Empty why="这一年还没有督导意见。" later="上级的同志参加会议后，打开那次会的记录，就能写。" />}
        />
      </section>
    </>
  )
}

const columns: Column<VisitCard>[] = [
  { key: 'org', title: '组织', render: (v) => v.orgName },
  { key: 'comment', title: '意见', render: (v) => (v.comment.length > 40 ? `${v.comment.slice(0, 40)}…` : v.comment), phone: 'line' },
  { key: 'guide', title: '督导', render: (v) => `${v.fromName} ${v.guide}` },
  { key: 'on', title: '会议日期', render: (v) => <span className="nowrap">{dateText(v.on)}</span>, phone: 'line' },
  {
    key: 'state',
    title: '跟进',
    render: (v) => (v.withdrawnReason ? <Status kind="calm">已撤回</Status> : v.followUps > 0 ? `${v.followUps} 项跟进` : '没有跟进'),
    phone: 'status',
  },
]
