import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useAddress } from '#web/address.ts'
import { useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { YearPick } from '#web/parts/YearPick.tsx'
import type { Api } from '../../../platform.ts'
import { LocalRules } from './LocalRules.tsx'

type Row = Api['development.plans']['output']['items'][number]

/** How many members each branch may receive in a year, as the superior says, and how many it has. */
export function PlansPage() {
  const { org } = useOrg()
  const [{ year = Number(today().slice(0, 4)) }, show] = useAddress<{ year?: number }>()
  const [setting, setSetting] = useState<Row | null>(null)
  const list = useReadPages('development.plans', { orgId: org?.id ?? '', year, limit: 50 }, { enabled: org !== undefined })
  const can = list.first?.can.set === true
  const columns: Column<Row>[] = [
    { key: 'org', title: '支部', render: (r) => r.orgName },
    { key: 'number', title: '计划数', align: 'right', phone: 'status', render: (r) => r.number ?? <span className="t3">未下达</span> },
    { key: 'received', title: '已接收', align: 'right', phone: 'line', render: (r) => `${r.received} 名` },
    { key: 'waiting', title: '已列发展对象', align: 'right', render: (r) => `${r.waiting} 名` },
    ...(can
      ? [
          {
            key: 'set',
            title: '改定',
            render: (r: Row) => (
              <button type="button" className="button small" onClick={() => setSetting(r)}>
                {r.number === null ? '下达计划数' : '改定计划数'}
              </button>
            ),
          },
        ]
      : []),
  ]
  if (!org) return <Empty why="你还没有所在的党组织。" />
  return (
    <>
      <PageTitle
        conclusion={`${year} 年发展党员计划数`}
        crumb="年度计划数"
        note="由上级下达到支部；超过计划数的，不能再列为发展对象、不能再接收。没有下达的不限制。"
      />
      <div className="stack">
        <LocalRules org={org} />
        <section className="card">
          <div className="list-tools">
            <YearPick year={year} onChange={(y) => show({ year: y })} />
          </div>
          <ListTable
            label="计划数"
            columns={columns}
            {...list.table}
            rowKey={(r) => r.orgId}
            {...(can ? { onOpen: (id?: string) => setSetting(list.items.find((r) => r.orgId === id) ?? null) } : {})}
            empty={<Empty why="这里没有支部" />}
          />
        </section>
      </div>
      {setting && <PlanForm row={setting} year={year} onClose={() => setSetting(null)} />}
    </>
  )
}

function PlanForm({ row, year, onClose }: { row: Row; year: number; onClose: () => void }) {
  const [number, setNumber] = useState(row.number === null ? '' : String(row.number))
  const input = () =>
    /^\d{1,4}$/.test(number.trim()) ? { orgId: row.orgId, year, number: Number(number), version: row.version } : '请填整数'
  return (
    <PanelForm
      name="development.setPlan"
      open
      onClose={onClose}
      kicker={row.orgName}
      title={`${year} 年发展党员计划数`}
      note={`已接收 ${row.received} 名，已列为发展对象 ${row.waiting} 名`}
      input={input}
      submit="下达计划数"
      done="计划数已下达"
    >
      {(problems) => <TextLine label="计划数（名）" value={number} onChange={setNumber} problem={problems.number} max={4} />}
    </PanelForm>
  )
}
