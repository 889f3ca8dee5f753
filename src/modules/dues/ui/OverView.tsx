import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useReadPages } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Status } from '#web/parts/Status.tsx'
import type { Api } from '../../../platform.ts'
import { SOURCE, yuan } from '../contract.ts'
import { MonthPick, monthText } from './MonthPick.tsx'

type Row = Api['dues.overview']['output']['items'][number]

interface Props {
  orgId: string
  month: string
  onMonth: (month: string) => void
  tabs: ReactNode
}

/** A committee's branches in a month: which have listed, what is open. No names. */
export function OverView({ orgId, month, onMonth, tabs }: Props) {
  const list = useReadPages('dues.overview', { orgId, month, limit: 50 })
  const navigate = useNavigate()
  const totals = list.first?.totals
  return (
    <>
      <PageTitle
        conclusion={
          totals
            ? `${monthText(month)} ${totals.branches} 个支部中 ${totals.listed} 个已建名单，${totals.open} 人没有交足`
            : `${monthText(month)}党费`
        }
        note={`按支部合计，不列个人；${SOURCE}`}
      />
      <section className="card">
        {tabs}
        <div className="list-tools">
          <MonthPick month={month} onChange={onMonth} />
          {totals && (
            <span className="small t2">
              应交 {yuan(totals.owed)} 元，已交 {yuan(totals.paid)} 元
            </span>
          )}
        </div>
        <ListTable
          label="各支部党费"
          columns={COLUMNS}
          {...list.table}
          rowKey={(row) => row.orgId}
          onOpen={(id) => id && void navigate({ to: '/dues', search: { org: id, month, view: 'year' } as never })}
          empty={<Empty why="下面还没有支部" />}
        />
      </section>
    </>
  )
}

const COLUMNS: Column<Row>[] = [
  { key: 'name', title: '支部', render: (row) => row.orgName },
  {
    key: 'state',
    title: '收缴',
    phone: 'status',
    render: (row) =>
      !row.listedOn ? (
        <Status kind="note">没有建名单</Status>
      ) : row.open > 0 ? (
        <Status kind="soon">{row.open} 人没有交足</Status>
      ) : (
        <Status kind="done">已交齐</Status>
      ),
  },
  { key: 'persons', title: '应交人数', align: 'right', render: (row) => row.persons },
  { key: 'owed', title: '应交（元）', align: 'right', phone: 'line', render: (row) => yuan(row.owed) },
  { key: 'paid', title: '已交（元）', align: 'right', render: (row) => yuan(row.paid) },
]
