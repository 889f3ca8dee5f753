import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { COMMON_KINDS, type MeetingKind } from '#modules/meetings/contract.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { Ticks } from '#web/parts/Ticks.tsx'
import { COUNTED, type Counted, type Entry, SIDES, type Side } from '../contract.ts'

interface Props {
  orgId: string
  orgName: string
  year: number
  leads: readonly { id: string; name: string }[]
  /** The key business tasks of that plan. */
  tasks: readonly Entry[]
  /** The one for which a Party measure is put on the plan. */
  forTask?: string | undefined
  onClose: () => void
}

/** Puts one thing on the plan of the year, and says by which records it will be done. */
export function AdoptForm({ orgId, orgName, year, leads, tasks, forTask, onClose }: Props) {
  const [side, setSide] = useState<Side>('party')
  const [forIds, setForIds] = useState(forTask ? [forTask] : [])
  const [title, setTitle] = useState('')
  const [text, setText] = useState('')
  const [dueOn, setDueOn] = useState<string | null>(today().startsWith(String(year)) ? '' : `${year}-12-31`)
  const [lead, setLead] = useState<string | null>(null)
  const [counted, setCounted] = useState<Counted>('meetings')
  const [kind, setKind] = useState<MeetingKind | null>(null)
  const [target, setTarget] = useState('1')
  const input = () => {
    if (title.trim().length < 2) return '请写清做什么'
    if (!dueOn) return '请填什么时候以前'
    if (counted === 'meetings' && !kind) return '请选按哪类会议算'
    if (counted !== 'said' && (!/^\d{1,3}$/.test(target) || Number(target) < 1)) return '请填几次（几件），填整数'
    const measured = { counted, meetingKind: counted === 'meetings' ? kind : null, target: counted === 'said' ? 1 : Number(target) }
    return { orgId, year, side, forIds: side === 'party' ? forIds : [], title, text, dueOn, leadId: lead, ...measured }
  }
  return (
    <PanelForm
      name="plans.adopt"
      open
      onClose={onClose}
      kicker={`${orgName} ${year} 年`}
      title="列入年度计划"
      note="选好按什么记录算，进度以后自动得出。"
      input={input}
      submit="列入计划"
      done="已列入"
    >
      {(problems) => (
        <>
          <Segments label="列入的是" value={side} options={SIDES} onChange={setSide} />
          <TextLine label="做什么" value={title} onChange={setTitle} problem={problems.title} max={200} />
          <TextArea label="怎么做（可不填）" value={text} onChange={setText} problem={problems.text} max={2000} rows={3} />
          <LabelledDate label="什么时候以前" value={dueOn} onChange={setDueOn} problem={problems.dueOn} />
          <Choice
            label="负责人（可不填）"
            value={lead}
            options={Object.fromEntries(leads.map((l) => [l.id, l.name]))}
            onChange={setLead}
            problem={problems.leadId}
          />
          {side === 'party' && tasks.length > 0 && (
            <Ticks
              label="配给哪些重点业务任务（可不选）"
              options={tasks.map((t) => ({ id: t.id, label: t.title }))}
              chosen={forIds}
              onChange={setForIds}
              problem={problems.forIds}
            />
          )}
          <Segments label="按什么算完成" value={counted} options={COUNTED} onChange={setCounted} />
          {counted === 'meetings' && (
            <Choice
              label="哪类会议"
              value={kind}
              options={COMMON_KINDS as Record<MeetingKind, string>}
              onChange={setKind}
              problem={problems.meetingKind}
            />
          )}
          {counted !== 'said' && (
            <TextLine
              label={counted === 'task' ? '办结几件' : '召开几次'}
              value={target}
              onChange={setTarget}
              problem={problems.target}
              max={3}
            />
          )}
        </>
      )}
    </PanelForm>
  )
}
