import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { centsOf, METHODS, type Method, yuan } from '../contract.ts'
import { monthText } from './MonthPick.tsx'
import type { Row } from './MonthView.tsx'

interface Props {
  orgId: string
  month: string
  rows: Row[]
  onClose: () => void
  onDone: () => void
}

const restOf = ({ owed, paid }: Row) => (owed ?? 0) - paid

/** Several members at once pay the rest of what they owe; one member may also have paid another amount. */
export function PayForm({ orgId, month, rows, onClose, onDone }: Props) {
  const [paidOn, setPaidOn] = useState<string | null>(today())
  const [method, setMethod] = useState<Method>('mobile')
  const [amount, setAmount] = useState(rows.length === 1 ? yuan(restOf(rows[0]!)) : '')
  const single = rows.length === 1
  const input = () => {
    const cents = single ? centsOf(amount) : null
    if (!paidOn) return '请填交纳日期'
    if (single && (cents === null || cents === 0)) return '请填金额，写成 15.00'
    const items = rows.map((row) => ({ personId: row.personId, cents: cents ?? restOf(row) }))
    return { orgId, month, items, paidOn, method }
  }
  const total = rows.reduce((sum, row) => sum + restOf(row), 0)
  return (
    <PanelForm
      name="dues.pay"
      open
      onClose={onClose}
      kicker={`${monthText(month)}党费`}
      title={single ? `${rows[0]!.name}交来党费` : `${rows.length} 人交来党费，共 ${yuan(total)} 元`}
      note={single ? undefined : rows.map((row) => `${row.name} ${yuan(restOf(row))}`).join('，')}
      input={input}
      submit="登记已交"
      done="已登记"
      onDone={onDone}
    >
      {(problems) => (
        <>
          {single && <TextLine label="金额（元）" value={amount} onChange={setAmount} problem={problems['items.0.cents']} max={14} />}
          <LabelledDate label="哪一天交的" value={paidOn} onChange={setPaidOn} problem={problems.paidOn} />
          <Segments label="怎么交的" value={method} options={METHODS} onChange={setMethod} />
        </>
      )}
    </PanelForm>
  )
}
