import { useState } from 'react'
import type { Picked } from '#web/parts/FindField.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { PersonPicker } from '#web/parts/PersonPicker.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import type { OverhaulCard } from '../contract.ts'

interface Props {
  view: Pick<OverhaulCard, 'id' | 'version' | 'orgName' | 'untilOn'>
  onClose: () => void
}

export type Step = 'sayOverhaul' | 'extendOverhaul' | 'passOverhaul' | 'withdrawOverhaul'

const WORDS: Record<Step, { title: string; note: string; label: string; submit: string; done: string }> = {
  sayOverhaul: {
    title: '说明情况',
    note: '支部的实际困难、进展，或对依据的不同意见，都可以写；以后都看得到',
    label: '情况',
    submit: '存下说明',
    done: '已存入，上级已收到提醒',
  },
  extendOverhaul: { title: '延长整顿', note: '没有达标的延长；写明还差什么', label: '还差什么', submit: '延长整顿', done: '已延长' },
  passOverhaul: {
    title: '验收合格',
    note: '措施都办结验收以后才能结束；联系人不验收',
    label: '看到了什么、怎样验收的',
    submit: '验收合格，结束整顿',
    done: '整顿已结束，支部已收到提醒',
  },
  withdrawOverhaul: {
    title: '撤回列入整顿',
    note: '依据有误的才撤回；整顿好了的请验收',
    label: '为什么撤回',
    submit: '撤回这个决定',
    done: '已撤回，原来的记录留痕',
  },
}

/** A step told in words, with a day where it moves the term. */
export function StepForm({ step, view, onClose }: Props & { step: Step }) {
  const [text, setText] = useState('')
  const [untilOn, setUntilOn] = useState<string | null>(null)
  const words = WORDS[step]
  const input = () => {
    if (step === 'extendOverhaul' && !untilOn) return '请填延长到哪一天'
    if (text.trim().length < 4) return `请写${words.label}`
    return { id: view.id, version: view.version, text, ...(step === 'extendOverhaul' ? { untilOn } : {}) }
  }
  return (
    <PanelForm
      name={`standards.${step}`}
      open
      onClose={onClose}
      kicker={view.orgName}
      title={words.title}
      note={words.note}
      input={input}
      submit={words.submit}
      done={words.done}
    >
      {(problems) => (
        <>
          {step === 'extendOverhaul' && (
            <LabelledDate
              label={`延长到哪一天（原来到${dateText(view.untilOn)}）`}
              value={untilOn}
              onChange={setUntilOn}
              problem={problems.untilOn}
            />
          )}
          <TextArea label={words.label} value={text} onChange={setText} problem={problems.text} rows={4} max={2000} />
        </>
      )}
    </PanelForm>
  )
}

/** One thing to do, given to the branch as a task that those above accept. */
export function MeasureForm({ view, onClose }: Props) {
  const [title, setTitle] = useState('')
  const [text, setText] = useState('')
  const [lead, setLead] = useState<Picked | null>(null)
  const [dueOn, setDueOn] = useState<string | null>(null)
  const input = () => {
    if (title.trim().length < 2) return '请写办什么'
    if (text.trim().length < 4) return '请写要求'
    if (!dueOn) return '请填时限'
    return { id: view.id, version: view.version, title, text, leadId: lead?.id ?? null, dueOn }
  }
  return (
    <PanelForm
      name="standards.giveMeasure"
      open
      onClose={onClose}
      kicker={view.orgName}
      title="交办一条措施"
      note="成为支部的一项任务，办结后由上级验收"
      input={input}
      submit="交办给支部"
      done="已交办"
    >
      {(problems) => (
        <>
          <TextLine label="办什么" value={title} onChange={setTitle} problem={problems.title} max={100} />
          <TextArea label="要求" value={text} onChange={setText} problem={problems.text} rows={3} max={2000} />
          <PersonPicker label="由谁办（不选由支部定）" value={lead} onChange={setLead} problem={problems.leadId} />
          <LabelledDate label="时限" value={dueOn} onChange={setDueOn} problem={problems.dueOn} />
        </>
      )}
    </PanelForm>
  )
}
