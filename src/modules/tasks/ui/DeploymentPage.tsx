import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useAddress } from '#web/address.ts'
import { useReadPages } from '#web/api.ts'
import { Due } from '#web/parts/Due.tsx'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { StateOfTask } from './TaskState.tsx'
import './tasks.css'

type Whole = Api['tasks.deployment']['output']
type Row = Whole['items'][number]
const STAGES = { all: '全部', given: '没接收', planned: '在落实', submitted: '待验收', closed: '已办结', overdue: '逾期' } as const
type Stage = keyof typeof STAGES

/** One deployment: what was asked, and how each receiving organisation stands. */
export function DeploymentPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const navigate = useNavigate()
  const [{ stage = 'all' }, choose] = useAddress<{ stage?: Stage }>()
  const list = useReadPages('tasks.deployment', { id, stage, limit: 50 })
  const d = list.first
  if (list.error) return <ErrorCard error={list.error} again={list.again} />
  if (!d) return <Skeleton lines={10} />
  return (
    <>
      <PageTitle conclusion={d.counts ? saysOf(d.title, d.counts) : d.title} crumb={d.title} note={noteOf(d)} />
      <div className="stack">
        <section className="card">
          <header>
            <h2>部署内容</h2>
            {d.from && (
              <Link className="small" to="/deployments/$id" params={{ id: d.from.id } as never}>
                分解自{d.from.orgName}“{d.from.title}”
              </Link>
            )}
          </header>
          <p className="inside said tk-text">{d.text}</p>
        </section>
        <section className="card" aria-label="各单位办理情况">
          {d.counts && (
            <Tabs
              label="办理情况"
              tabs={(Object.keys(STAGES) as Stage[]).map((key) => ({ key, label: STAGES[key], count: countOf(d, key) }))}
              active={stage}
              onChange={(key) => choose({ stage: key === 'all' ? undefined : key })}
            />
          )}
          <ListTable
            label="各单位办理情况"
            columns={columns}
            rows={list.items}
            rowKey={(t) => t.id}
            isPending={list.isPending}
            isFetching={list.isFetching}
            again={list.again}
            more={list.more}
            onOpen={(task) => task && void navigate({ to: `/tasks/${task}` } as never)}
            empty={<Empty done={stage === 'overdue'} why={stage === 'overdue' ? '没有逾期的单位。' : '没有在这一步的单位。'} />}
          />
        </section>
      </div>
    </>
  )
}

const saysOf = (title: string, { receivers, closed, overdue }: NonNullable<Whole['counts']>) =>
  `${title}：${receivers} 个单位，已办结 ${closed} 个${overdue > 0 ? `，逾期 ${overdue} 个` : ''}`

const noteOf = ({ orgName, givenBy, givenOn, dueOn }: Whole) =>
  `${orgName}${givenBy ? ` ${givenBy}` : ''} · ${dateText(givenOn)}下达 · ${dueOn ? `${dateText(dueOn)}前办结` : '没有设时限'}`

function countOf({ counts, states }: Whole, stage: Stage): number | undefined {
  if (stage === 'all') return counts?.receivers
  if (stage === 'overdue') return counts?.overdue
  return states[stage] ?? 0
}

const columns: Column<Row>[] = [
  { key: 'org', title: '单位', render: (t) => t.orgName },
  { key: 'lead', title: '谁办', render: (t) => t.lead?.name ?? '支委共同负责' },
  { key: 'due', title: '时限', render: (t) => (t.state === 'closed' ? '已办结' : <Due due={t.dueOn} />), phone: 'line' },
  { key: 'result', title: '结果', render: (t) => t.result ?? '还没有报' },
  { key: 'state', title: '状态', render: (t) => <StateOfTask task={t} brief />, phone: 'status' },
]
