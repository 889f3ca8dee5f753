import { useState } from 'react'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import type { Course, Step } from './CoursePage.tsx'

interface Props {
  course: Course
  step: Step
  record: Step['records'][number]
  onClose: () => void
}

/** Puts the day of a step right; both days stay in the ledger. */
export function CorrectForm({ course, step, record, onClose }: Props) {
  const [on, setOn] = useState<string | null>(record.on)
  return (
    <PanelForm
      name="development.correctStep"
      open
      onClose={onClose}
      kicker={course.name}
      title={`更正第 ${step.no} 步的日期`}
      note="原来的记录撤回、重新记入账本，人员类别的日期随着改；后面的步骤要仍合规定"
      input={() => (on ? { id: course.id, version: course.version, stepId: record.id, on } : '请填日期')}
      submit="存入更正"
      done="日期已更正"
    >
      {(problems) => <LabelledDate label="正确的日期" value={on} onChange={setOn} problem={problems.on} />}
    </PanelForm>
  )
}
