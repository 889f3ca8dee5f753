import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { ENDINGS, type Ending, KINDS, type PlanRow } from '../contract.ts'

/** The plan is over: why and since when. The mark on the roster goes with it. */
export function EndForm({ row, onClose }: { row: PlanRow; onClose: () => void }) {
  const [on, setOn] = useState<string | null>(today())
  const [why, setWhy] = useState<Ending | null>(null)
  const input = () => {
    if (!why) return '请选为什么结束'
    return on ? { id: row.id, version: row.version, on, why } : '请填日期'
  }
  return (
    <PanelForm
      name="care.end"
      open
      onClose={onClose}
      kicker={row.name}
      title={`不再按${KINDS[row.kind]}联系`}
      note="花名册上的标记一起去掉；停止党籍、除名、转接另在各自的地方办"
      input={input}
      submit="结束联系计划"
      done="已结束，联系记录留着"
    >
      {(problems) => (
        <>
          <Choice label="为什么" value={why} options={ENDINGS} onChange={setWhy} problem={problems.why} />
          <LabelledDate label="从哪一天起" value={on} onChange={setOn} problem={problems.on} />
        </>
      )}
    </PanelForm>
  )
}
