import { useReadPages } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { dateText } from '#web/text.ts'
import type { TalkLine } from '../contract.ts'

/** The talks that were recorded, the newest first; a wrong one is taken back. */
export function Lines({ orgId, year }: { orgId: string; year: number }) {
  const list = useReadPages('talks.list', { orgId, year, limit: 50 })
  return (
    <ListTable
      label="已登记的谈话"
      columns={columns}
      rows={list.items as TalkLine[]}
      rowKey={(t) => t.id}
      isPending={list.isPending}
      isFetching={list.isFetching}
      error={list.error}
      again={list.again}
      more={list.more}
      empty={<Empty why="这一年还没有登记过谈话。" later="谈过以后点「登记谈话」，一次可以登记好几个人。" />}
    />
  )
}

const columns: Column<TalkLine>[] = [
  { key: 'who', title: '谁和谁', render: (t) => `${t.a.name} 和 ${t.b.name}` },
  { key: 'on', title: '日期', render: (t) => <span className="nowrap">{dateText(t.on)}</span>, phone: 'line' },
  { key: 'by', title: '登记人', render: (t) => t.recordedBy ?? '' },
  {
    key: 'back',
    title: '',
    align: 'right',
    phone: 'status',
    render: (t) => (
      <StepButton
        name="talks.withdraw"
        label="撤回"
        kind="small"
        input={{ id: t.id }}
        can
        warn={`撤回 ${dateText(t.on)} ${t.a.name}和${t.b.name}的谈话登记？账上会留下撤回的记录。`}
        done="已撤回"
      />
    ),
  },
]
