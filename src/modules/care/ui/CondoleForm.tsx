import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import type { Picked } from '#web/parts/FindField.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { PersonPicker } from '#web/parts/PersonPicker.tsx'
import { FORMS, type Form, OCCASIONS, type Occasion } from '../contract.ts'

/** 慰问: whom, when, why and how; no picture and no report. */
export function CondoleForm({ person, medal, onClose }: { person?: Picked; medal?: boolean; onClose: () => void }) {
  const [who, setWho] = useState<Picked | null>(person ?? null)
  const [on, setOn] = useState<string | null>(today())
  const [occasion, setOccasion] = useState<Occasion | null>(medal ? 'fiftyYears' : null)
  const [form, setForm] = useState<Form | null>(medal ? 'medal' : null)
  const input = () => {
    if (!who) return '请选是谁'
    if (!on) return '请填哪一天'
    return occasion && form ? { personId: who.id, on, occasion, form } : '请选因为什么、什么形式'
  }
  return (
    <PanelForm
      name="care.condole"
      open
      onClose={onClose}
      title={medal ? '颁发光荣在党50年纪念章' : '记一次慰问'}
      note="不用照片，不写材料；记下日期就行"
      input={input}
      submit="存入记录"
      done="已存入"
    >
      {(problems) => (
        <>
          {person ? (
            <p className="strong">{person.name}</p>
          ) : (
            <PersonPicker label="谁" value={who} onChange={setWho} problem={problems.personId} />
          )}
          <LabelledDate label="哪一天" value={on} onChange={setOn} problem={problems.on} />
          <Choice label="因为什么" value={occasion} options={OCCASIONS} onChange={setOccasion} problem={problems.occasion} />
          <Choice label="什么形式" value={form} options={FORMS} onChange={setForm} problem={problems.form} />
        </>
      )}
    </PanelForm>
  )
}
