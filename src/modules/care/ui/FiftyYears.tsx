import { useState } from 'react'
import { downloadOf, useReadPages } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { Status } from '#web/parts/Status.tsx'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { CondoleForm } from './CondoleForm.tsx'

type Row = Api['care.fifty']['output']['items'][number]

/** Who reaches fifty years in the Party by a day, the uncertain ones marked. */
export function FiftyYears({ here }: { here: { orgId?: string } }) {
  const [by, setBy] = useState<string | null>(null)
  const [open, setOpen] = useState<string | undefined>()
  const [giving, setGiving] = useState<Row | null>(null)
  const asked = by ? { ...here, by } : here
  const list = useReadPages('care.fifty', { ...asked, limit: 30 })
  return (
    <>
      <div className="care-bar">
        <LabelledDate label="截至哪一天" value={by ?? list.first?.by ?? null} onChange={setBy} />
        <a className="button small" href={downloadOf('care.fiftySheet', asked)} download>
          导出名单（Excel）
        </a>
      </div>
      <p className="small t2 inside">{list.first?.rule}</p>
      <ListTable
        label="光荣在党50年"
        columns={COLUMNS}
        {...list.table}
        rowKey={(row) => row.personId}
        open={open}
        onOpen={setOpen}
        detail={(row) => ({
          title: row.name,
          content: (
            <div className="stack">
              {row.why && <p className="note hu">{row.why}。</p>}
              <dl className="care-facts">
                <dt>支部</dt>
                <dd>{row.orgName}</dd>
                <dt>入党</dt>
                <dd>{row.joined ?? '未填'}</dd>
                <dt>转正</dt>
                <dd>{row.converted ?? '未填'}</dd>
                <dt>满50年</dt>
                <dd>{row.on}</dd>
                {row.medalOn && (
                  <>
                    <dt>纪念章</dt>
                    <dd>{row.medalOn} 颁发</dd>
                  </>
                )}
              </dl>
              {!row.medalOn && (
                <button type="button" className="button small" onClick={() => setGiving(row)}>
                  记颁发纪念章
                </button>
              )}
            </div>
          ),
        })}
        empty={<Empty why="到这一天没有满 50 年的党员" later="党龄从转正之日起算；名册上没有转正日期的，按入党日期列出来核对。" />}
      />
      {giving && <CondoleForm medal person={{ id: giving.personId, name: giving.name }} onClose={() => setGiving(null)} />}
    </>
  )
}

const COLUMNS: Column<Row>[] = [
  { key: 'name', title: '姓名', render: (row) => row.name, width: 110 },
  { key: 'org', title: '支部', phone: 'line', narrow: true, render: (row) => row.orgName },
  { key: 'converted', title: '转正', render: (row) => row.converted ?? `入党 ${row.joined}` },
  { key: 'on', title: '满50年', render: (row) => <span className="nowrap">{dateText(row.on)}</span> },
  {
    key: 'state',
    title: '核对',
    narrow: true,
    phone: 'status',
    render: (row) =>
      row.medalOn ? (
        <Status kind="done">已颁发</Status>
      ) : row.certain ? (
        <Status kind="soon">已满</Status>
      ) : (
        <Status kind="note">核对原文</Status>
      ),
  },
]
