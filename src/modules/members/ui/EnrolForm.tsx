import { useState } from 'react'
import type { DatedValue } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { OrgPicker, type Picked } from '#web/parts/OrgPicker.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { PrecisionDateField } from '#web/parts/PrecisionDate.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { STANDINGS, type Standing } from '../contract.ts'
import { lifeText } from './lifeText.ts'

interface Props {
  org: Picked | null
  onClose: () => void
  onDone: (personId: string) => void
}

/** Puts one person on a roster. */
export function EnrolForm({ org: given, onClose, onDone }: Props) {
  const [org, setOrg] = useState(given)
  const [name, setName] = useState('')
  const [staffNo, setStaffNo] = useState('')
  const [standing, setStanding] = useState<Standing>('fullMember')
  const [joined, setJoined] = useState<DatedValue | null>(null)
  const [converted, setConverted] = useState<DatedValue | null>(null)
  const [from, setFrom] = useState<string | null>(null)
  const member = standing === 'fullMember' || standing === 'probationaryMember'
  const input = () => {
    if (!org) return '请选支部'
    if (!name.trim()) return '请填姓名'
    if (member && !joined) return '请填入党日期，只知道年月的写 2005.07'
    return {
      orgId: org.id,
      name,
      staffNo: staffNo.trim() || null,
      standing,
      ...(from ? { from } : {}),
      profile: { ...(joined ? { joined: lifeText(joined) } : {}), ...(converted ? { converted: lifeText(converted) } : {}) },
    }
  }
  return (
    <PanelForm
      name="members.enrol"
      open
      onClose={onClose}
      title="编入名册"
      note="身份证号、电话等编入之后在档案里补"
      input={input}
      submit="编入这个支部"
      done={`${name}已编入名册`}
      onDone={({ personId }) => onDone(personId)}
    >
      {(problems) => (
        <>
          <OrgPicker label="支部" value={org} onChange={setOrg} problem={problems.orgId} />
          <TextLine label="姓名" value={name} onChange={setName} problem={problems.name} max={60} />
          <TextLine label="工号（可以不填）" value={staffNo} onChange={setStaffNo} problem={problems.staffNo} max={40} />
          <Choice label="人员类别" value={standing} options={STANDINGS} onChange={setStanding} problem={problems.standing} />
          {member && <PrecisionDateField label="入党日期" value={joined} onChange={setJoined} />}
          {problems['profile.joined'] && <p className="problem">{problems['profile.joined']}</p>}
          {standing === 'fullMember' && <PrecisionDateField label="转正日期" value={converted} onChange={setConverted} />}
          <LabelledDate
            label="编入日期（不知道可以不填）"
            value={from}
            onChange={setFrom}
            problem={problems.from}
            hint="不填的，由入党日期和支部成立日期推出，标明“推定”"
          />
        </>
      )}
    </PanelForm>
  )
}
