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
import { Tabs } from '#web/parts/Tabs.tsx'
import { holds, useSession } from '#web/session.ts'
import { dateText } from '#web/text.ts'
import { SOURCES, type TaskCard, type TaskSource } from '../contract.ts'
import { GiveForm } from './GiveForm.tsx'
import { StateOfTask } from './TaskState.tsx'
import './tasks.css'

const VIEWS = { open: '在办', overdue: '逾期', submitted: '待验收', above: '等上级定', given: '我们交办的', closed: '已办结' } as const
type View = keyof typeof VIEWS
const EMPTY: Record<View, string> = {
  open: '没有在办的任务。',
  overdue: '没有逾期的任务。',
  submitted: '没有等着验收的任务。',
  above: '没有等上级定责任方的任务。',
  given: '没有交办出去还没办结的任务。',
  closed: '还没有办结的任务。',
}

/** 任务: what this organisation and those below it have to do, by state, source and title. */
export function TasksPage() {
  const { org } = useOrg()
  const session = useSession()
  const navigate = useNavigate()
  const [{ view = 'open', source, text = '' }, choose] = useAddress<{ view?: View; source?: TaskSource; text?: string }>()
  const [giving, setGiving] = useState(false)
  const list = useReadPages(
    'tasks.list',
    { orgId: org?.id ?? '', view, ...(source ? { source } : {}), ...(text ? { text } : {}) },
    { enabled: org !== undefined },
  )
  if (!org) return <Empty why="你还没有所在的党组织，这里没有可看的任务。" />
  const counts = list.first?.counts
  return (
    <>
      <PageTitle
        conclusion={counts ? titleOf(counts) : '任务'}
        note={`${org.name}及所辖组织。会议决议签字后、上级部署下达后自动列在这里，不用另建。`}
        actions={
          holds(session, 'tasks.give', org.id) && (
            <button type="button" className="button primary" onClick={() => setGiving(true)}>
              <Icon name="plus" weight={2} /> 交办一件事
            </button>
          )
        }
      />
      <section className="card">
        <Tabs
          label="任务"
          tabs={(Object.keys(VIEWS) as View[]).map((key) => ({ key, label: VIEWS[key], count: counts?.[key] }))}
          active={view}
          onChange={(key) => choose({ view: key === 'open' ? undefined : key })}
        />
        <div className="list-tools">
          <label className="pick">
            来源
            <select
              className="text"
              value={source ?? ''}
              onChange={(e) => choose({ source: (e.target.value || undefined) as TaskSource | undefined })}
            >
              <option value="">全部</option>
              {Object.entries(SOURCES).map(([key, name]) => (
                <option key={key} value={key}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label className="pick">
            <span className="hidden-text">题目的开头</span>
            <input
              className="text"
              placeholder="题目的开头几个字"
              maxLength={60}
              value={text}
              onChange={(e) => choose({ text: e.target.value || undefined })}
            />
          </label>
        </div>
        <ListTable
          label={VIEWS[view]}
          columns={columns}
          {...list.table}
          rowKey={(t) => t.id}
          total={source || text ? undefined : counts?.[view]}
          onOpen={(id) => id && void navigate({ to: `/tasks/${id}` } as never)}
          empty={
            <Empty done={view === 'overdue'} why={EMPTY[view]} later="任务来自会议决议、上级部署、年度计划、一岗双责清单和直接交办。" />
          }
        />
      </section>
      {giving && <GiveForm orgId={org.id} orgName={org.name} onClose={() => setGiving(false)} />}
    </>
  )
}

const titleOf = ({ open, overdue }: Record<View, number>) =>
  open === 0 ? '没有在办的任务' : overdue === 0 ? `在办 ${open} 件，没有逾期` : `在办 ${open} 件，${overdue} 件逾期`

const columns: Column<TaskCard>[] = [
  { key: 'title', title: '要办什么', render: (t) => t.title },
  { key: 'lead', title: '牵头', render: (t) => (t.lead ? `${t.orgName} ${t.lead.name}` : t.orgName), phone: 'line' },
  { key: 'source', title: '来源', render: (t) => SOURCES[t.source], phone: 'line' },
  { key: 'giver', title: '交办方', render: (t) => t.giverName },
  { key: 'due', title: '时限', render: (t) => (t.state === 'closed' ? t.dueOn ? dateText(t.dueOn) : '未定' : <Due due={t.dueOn} />) },
  { key: 'state', title: '状态', render: (t) => <StateOfTask task={t} brief />, phone: 'status' },
]
