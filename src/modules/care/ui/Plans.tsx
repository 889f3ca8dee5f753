import { useAddress } from '#web/address.ts'
import { useReadPages } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { Status } from '#web/parts/Status.tsx'
import { dateText } from '#web/text.ts'
import { ENDINGS, KINDS, type Kind, type PlanRow } from '../contract.ts'
import { PlanDetail } from './PlanDetail.tsx'

/** Who is away, lost or retired, those who wait longest for a contact first. */
export function Plans({ here, kinds }: { here: { orgId?: string }; kinds: Kind[] }) {
  const [{ open }, show] = useAddress<{ open?: string }>()
  const list = useReadPages('care.list', { ...here, kinds, limit: 30 })
  return (
    <ListTable
      label={kinds.map((kind) => KINDS[kind]).join('、')}
      columns={COLUMNS}
      {...list.table}
      rowKey={keyOf}
      open={open}
      onOpen={(key) => show({ open: key })}
      detail={(row) => ({ title: row.name, content: <PlanDetail row={row} /> })}
      empty={
        kinds.includes('retired') ? (
          <Empty why="还没有登记离退休党员" later="登记后写明编在哪里、多久联系一次；每次联系只记日期。" />
        ) : (
          <Empty done why="没有流动党员和失联党员" later="外出 6 个月以上、地点不固定的，从“建立联系计划”登记。" />
        )
      }
    />
  )
}

const keyOf = (row: PlanRow) => row.id ?? `${row.kind} ${row.personId}`

/** Where the contact stands, in a few words. */
export function PlanStatus({ id, endedWhy, overdue, daysSince, dueOn }: PlanRow) {
  if (endedWhy) return <Status kind="calm">{ENDINGS[endedWhy]}</Status>
  if (id === null) return <Status kind="late">还没有联系计划</Status>
  if (overdue) return <Status kind="late">{daysSince} 天没有联系</Status>
  return <Status kind="done">{dateText(dueOn!)} 前联系</Status>
}

const COLUMNS: Column<PlanRow>[] = [
  { key: 'name', title: '姓名', render: (row) => row.name, width: 110 },
  {
    key: 'kind',
    title: '类别',
    narrow: true,
    phone: 'line',
    render: (row) => `${KINDS[row.kind]}${row.place ? `，${row.place}` : ''}`,
  },
  { key: 'org', title: '支部', render: (row) => row.orgName },
  { key: 'contact', title: '联系人', render: (row) => row.contactName ?? '—' },
  { key: 'lastOn', title: '上次联系', render: (row) => <span className="nowrap">{row.lastOn ? dateText(row.lastOn) : '—'}</span> },
  { key: 'hints', title: '提示', render: (row) => (row.hints.length > 0 ? <Status kind="note">{row.hints.length} 条</Status> : '') },
  { key: 'state', title: '联系', narrow: true, phone: 'status', render: (row) => <PlanStatus {...row} /> },
]
