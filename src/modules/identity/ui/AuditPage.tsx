import { useDeferredValue, useState } from 'react'
import { useReadPages } from '#web/api.ts'
import { DateField } from '#web/parts/DateField.tsx'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { Status } from '#web/parts/Status.tsx'
import { momentText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { AgreementsCard } from './AgreementsCard.tsx'

type Row = Api['identity.audit']['output']['items'][number]

const OUTCOMES = { all: '全部', done: '办成的', refused: '被拒的' }

/** What everybody did, as it was recorded: for the audit officer, who changes nothing. */
export function AuditPage() {
  const [who, setWho] = useState('')
  const [outcome, setOutcome] = useState<keyof typeof OUTCOMES>('all')
  const [from, setFrom] = useState<string | null>(null)
  const [until, setUntil] = useState<string | null>(null)
  const [open, setOpen] = useState<string>()
  const sought = useDeferredValue(who.trim())
  const list = useReadPages('identity.audit', {
    limit: 50,
    ...(sought ? { who: sought } : {}),
    ...(outcome === 'all' ? {} : { outcome }),
    ...(from ? { from } : {}),
    ...(until ? { until } : {}),
  })
  return (
    <>
      <PageTitle conclusion="操作留痕" note="每一次办理都在这里，办成的和被拒的都有；只能看，谁也改不了。业务内容不在其中" />
      <div className="stack">
        <AgreementsCard />
        <section className="card">
          <div className="list-tools">
            <input
              className="text"
              type="search"
              aria-label="按姓名找"
              placeholder="谁（全名）"
              value={who}
              onChange={(event) => setWho(event.target.value)}
            />
            <Segments label="结果" quiet value={outcome} options={OUTCOMES} onChange={setOutcome} />
            <span className="row">
              <DateField aria-label="从哪天" value={from} onChange={setFrom} />
              <DateField aria-label="到哪天" value={until} onChange={setUntil} />
            </span>
          </div>
          <ListTable
            label="操作留痕"
            columns={COLUMNS}
            {...list.table}
            rowKey={(row) => row.id}
            open={open}
            onOpen={setOpen}
            detail={(row) => ({ title: row.title, content: <Detail row={row} /> })}
            empty={<Empty why="没有符合条件的记录" later="换一个人、一个结果或一段日子再看。" />}
          />
        </section>
      </div>
    </>
  )
}

const COLUMNS: Column<Row>[] = [
  { key: 'at', title: '时间', render: (row) => <span className="nowrap">{momentText(row.at)}</span>, width: 150 },
  { key: 'who', title: '谁', render: (row) => row.who, narrow: true, phone: 'line' },
  { key: 'what', title: '做什么', render: (row) => row.title, narrow: true, phone: 'line' },
  {
    key: 'outcome',
    title: '结果',
    phone: 'status',
    render: (row) => (row.outcome === 'done' ? <Status kind="done">办成</Status> : <Status kind="wrong">被拒</Status>),
  },
  { key: 'source', title: '从哪里', render: (row) => row.source ?? '本机' },
]

const Detail = ({ row }: { row: Row }) => (
  <dl className="inside key-values">
    <dt>时间</dt>
    <dd>{momentText(row.at)}</dd>
    <dt>谁</dt>
    <dd>{row.who}</dd>
    <dt>从哪里</dt>
    <dd>{row.source ?? '本机'}</dd>
    <dt>操作</dt>
    <dd>
      {row.title} <span className="mono small t3">{row.operation}</span>
    </dd>
    <dt>结果</dt>
    <dd>{row.outcome === 'done' ? '办成' : `被拒（${row.outcome}）`}</dd>
    <dt>对象编号</dt>
    <dd className="mono small">{row.subject ?? '无'}</dd>
    <dt>请求编号</dt>
    <dd className="mono small">{row.requestId}</dd>
  </dl>
)
