import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { OrgPicker, type Picked } from '#web/parts/OrgPicker.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'

interface Props {
  org: Picked
  onClose: () => void
  onDone: (id: string) => void
}

/** Somebody hands in the application. */
export function BeginForm({ org: given, onClose, onDone }: Props) {
  const [org, setOrg] = useState<Picked | null>({ id: given.id, name: given.name })
  const [name, setName] = useState('')
  const [staffNo, setStaffNo] = useState('')
  const [birth, setBirth] = useState<string | null>(null)
  const [on, setOn] = useState<string | null>(today())
  const [place, setPlace] = useState('')
  const input = () => {
    if (!org) return '请选支部'
    if (!name.trim()) return '请填姓名'
    if (!on) return '请填收到申请书的日期'
    return { orgId: org.id, name, staffNo: staffNo.trim() || null, appliedOn: on, place, ...(birth ? { birth } : {}) }
  }
  return (
    <PanelForm
      name="development.begin"
      open
      onClose={onClose}
      title="登记入党申请"
      note="收到申请书后一个月内派人谈话，到期前会提醒"
      input={input}
      submit="登记申请"
      done={`${name}的入党申请已登记`}
      onDone={({ id }) => onDone(id)}
    >
      {(problems) => (
        <>
          <OrgPicker label="支部" value={org} onChange={setOrg} problem={problems.orgId} />
          <TextLine label="姓名" value={name} onChange={setName} problem={problems.name} max={60} />
          <TextLine label="工号（可以不填）" value={staffNo} onChange={setStaffNo} problem={problems.staffNo} max={40} />
          <LabelledDate
            label="出生日期"
            value={birth}
            onChange={setBirth}
            problem={problems.birth}
            hint="用来核对申请时是否年满 18 岁，不知道可以先不填"
          />
          <LabelledDate label="收到申请书的日期" value={on} onChange={setOn} problem={problems.appliedOn} />
          <TextLine label="申请书存放处（可以不填）" value={place} onChange={setPlace} problem={problems.place} max={100} />
        </>
      )}
    </PanelForm>
  )
}
