import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import type { PlanRow } from '../contract.ts'

/** A contact of an earlier day. */
export function ContactForm({ row, onClose }: { row: PlanRow; onClose: () => void }) {
  const [on, setOn] = useState<string | null>(today())
  return (
    <PanelForm
      name="care.contact"
      open
      onClose={onClose}
      kicker={row.name}
      title="补记一次联系"
      note="只记日期，不记内容"
      input={() => (on ? { id: row.id, on } : '请填哪一天')}
      submit="记下这次联系"
      done="已记下"
    >
      {(problems) => <LabelledDate label="哪一天联系的" value={on} onChange={setOn} problem={problems.on} />}
    </PanelForm>
  )
}
