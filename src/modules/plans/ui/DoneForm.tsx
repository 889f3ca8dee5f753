import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import type { Entry } from '../contract.ts'

/** Says of an entry without records when it was done and with what result. */
export function DoneForm({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const [on, setOn] = useState<string | null>(today())
  const [note, setNote] = useState('')
  return (
    <PanelForm
      name="plans.markDone"
      open
      onClose={onClose}
      kicker={entry.title}
      title="写明结果"
      input={() => (!on ? '请填完成日期' : note.trim().length < 2 ? '请写明结果' : { id: entry.id, version: entry.version, on, note })}
      submit="写明已完成"
      done="已写明"
    >
      {(problems) => (
        <>
          <LabelledDate label="完成日期" value={on} onChange={setOn} problem={problems.on} />
          <TextArea label="结果" value={note} onChange={setNote} problem={problems.note} max={1000} rows={4} />
        </>
      )}
    </PanelForm>
  )
}
