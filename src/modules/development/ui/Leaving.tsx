import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import type { Problems } from '#web/parts/PanelForm.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { dateText } from '#web/text.ts'

interface Props {
  known: string | null
  on: string | null
  onDay: (on: string | null) => void
  reason: string
  onReason: (text: string) => void
  problems: Problems
}

/** Whether the person leaves soon, and why the matter goes on nevertheless. */
export const Leaving = ({ known, on, onDay, reason, onReason, problems }: Props) => (
  <>
    {known && <p className="note hu">记录里 {dateText(known)}将离开单位或转出。三个月内将离开的一般不办理接收。</p>}
    <LabelledDate label="将离开单位的日期（不离开的不填）" value={on} onChange={onDay} problem={problems.leavesOn} />
    {on && (
      <TextArea label="为什么现在办理、怎样衔接" value={reason} onChange={onReason} max={300} rows={2} problem={problems.leavingReason} />
    )}
  </>
)
