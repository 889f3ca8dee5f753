import { useState } from 'react'
import { addDays, today } from '#kernel/civilDate.ts'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'

interface Props {
  orgId: string
  meetingId: string
  title: string
  onClose: () => void
}

/** Comments on a meeting, and what is to be put right, each as a task of the branch. */
export function VisitForm({ orgId, meetingId, title, onClose }: Props) {
  const [comment, setComment] = useState('')
  const [items, setItems] = useState<{ key: number; text: string; dueOn: string | null }[]>([])
  const change = (key: number, change: { text?: string; dueOn?: string | null }) =>
    setItems(items.map((i) => (i.key === key ? { ...i, ...change } : i)))
  const input = () => {
    const given = items.filter((i) => i.text.trim())
    if (!comment.trim()) return '请写几句对这次会的意见。'
    if (given.some((i) => !i.dueOn)) return '跟进的事请填时限。'
    return { orgId, meetingId, comment, followUps: given.map(({ text, dueOn }) => ({ text, dueOn })) }
  }
  return (
    <PanelForm
      name="visits.make"
      open
      onClose={onClose}
      kicker={title}
      title="写督导意见"
      note="支部的书记、委员和上级都看得到；跟进的事会成为支部的任务，由你这一级验收。"
      input={input}
      submit="存下督导意见"
      done="已存，支部会收到提醒"
    >
      {(problems) => (
        <>
          <TextArea label="对这次会的意见" rows={5} max={4000} value={comment} onChange={setComment} problem={problems.comment} />
          {items.map((item, i) => (
            <fieldset key={item.key} className="field stack">
              <legend className="label">跟进第 {i + 1} 项</legend>
              <TextLine
                label="要办什么"
                value={item.text}
                onChange={(text) => change(item.key, { text })}
                problem={problems[`followUps.${i}.text`]}
                max={500}
              />
              <LabelledDate
                label="时限"
                value={item.dueOn}
                onChange={(dueOn) => change(item.key, { dueOn })}
                problem={problems[`followUps.${i}.dueOn`]}
              />
            </fieldset>
          ))}
          <button
            type="button"
            className="button"
            onClick={() => setItems([...items, { key: items.length, text: '', dueOn: addDays(today(), 30) }])}
          >
            {items.length === 0 ? '加一项要跟进的事' : '再加一项'}
          </button>
        </>
      )}
    </PanelForm>
  )
}
