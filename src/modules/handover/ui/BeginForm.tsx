import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import type { Picked } from '#web/parts/FindField.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { PersonPicker } from '#web/parts/PersonPicker.tsx'

interface Props {
  org: { id: string; name: string }
  onClose: () => void
  onDone: (id: string) => void
}

/** Who hands over to whom, and when. */
export function BeginForm({ org, onClose, onDone }: Props) {
  const [from, setFrom] = useState<Picked | null>(null)
  const [to, setTo] = useState<Picked | null>(null)
  const [on, setOn] = useState<string | null>(today())
  const input = () => {
    if (!from) return '请选谁交出'
    if (!to) return '请选谁接手'
    return on ? { orgId: org.id, fromId: from.id, toId: to.id, on } : '请填交接日期'
  }
  return (
    <PanelForm
      name="handover.begin"
      open
      onClose={onClose}
      kicker={org.name}
      title="开始书记交接"
      note="任职、免职另在组织架构里登记；这里汇出清单，由两个人各自确认"
      input={input}
      submit="汇出交接清单"
      done="清单已汇出，两个人都收到了通知"
      onDone={(answer) => onDone(answer.id)}
    >
      {(problems) => (
        <>
          <PersonPicker label="谁交出" value={from} onChange={setFrom} problem={problems.fromId} />
          <PersonPicker label="谁接手" value={to} onChange={setTo} problem={problems.toId} />
          <LabelledDate label="交接日期" value={on} onChange={setOn} problem={problems.on} />
        </>
      )}
    </PanelForm>
  )
}
