import { useState } from 'react'
import { useCommand, useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { dateText } from '#web/text.ts'
import { METHODS, yuan } from '../contract.ts'
import { BaseForm } from './BaseForm.tsx'
import type { Row } from './MonthView.tsx'
import { ReduceForm } from './ReduceForm.tsx'

/** One member's dues: base (masked), this month's payments, the months before, a reduction. */
export function PersonDues({ row, orgId, month }: { row: Pick<Row, 'personId' | 'name'> & Partial<Row>; orgId: string; month: string }) {
  const { data, error, refetch } = useRead('dues.baseOf', { personId: row.personId })
  const reveal = useCommand('dues.revealBase')
  const [form, setForm] = useState<'base' | 'reduce' | null>(null)
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={6} />
  const [base] = data.bases
  const shown = reveal.data?.cents
  return (
    <div className="stack">
      <dl className="dues-facts">
        <dt>交纳类别</dt>
        <dd>{base ? `${base.payerName}，${base.from.slice(0, 7)} 起` : '没有登记基数'}</dd>
        <dt>月基数</dt>
        <dd>
          {base ? (shown ? `${yuan(shown)} 元` : '＊＊＊＊') : '—'}
          {base && !shown && (
            <button type="button" className="link small" onClick={() => reveal.mutate({ personId: row.personId })}>
              看一下（留痕）
            </button>
          )}
        </dd>
        <dt>每月应交</dt>
        <dd>{data.due === null ? '—' : `${yuan(data.due)} 元${data.perMille ? `（${data.perMille / 10}%）` : ''}`}</dd>
        {data.reduction && (
          <>
            <dt>少交</dt>
            <dd>
              {data.reduction.from} 至 {data.reduction.until} 每月 {yuan(data.reduction.cents)} 元，
              {data.reduction.state === 'approved' ? '已批准' : '等上级批复（在请示与批复里报送）'}
            </dd>
          </>
        )}
      </dl>
      {row.payments && row.payments.length > 0 && (
        <ul className="dues-lines">
          {row.payments.map((p) => (
            <li key={p.id}>
              <span>
                {dateText(p.paidOn)} {METHODS[p.method]} {yuan(p.cents)} 元
              </span>
              <StepButton
                name="dues.takeBackPayment"
                kind="small"
                label="撤回这一笔"
                input={{ id: p.id, version: p.version }}
                can
                warn="登记错了才撤回；撤回留痕，可以重新登记。"
                done="已撤回"
              />
            </li>
          ))}
        </ul>
      )}
      <div className="row wrap">
        <button type="button" className="button small" onClick={() => setForm('base')}>
          {base ? '改基数' : '登记基数'}
        </button>
        {data.reduction ? (
          <StepButton
            name="dues.endReduction"
            kind="small"
            label={data.reduction.state === 'approved' ? '从本月起不再少交' : '撤销拟定的少交'}
            input={{ id: data.reduction.id, version: data.reduction.version, month }}
            can
            warn="批准过的到上月为止，以前的月份不变。"
            done="已办"
          />
        ) : (
          <button type="button" className="button small" onClick={() => setForm('reduce')}>
            拟定少交或免交
          </button>
        )}
      </div>
      <MonthLines months={data.months} />
      {form === 'base' && <BaseForm person={{ id: row.personId, name: row.name }} month={month} onClose={() => setForm(null)} />}
      {form === 'reduce' && (
        <ReduceForm orgId={orgId} person={{ id: row.personId, name: row.name }} month={month} onClose={() => setForm(null)} />
      )}
    </div>
  )
}

/** The months so far, the last first. */
export function MonthLines({ months }: { months: { month: string; orgName: string; owed: number; paid: number }[] }) {
  if (months.length === 0) return null
  return (
    <ul className="dues-lines" aria-label="各月党费">
      {months.map((m) => (
        <li key={m.month}>
          <span>{m.month}</span>
          <span className="grow small t2">{m.orgName}</span>
          <span className={m.paid < m.owed ? 'hu' : ''}>
            {yuan(m.paid)} / {yuan(m.owed)} 元
          </span>
        </li>
      ))}
    </ul>
  )
}
