import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import type { BulletinView } from '../contract.ts'

interface Props {
  org?: { id: string; name: string }
  /** What is changed; without it a new one is drafted. */
  before?: BulletinView
  onClose: () => void
  onDone?: (id: string) => void
}

/** The words of a bulletin and the time it is about; its numbers come by themselves. */
export function WordsForm({ org, before, onClose, onDone }: Props) {
  const [title, setTitle] = useState(before?.title ?? '')
  const [from, setFrom] = useState<string | null>(before?.from ?? `${today().slice(0, 7)}-01`)
  const [to, setTo] = useState<string | null>(before?.to ?? today())
  const [body, setBody] = useState(before?.body ?? '')
  const input = () => {
    if (title.trim().length < 2) return '请写标题'
    if (!from || !to) return '请填通报哪一段时间'
    const words = { title, from, to, body }
    return before ? { ...words, id: before.id, version: before.version } : { ...words, orgId: org!.id }
  }
  return (
    <PanelForm
      name={before ? 'bulletins.edit' : 'bulletins.draft'}
      open
      onClose={onClose}
      kicker={before?.orgName ?? org?.name ?? ''}
      title={before ? '修改通报' : '起草通报'}
      note="会议、应办、任务的数字和逾期的事项自动写进去，你只写要说的话。"
      input={input}
      submit={before ? '存下' : '起草'}
      done={before ? '已存下' : '已起草'}
      onDone={(answer) => answer.id && onDone?.(answer.id)}
    >
      {(problems) => (
        <>
          <TextLine label="标题" value={title} onChange={setTitle} problem={problems.title} max={100} />
          <LabelledDate label="从哪天" value={from} onChange={setFrom} problem={problems.from} />
          <LabelledDate label="到哪天" value={to} onChange={setTo} problem={problems.to} />
          <TextArea label="要说的话（可不写）" value={body} onChange={setBody} problem={problems.body} max={8000} rows={8} />
        </>
      )}
    </PanelForm>
  )
}
