import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { centsOf } from '../contract.ts'
import type { Row } from './MonthView.tsx'

/** A member gives more than is owed, of the own will. */
export function DonateForm({ orgId, rows, onClose }: { orgId: string; rows: Row[]; onClose: () => void }) {
  const [personId, setPerson] = useState<string | null>(null)
  const [amount, setAmount] = useState('')
  const [paidOn, setPaidOn] = useState<string | null>(today())
  const input = () => {
    const cents = centsOf(amount)
    if (!personId) return '请选是谁'
    if (!cents) return '请填金额，写成 1000.00'
    return paidOn ? { orgId, personId, cents, paidOn } : '请填日期'
  }
  return (
    <PanelForm
      name="dues.donate"
      open
      onClose={onClose}
      title="登记自愿一次多交"
      note="一次 1,000 元以上的由基层党委代收，全部上缴中央，单列统计；不抵当月应交"
      input={input}
      submit="登记自愿多交"
      done="已登记，单列统计"
    >
      {(problems) => (
        <>
          <Choice
            label="谁"
            value={personId}
            options={Object.fromEntries(rows.map((row) => [row.personId, row.name]))}
            onChange={setPerson}
            problem={problems.personId}
          />
          <TextLine label="金额（元）" value={amount} onChange={setAmount} problem={problems.cents} max={14} />
          <LabelledDate label="哪一天交的" value={paidOn} onChange={setPaidOn} problem={problems.paidOn} />
        </>
      )}
    </PanelForm>
  )
}
