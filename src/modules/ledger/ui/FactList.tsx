import { useState } from 'react'
import { useReadPages } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { Seal } from '#web/parts/Seal.tsx'
import { Status } from '#web/parts/Status.tsx'
import { dateText, momentText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { FactCard } from './FactCard.tsx'

type Row = Api['ledger.facts']['output']['items'][number]

/** The facts of one organisation, the last recorded first. */
export function FactList({ orgId }: { orgId: string }) {
  const list = useReadPages('ledger.facts', { orgId, limit: 20 })
  const [open, setOpen] = useState<string>()
  return (
    <ListTable
      label="本组织的实绩"
      columns={COLUMNS}
      {...list.table}
      rowKey={(row) => row.id}
      open={open}
      onOpen={setOpen}
      detail={(row) => ({ title: row.title, content: <FactCard input={{ id: row.id }} /> })}
      empty={<Empty why="这个组织还没有实绩" later="会议签字、任职、党员变动等办好后，在这里按先后列出。" />}
    />
  )
}

const COLUMNS: Column<Row>[] = [
  { key: 'title', title: '事项', render: (row) => row.title },
  {
    key: 'n',
    title: '编号',
    render: (row) => (row.n === null ? <Status kind="calm">等待编号</Status> : <Seal number={String(row.n)} />),
    narrow: true,
    phone: 'status',
  },
  { key: 'on', title: '发生日期', render: (row) => <span className="nowrap">{dateText(row.happenedOn)}</span>, phone: 'line' },
  { key: 'at', title: '记录时间', render: (row) => <span className="nowrap t2">{momentText(row.recordedAt)}</span> },
  { key: 'counts', title: '现在', render: (row) => (row.retracted ? <span className="hu">已撤回</span> : '计入') },
]
