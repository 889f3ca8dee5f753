import { useState } from 'react'
import { Choice } from '#web/parts/Choice.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { centsOf, PAYERS, type Payer } from '../contract.ts'

interface Props {
  person: { id: string; name: string }
  month: string
  onClose: () => void
}

const HINTS: Record<Payer, string> = {
  employed: '基本工资、岗位工资等固定部分加按月普发的奖金；不含个税、五险一金、改革性补贴和不定期的奖金',
  retired: '离退休费总额',
  farmer: '本人确定的每月金额，0.2 元至 1 元',
  minimal: '每月 0.2 元，这里填 0.2 即可',
}

/** What a member's dues are computed from, since when. */
export function BaseForm({ person, month, onClose }: Props) {
  const [payer, setPayer] = useState<Payer>('employed')
  const [amount, setAmount] = useState('')
  const [from, setFrom] = useState(month)
  const input = () => {
    const cents = centsOf(amount)
    if (!cents) return '请填金额，写成 3000.01'
    if (!/^\d{4}-\d{2}$/.test(from)) return '请填从哪个月起，写成 2026-01'
    return { personId: person.id, payer, cents, month: from }
  }
  return (
    <PanelForm
      name="dues.setBase"
      open
      onClose={onClose}
      kicker={person.name}
      title="登记党费基数"
      note="属个人信息：只有书记、组织委员和本人看得到，加密保存，不写进账本"
      input={input}
      submit="存入基数"
      done="基数已存入"
    >
      {(problems) => (
        <>
          <Choice label="交纳类别" value={payer} options={PAYERS} onChange={setPayer} problem={problems.payer} />
          <TextLine label="月基数（元）" value={amount} onChange={setAmount} problem={problems.cents} hint={HINTS[payer]} max={14} />
          <TextLine
            label="从哪个月起"
            value={from}
            onChange={setFrom}
            problem={problems.month}
            hint="写成 2026-01；以前的月份仍按以前的基数"
            max={7}
          />
        </>
      )}
    </PanelForm>
  )
}
