import { useAddress } from '#web/address.ts'
import { useReadPages } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { Status } from '#web/parts/Status.tsx'
import { dateText } from '#web/text.ts'
import type { BranchCoverage } from '../contract.ts'

/** Counts of each branch below, for those above it. */
export function Branches({ orgId, year }: { orgId: string; year: number }) {
  const [{ left = false }, choose] = useAddress<{ left?: boolean }>()
  const list = useReadPages('talks.overview', { orgId, year, leftOnly: left, limit: 50 })
  return (
    <>
      <label className="row small list-tools">
        <input type="checkbox" checked={left} onChange={(e) => choose({ left: e.target.checked || undefined })} />
        只看还没谈完的
      </label>
      <ListTable
        label="各支部谈心谈话"
        columns={columns}
        rows={list.items as BranchCoverage[]}
        rowKey={(b) => b.orgId}
        isPending={list.isPending}
        isFetching={list.isFetching}
        error={list.error}
        again={list.again}
        more={list.more}
        empty={<Empty done={left} why={left ? '各支部都谈完了。' : '下面没有党支部。'} />}
      />
    </>
  )
}

const columns: Column<BranchCoverage>[] = [
  { key: 'name', title: '支部', render: (b) => b.orgName },
  { key: 'people', title: '人数', align: 'right', render: (b) => b.people },
  { key: 'talks', title: '谈话', align: 'right', render: (b) => `${b.talks} 次`, phone: 'line' },
  { key: 'last', title: '最近一次', render: (b) => (b.last ? dateText(b.last) : '还没有'), phone: 'line' },
  {
    key: 'left',
    title: '情况',
    render: (b) => (b.left > 0 ? <Status kind="soon">{`尚有 ${b.left} 人未谈`}</Status> : <Status kind="done">都谈过</Status>),
    phone: 'status',
  },
]
