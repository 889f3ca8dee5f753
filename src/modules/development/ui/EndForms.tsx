import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { STOPS, type Stop } from '../contract.ts'
import type { Course } from './CoursePage.tsx'

interface Props {
  course: Course
  onClose: () => void
}

/** Ends the way of a person, with why. */
export function StopForm({ course, onClose }: Props) {
  const [reason, setReason] = useState<Stop | null>(null)
  const [on, setOn] = useState<string | null>(today())
  const [note, setNote] = useState('')
  return (
    <PanelForm
      name="development.stop"
      open
      onClose={onClose}
      kicker={course.name}
      title="停止发展"
      note="停止以后不能恢复，要再发展的重新登记申请；以前的记录都保留"
      input={() => (reason && on && note.trim() ? { id: course.id, version: course.version, reason, on, note } : '请选原因、填日期和说明')}
      submit="停止发展"
      done="已停止发展"
    >
      {(problems) => (
        <>
          <Choice label="原因" value={reason} options={STOPS} onChange={setReason} problem={problems.reason} />
          <LabelledDate label="从哪一天" value={on} onChange={setOn} problem={problems.on} />
          <TextLine label="说明" value={note} onChange={setNote} problem={problems.note} max={500} />
        </>
      )}
    </PanelForm>
  )
}

const MONTHS = { 6: '6 个月', 7: '7 个月', 8: '8 个月', 9: '9 个月', 10: '10 个月', 11: '11 个月', 12: '12 个月（一年）' } as Record<
  string,
  string
>

/** The assembly's opinion that the probation be prolonged; it holds when the superior agrees. */
export function ProlongForm({ course, onClose }: Props) {
  const [months, setMonths] = useState<string | null>('6')
  const [on, setOn] = useState<string | null>(today())
  return (
    <PanelForm
      name="development.prolong"
      open
      onClose={onClose}
      kicker={course.name}
      title="延长预备期"
      note="只能延长一次，半年到一年；存入后到「请示与批复」报上级，批复同意才算延长"
      input={() => (months && on ? { id: course.id, version: course.version, on, months: Number(months) } : '请填日期和月数')}
      submit="存入支部大会的意见"
      done="已存入，请报上级审批"
    >
      {(problems) => (
        <>
          <LabelledDate label="支部大会讨论的日期" value={on} onChange={setOn} problem={problems.on} />
          <Choice label="延长多久" value={months} options={MONTHS} onChange={setMonths} problem={problems.months} />
        </>
      )}
    </PanelForm>
  )
}
