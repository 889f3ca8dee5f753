import { useState } from 'react'
import { addDays, today } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { CAUSES, type Cause } from '../contract.ts'

interface Props {
  org: { id: string; name: string }
  onClose: () => void
  onDone: (id: string) => void
}

/** Somebody brings a letter of another unit: entered on the roster, and the receipt is ready to print. */
export function TakeInForm({ org, onClose, onDone }: Props) {
  const [name, setName] = useState('')
  const [staffNo, setStaffNo] = useState('')
  const [standing, setStanding] = useState<'fullMember' | 'probationaryMember'>('fullMember')
  const [joined, setJoined] = useState('')
  const [converted, setConverted] = useState('')
  const [place, setPlace] = useState('')
  const [letterNo, setLetterNo] = useState('')
  const [cause, setCause] = useState<Cause>('job')
  const [issuedOn, setIssuedOn] = useState<string | null>(null)
  const [validUntil, setValidUntil] = useState<string | null>(null)
  const [on, setOn] = useState<string | null>(today())
  const input = () => {
    if (!name.trim()) return '请填姓名'
    if (!LIFE.test(joined)) return '请填入党日期，写成 2005-07-01 或 2005-07'
    if (place.trim().length < 2 || !letterNo.trim()) return '请照介绍信填开出单位和编号'
    if (!issuedOn || !validUntil || !on) return '请填日期'
    const full = standing === 'fullMember'
    return {
      orgId: org.id, name, staffNo: staffNo.trim() || null, standing, joined, converted: full && converted ? converted : null, place, letterNo,
      cause, issuedOn, validUntil, on,
    } // biome-ignore format: one letter
  }
  return (
    <PanelForm
      name="transfers.takeIn"
      open
      onClose={onClose}
      kicker={org.name}
      title="接收外单位转来的组织关系"
      note="照介绍信填；存好以后编入名册，并可以打印回执寄回"
      input={input}
      submit="接收并编入名册"
      done="已接收，可以打印回执"
      onDone={(answer) => onDone(answer.id)}
    >
      {(problems) => (
        <>
          <TextLine label="姓名" value={name} onChange={setName} problem={problems.name} max={60} />
          <TextLine label="工号（可不填）" value={staffNo} onChange={setStaffNo} problem={problems.staffNo} max={40} />
          <Segments
            label="人员类别"
            value={standing}
            options={{ fullMember: '正式党员', probationaryMember: '预备党员' }}
            onChange={setStanding}
          />
          <TextLine
            label="入党日期"
            value={joined}
            onChange={setJoined}
            problem={problems.joined}
            hint="只知道年月的写成 2005-07"
            max={10}
          />
          {standing === 'fullMember' && (
            <TextLine label="转正日期" value={converted} onChange={setConverted} problem={problems.converted} max={10} />
          )}
          <TextLine label="从哪个党组织转来" value={place} onChange={setPlace} problem={problems.place} max={100} />
          <TextLine label="介绍信编号" value={letterNo} onChange={setLetterNo} problem={problems.letterNo} max={60} />
          <Choice label="为什么转" value={cause} options={CAUSES} onChange={setCause} />
          <LabelledDate
            label="介绍信开出日期"
            value={issuedOn}
            onChange={(day) => {
              setIssuedOn(day)
              if (day && !validUntil) setValidUntil(addDays(day, 30))
            }}
            problem={problems.issuedOn}
          />
          <LabelledDate label="有效期至" value={validUntil} onChange={setValidUntil} problem={problems.validUntil} />
          <LabelledDate label="从哪一天起编入名册" value={on} onChange={setOn} problem={problems.on} />
        </>
      )}
    </PanelForm>
  )
}

const LIFE = /^\d{4}-\d{2}(-\d{2})?$/
