import { useState } from 'react'
import { addMonths } from '#kernel/civilDate.ts'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { centsOf } from '../contract.ts'

interface Props {
  orgId: string
  person: { id: string; name: string }
  month: string
  onClose: () => void
}

/** What the branch has studied: less, or nothing, for some months; in force once the superior has approved the request. */
export function ReduceForm({ orgId, person, month, onClose }: Props) {
  const [from, setFrom] = useState(month)
  const [until, setUntil] = useState(addMonths(`${month}-01`, 5).slice(0, 7))
  const [amount, setAmount] = useState('0')
  const [reason, setReason] = useState('')
  const input = () => {
    const cents = centsOf(amount)
    if (cents === null) return '请填每月交多少，免交填 0'
    if (!MONTH.test(from) || !MONTH.test(until)) return '请填月份，写成 2026-10'
    return reason.trim().length < 2 ? '请填原因' : { orgId, personId: person.id, from, until, cents, reason }
  }
  return (
    <PanelForm
      name="dues.askReduction"
      open
      onClose={onClose}
      kicker={person.name}
      title="拟定少交或免交党费"
      note="支部研究后存在这里，再到请示与批复里报送「少交、免交党费」；上级批复同意后自动生效"
      input={input}
      submit="存入，待报送"
      done="已存入，请到请示与批复里报送"
    >
      {(problems) => (
        <>
          <TextLine label="从哪个月起" value={from} onChange={setFrom} problem={problems.from} max={7} />
          <TextLine label="到哪个月止" value={until} onChange={setUntil} problem={problems.until} max={7} />
          <TextLine label="每月交（元，免交填 0）" value={amount} onChange={setAmount} problem={problems.cents} max={14} />
          <TextLine label="原因" value={reason} onChange={setReason} problem={problems.reason} max={200} />
        </>
      )}
    </PanelForm>
  )
}

const MONTH = /^\d{4}-\d{2}$/
