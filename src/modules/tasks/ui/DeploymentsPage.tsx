import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAddress } from '#web/address.ts'
import { useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Due } from '#web/parts/Due.tsx'
import { Empty } from '#web/parts/Empty.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { holds, useSession } from '#web/session.ts'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { DeployForm } from './DeployForm.tsx'
import './tasks.css'

type Card = Api['tasks.deployments']['output']['items'][number]

/** 部署: what this organisation asked of those below it, and how far they are. */
export function DeploymentsPage() {
  const { org } = useOrg()
  const session = useSession()
  const navigate = useNavigate()
  const [{ from }, choose] = useAddress<{ from?: string }>()
  const [writing, setWriting] = useState(false)
  const list = useReadPages('tasks.deployments', { orgId: org?.id ?? '' }, { enabled: org !== undefined })
  if (!org) return <Empty why="你还没有所在的党组织，这里没有可看的部署。" />
  const late = list.items.filter((d) => d.counts.overdue > 0).length
  const shut = () => {
    setWriting(false)
    choose({ from: undefined })
  }
  return (
    <>
      <PageTitle
        conclusion={list.items.length === 0 ? '还没有向下级部署' : late > 0 ? `${late} 项部署有下级逾期` : '各项部署没有逾期'}
        note={`${org.name}向下级部署的工作：接收、安排、报结果、答复，各单位办到哪一步一看就知道。`}
        actions={
          holds(session, 'tasks.give', org.id) && (
            <button type="button" className="button primary" onClick={() => setWriting(true)}>
              <Icon name="plus" weight={2} /> 部署一项工作
            </button>
          )
        }
      />
      <section className="card">
        <ListTable
          label="部署"
          columns={columns}
          {...list.table}
          rowKey={(d) => d.id}
          onOpen={(id) => id && void navigate({ to: `/deployments/${id}` } as never)}
          empty={<Empty why="本组织还没有向下级部署过工作。" later="部署后，接收的各单位和办理情况列在这里。" />}
        />
      </section>
      {(writing || from) && <DeployForm orgId={org.id} orgName={org.name} fromTaskId={from} onClose={shut} />}
    </>
  )
}

const columns: Column<Card>[] = [
  { key: 'title', title: '部署', render: (d) => d.title },
  { key: 'given', title: '下达', render: (d) => dateText(d.givenOn), phone: 'line' },
  { key: 'due', title: '时限', render: (d) => <Due due={d.dueOn} /> },
  { key: 'received', title: '接收', align: 'right', render: (d) => `${d.counts.received}/${d.counts.receivers}` },
  { key: 'planned', title: '安排', align: 'right', render: (d) => `${d.counts.planned}/${d.counts.receivers}` },
  { key: 'submitted', title: '报结果', align: 'right', render: (d) => `${d.counts.submitted}/${d.counts.receivers}` },
  { key: 'closed', title: '办结', align: 'right', render: (d) => `${d.counts.closed}/${d.counts.receivers}`, phone: 'line' },
  {
    key: 'late',
    title: '逾期',
    align: 'right',
    render: (d) => (d.counts.overdue > 0 ? <span className="zhe strong">{d.counts.overdue} 个单位</span> : '没有'),
    phone: 'status',
  },
]
