import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import type { Merit } from '../contract.ts'

/** The rights are restored after 留党察看, or the sanction is lifted by a decision. */
export function EndForm({ step, row, onClose }: { step: 'restore' | 'revoke'; row: Merit; onClose: () => void }) {
  const [on, setOn] = useState<string | null>(today())
  const [docNo, setDocNo] = useState('')
  const restoring = step === 'restore'
  const input = () => {
    if (!on) return '请填日期'
    if (!restoring && !docNo.trim()) return '请填撤销决定的文号'
    return { id: row.id, version: row.version, on, docNo }
  }
  return (
    <PanelForm
      name={`merits.${step}`}
      open
      onClose={onClose}
      kicker={`${row.name}，${row.title}`}
      title={restoring ? '恢复党员权利' : '撤销处分'}
      note={restoring ? '从这一天起恢复表决权、选举权和被选举权；影响期再算两年' : '从这一天起处分不再影响；原来的登记留着'}
      input={input}
      submit={restoring ? '恢复权利' : '撤销处分'}
      done={restoring ? '权利已恢复，名册和应到同时变更' : '处分已撤销'}
    >
      {(problems) => (
        <>
          <LabelledDate label={restoring ? '从哪一天起恢复' : '从哪一天起撤销'} value={on} onChange={setOn} problem={problems.on} />
          <TextLine
            label={restoring ? '文号（没有可以不填）' : '决定的文号'}
            value={docNo}
            onChange={setDocNo}
            max={60}
            problem={problems.docNo}
          />
        </>
      )}
    </PanelForm>
  )
}
