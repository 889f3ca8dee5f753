import { Link, useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useAddress } from '#web/address.ts'
import { useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Due } from '#web/parts/Due.tsx'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { STAGES, STOPS } from '../contract.ts'
import { BeginForm } from './BeginForm.tsx'
import { EnterForm } from './EnterForm.tsx'
import { FindingsList } from './FindingsList.tsx'
import './development.css'

type Board = Api['development.list']['output']
type Row = Board['items'][number]
type View = 'open' | 'late' | 'check' | 'done' | 'stopped'
interface Search {
  view?: View
  stage?: number
}

/** The board of 发展党员 of an organisation and those below it: how many in each stage, who is due next, what is late. */
export function DevelopmentPage() {
  const { org } = useOrg()
  const navigate = useNavigate()
  const [{ view = 'open', stage }, show] = useAddress<Search>()
  const [text, setText] = useState('')
  const [doing, setDoing] = useState<'begin' | 'enter' | null>(null)
  const sought = useDeferredValue(text.trim())
  const list = useReadPages(
    'development.list',
    {
      ...(org ? { orgId: org.id } : {}),
      view: view === 'check' ? 'open' : view,
      ...(stage !== undefined ? { stage } : {}),
      ...(sought ? { text: sought } : {}),
      limit: 50,
    },
    { enabled: org !== undefined },
  )
  const board = list.first
  const open = (id: string | undefined) => id && void navigate({ to: `/development/${id}` } as never)
  if (!org) return <Empty why="你还没有所在的党组织，这里没有可看的。" />
  return (
    <>
      <PageTitle
        conclusion={conclusionOf(board)}
        note={board ? noteOf(board, org.name) : undefined}
        actions={
          <>
            <Link className="button" to="/development/plans">
              年度计划数
            </Link>
            <Link className="button" to="/development/pairs">
              双培养
            </Link>
            {board?.can.manage && (
              <>
                <button type="button" className="button" onClick={() => setDoing('enter')}>
                  补录正在发展的
                </button>
                <button type="button" className="button primary" onClick={() => setDoing('begin')}>
                  登记入党申请
                </button>
              </>
            )}
          </>
        }
      />
      {board && <StageBar board={board} stage={stage} onChoose={(next) => show({ stage: next, view: undefined })} />}
      <section className="card">
        <Tabs
          label="发展党员"
          active={view}
          onChange={(key) => show({ view: key === 'open' ? undefined : key, stage: undefined })}
          tabs={[
            { key: 'open', label: '发展中' },
            { key: 'late', label: '已逾期', count: board?.late },
            { key: 'check', label: '需要核对' },
            { key: 'done', label: '已归档' },
            { key: 'stopped', label: '停止发展' },
          ]}
        />
        {view === 'check' ? (
          <FindingsList orgId={org.id} />
        ) : (
          <>
            <div className="list-tools">
              <input
                className="text development-search"
                type="search"
                aria-label="按姓名的开头找"
                placeholder="姓名的开头"
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            </div>
            <ListTable
              label="发展党员"
              columns={view === 'stopped' ? STOPPED : COLUMNS}
              {...list.table}
              rowKey={(c) => c.id}
              onOpen={open}
              empty={<Empty why={EMPTY[view]} later="登记入党申请，或把正在发展的人补录进来，就会列在这里。" done={view === 'late'} />}
            />
          </>
        )}
      </section>
      {doing === 'begin' && <BeginForm org={org} onClose={() => setDoing(null)} onDone={open} />}
      {doing === 'enter' && <EnterForm org={org} onClose={() => setDoing(null)} onDone={open} />}
    </>
  )
}

const EMPTY: Record<Exclude<View, 'check'>, string> = {
  open: '现在没有正在发展的人',
  late: '没有逾期的步骤',
  done: '还没有办完归档的',
  stopped: '没有停止发展的',
}

/** Five stages with how many are in each; choosing one confines the list. */
function StageBar({ board, stage, onChoose }: { board: Board; stage: number | undefined; onChoose: (stage: number | undefined) => void }) {
  return (
    <nav className="stage-bar" aria-label="五个阶段">
      {board.stages.map(({ name, count }, i) => (
        <button
          type="button"
          key={name}
          className={stage === i ? 'on' : ''}
          aria-pressed={stage === i}
          onClick={() => onChoose(stage === i ? undefined : i)}
        >
          <small>{name}</small>
          <b>{count}</b>
          <span className="hidden-text">人</span>
        </button>
      ))}
    </nav>
  )
}

const COLUMNS: Column<Row>[] = [
  { key: 'name', title: '姓名', render: (c) => c.name, width: 110 },
  { key: 'org', title: '支部', render: (c) => c.orgName, phone: 'line' },
  { key: 'stage', title: '阶段', render: (c) => <span className="nowrap">{c.stageName}</span>, phone: 'line' },
  { key: 'due', title: '接着要办', render: (c) => nextText(c) },
  {
    key: 'from',
    title: '最早可办',
    render: (c) =>
      c.fromOn && c.fromOn > today() ? <span className="nowrap">{dateText(c.fromOn)}</span> : <span className="t3">不限</span>,
  },
  { key: 'dueOn', title: '期限', phone: 'status', render: (c) => <Due due={c.dueOn} /> },
]

/** What has a term comes first; else what the order of the steps says. */
const nextText = (c: Row) => c.due ?? c.next ?? <span className="t3">没有</span>

const STOPPED: Column<Row>[] = [
  ...COLUMNS.slice(0, 3),
  { key: 'why', title: '原因', phone: 'status', render: (c) => (c.stopReason ? STOPS[c.stopReason] : '') },
]

function conclusionOf(board: Board | undefined): string {
  if (!board) return '发展党员'
  const all = board.stages.reduce((sum, { count }) => sum + count, 0)
  if (all === 0) return '现在没有正在发展的人'
  return board.late > 0 ? `${all} 人在发展过程中，${board.late} 人有步骤已到期` : `${all} 人在发展过程中，没有到期未办的步骤`
}

function noteOf({ plan }: Board, name: string): string {
  const rule = '依据《中国共产党发展党员工作细则》，五个阶段二十五步，时间按日历年月计算。'
  if (!plan || plan.number === null) return `${name}及所辖组织。${rule}`
  return `${plan.year} 年计划发展 ${plan.number} 名，已接收 ${plan.received} 名、已列为${STAGES[2]} ${plan.waiting} 名。${rule}`
}
