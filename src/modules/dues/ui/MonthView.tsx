import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { downloadOf, useReadPages } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PaperLinks } from '#web/parts/PaperLinks.tsx'
import { SidePanel } from '#web/parts/SidePanel.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { usePhone } from '#web/screen.ts'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { ROUNDINGS, yuan } from '../contract.ts'
import { BaseForm } from './BaseForm.tsx'
import { DonateForm } from './DonateForm.tsx'
import { DueStatus } from './DueStatus.tsx'
import { MonthPhone } from './MonthPhone.tsx'
import { MonthPick, monthText } from './MonthPick.tsx'
import { PayForm } from './PayForm.tsx'
import { PersonDues } from './PersonDues.tsx'

export type Row = Api['dues.month']['output']['items'][number]
type Output = Api['dues.month']['output']

interface Props {
  org: { id: string; name: string }
  month: string
  onMonth: (month: string) => void
  tabs: ReactNode
}

/** The month of a branch: who owes what, ticked when paid. */
export function MonthView({ org, month, onMonth, tabs }: Props) {
  const list = useReadPages('dues.month', { orgId: org.id, month, limit: 200 })
  const [chosen, setChosen] = useState<string[]>([])
  const [form, setForm] = useState<'pay' | 'donate' | null>(null)
  const [basing, setBasing] = useState<Row | null>(null)
  const [open, setOpen] = useState<string | undefined>()
  const { first } = list
  const phone = usePhone()
  const shown = list.items.find(({ personId }) => personId === open)
  const payable = list.items.filter(({ state }) => state === 'open' || state === 'short')
  const paying = payable.filter(({ personId }) => chosen.includes(personId))
  const toggle = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((c) => c !== id) : [...chosen, id])
  const columns = columnsOf({ chosen, toggle, base: setBasing })
  const all = payable.length > 0 && paying.length === payable.length
  return (
    <>
      <PageTitle
        conclusion={conclusionOf(first, month)}
        note={first && `${first.source}；全额档，边界含在低档，${ROUNDINGS[first.rounding]}。党费由本人交纳，不得垫交或扣缴`}
        actions={
          <>
            <Link to="/dues/import" className="button">
              从表格导入
            </Link>
            {first && (!first.listedOn || first.totals.stale > 0) && first.totals.persons > first.totals.withoutBase && (
              <StepButton
                name="dues.makeList"
                kind="primary"
                label={first.listedOn ? '按现在的名册和基数更新名单' : '生成当月应交名单'}
                input={{ orgId: org.id, month }}
                can
                done="应交名单已生成"
              />
            )}
          </>
        }
      />
      <section className="card">
        {tabs}
        <div className="list-tools">
          <MonthPick month={month} onChange={onMonth} />
          <span className="grow" />
          {payable.length > 0 && (
            <label className="row small dues-all">
              <input type="checkbox" checked={all} onChange={() => setChosen(all ? [] : payable.map(({ personId }) => personId))} />{' '}
              选中没交的 {payable.length} 人
            </label>
          )}
          <button
            type="button"
            className={`button small ${paying.length > 0 ? 'primary' : ''}`}
            aria-disabled={paying.length === 0 || undefined}
            onClick={() => paying.length > 0 && setForm('pay')}
          >
            {paying.length > 0 ? `登记 ${paying.length} 人已交` : '先勾选已交的人'}
          </button>
          <button type="button" className="button small" onClick={() => setForm('donate')}>
            自愿多交
          </button>
          <PaperLinks
            small
            label="收缴表"
            of={(format) => downloadOf('dues.monthPaper', { orgId: org.id, month, format })}
            excel={downloadOf('dues.monthSheet', { orgId: org.id, month })}
          />
          <PaperLinks
            small
            label="全年收缴表"
            of={(format) => downloadOf('dues.yearTable', { orgId: org.id, year: Number(month.slice(0, 4)), format })}
            excel={downloadOf('dues.yearTable', { orgId: org.id, year: Number(month.slice(0, 4)), format: 'excel' })}
          />
        </div>
        {phone && list.items.length > 0 ? (
          <MonthPhone rows={list.items} chosen={chosen} toggle={toggle} base={setBasing} open={setOpen} />
        ) : (
          <ListTable
            label={`${monthText(month)}党费`}
            columns={columns}
            {...list.table}
            rowKey={(row) => row.personId}
            open={open}
            onOpen={setOpen}
            detail={(row) => ({ title: `${row.name}的党费`, content: <PersonDues row={row} orgId={org.id} month={month} /> })}
            foot={first?.listedOn ? `名单${dateText(first.listedOn)}生成` : '名单还没有生成，应交金额按现在的基数算出'}
            empty={<Empty why="这个月名册上没有党员" later="编入名册并登记基数以后，应交金额自动算出。" />}
          />
        )}
        {phone && shown && (
          <SidePanel open onClose={() => setOpen(undefined)} title={`${shown.name}的党费`}>
            <PersonDues row={shown} orgId={org.id} month={month} />
          </SidePanel>
        )}
      </section>
      {form === 'pay' && <PayForm orgId={org.id} month={month} rows={paying} onClose={() => setForm(null)} onDone={() => setChosen([])} />}
      {form === 'donate' && <DonateForm orgId={org.id} rows={list.items} onClose={() => setForm(null)} />}
      {basing && <BaseForm person={{ id: basing.personId, name: basing.name }} month={month} onClose={() => setBasing(null)} />}
    </>
  )
}

function conclusionOf(first: Output | undefined, month: string): string {
  if (!first) return '党费'
  const { persons, owed, paid, open, withoutBase } = first.totals
  const name = monthText(month)
  if (persons === withoutBase) return `${name}：还没有登记党费基数`
  if (!first.listedOn) return `${name}应交名单还没有生成${withoutBase > 0 ? `，${withoutBase} 人没有基数` : ''}`
  if (open === 0) return `${name}党费已交齐，共 ${yuan(paid)} 元`
  const left = month < today().slice(0, 7) ? '没有交足' : '还没有交'
  return `${name}应交 ${yuan(owed)} 元，已交 ${yuan(paid)} 元，${open} 人${left}`
}

interface Tools {
  chosen: string[]
  toggle: (id: string) => void
  base: (row: Row) => void
}

const columnsOf = ({ chosen, toggle, base }: Tools): Column<Row>[] => [
  { key: 'name', title: '姓名', render: (row) => row.name, width: 130 },
  {
    key: 'tick',
    title: '已交',
    narrow: true,
    render: (row) =>
      row.state === 'open' || row.state === 'short' ? (
        <label className="row dues-tick">
          <input
            type="checkbox"
            checked={chosen.includes(row.personId)}
            onChange={() => toggle(row.personId)}
            aria-label={`${row.name}已交`}
          />
          <DueStatus row={row} />
        </label>
      ) : row.state === 'noBase' ? (
        <button type="button" className="button small" onClick={() => base(row)}>
          登记基数<span className="hidden-text">：{row.name}</span>
        </button>
      ) : (
        <DueStatus row={row} />
      ),
  },
  {
    key: 'owed',
    title: '应交（元）',
    align: 'right',
    narrow: true,
    render: (row) => (row.owed === null ? <span className="t3">{row.elsewhere ?? '未登记'}</span> : yuan(row.owed)),
  },
  { key: 'paid', title: '已交（元）', align: 'right', render: (row) => (row.paid > 0 ? yuan(row.paid) : <span className="t3">0</span>) },
  {
    key: 'payer',
    title: '交纳类别',
    render: (row) => (
      <>
        {row.payerName ?? <span className="t3">未登记</span>}
        {row.reduced && <span className="tag">批准少交</span>}
        {row.stale && row.state !== 'unlisted' && <span className="tag hu">名单待更新</span>}
      </>
    ),
  },
  { key: 'on', title: '交纳日期', render: (row) => row.payments.at(-1)?.paidOn ?? '' },
]
