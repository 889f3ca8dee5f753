import { Link } from '@tanstack/react-router'
import { useReadPages } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { dateText } from '#web/text.ts'

type Item = ReturnType<typeof useReadPages<'plans.unpaired'>>['items'][number]

/** What stands alone in the plans here and below: only that it does. */
export function BelowCard({ orgId, year }: { orgId: string; year: number }) {
  const { items, first, ...list } = useReadPages('plans.unpaired', { orgId, year })
  if (first && first.tasks === 0) return null
  return (
    <section className="card" aria-label="本级和下级的配对情况">
      <header>
        <h2>本级和下级的重点业务任务</h2>
        {first && (
          <span className="small t2">
            {first.tasks} 项，{first.paired} 项配有党建举措
          </span>
        )}
      </header>
      <ListTable
        label="没有配党建举措的重点业务任务"
        columns={columns(year)}
        rows={items}
        rowKey={(i) => i.id}
        {...list}
        canOpen={() => false}
        empty={<Empty done why="每一项都配有党建举措。" />}
        foot="列出没有配党建举措的。要不要配，由各单位定。"
      />
    </section>
  )
}

const columns = (year: number): Column<Item>[] => [
  {
    key: 'title',
    title: '重点业务任务',
    render: (i) => (
      <Link to={'/plans' as never} search={{ org: i.orgId, year } as never}>
        {i.title}
      </Link>
    ),
  },
  { key: 'org', title: '组织', render: (i) => i.orgName, width: 200, phone: 'line' },
  { key: 'due', title: '期限', render: (i) => `${dateText(i.dueOn)}前`, width: 140, phone: 'status' },
]
