import { useState } from 'react'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import { CANCEL_REASONS, type CancelReason, LABELS, type Label, type TaskView } from '../contract.ts'
import type { FormOf } from './TaskSteps.tsx'
import { firstTerm, TermField, termInput } from './Term.tsx'

type Step = Exclude<FormOf, 'handOff' | 'settle' | 'assign'>

interface Words {
  title: string
  note: string
  /** The name of the text in the command, its label, and whether it may be left out. */
  field: 'text' | 'result' | 'reason' | 'note' | 'basis'
  label: string
  optional?: boolean
  submit: string
  done: string
}

const WORDS: Record<Step, Words> = {
  plan: { title: '写怎么落实', note: '谁办、做什么、到什么时候。之后还可以改。', field: 'text', label: '怎么落实', submit: '存下落实安排', done: '已存下' },
  note: { title: '记进展', note: '写进办理过程，交办方看得到。', field: 'text', label: '进展', submit: '记下进展', done: '已记下' },
  submit: { title: '报办结', note: '由交办方另一个人验收后才算办结。', field: 'result', label: '办理结果：办成了什么，有什么为证', submit: '报给交办方验收', done: '已报，等验收' },
  verify: { title: '验收', note: '验收通过即办结。需要过一段时间再看成效的，填几天以后看。', field: 'note', label: '验收意见（可不填）', optional: true, submit: '验收通过', done: '已办结' },
  return: { title: '退回重办', note: '写清还差什么，对方照着补。', field: 'reason', label: '还差什么', submit: '退回重办', done: '已退回' },
  askExtension: { title: '申请延期', note: '由交办方另一个人答复；答复之前按原来的时限算。', field: 'reason', label: '为什么要延期', submit: '申请延期', done: '已申请，等答复' },
  decideExtension: { title: '答复延期申请', note: '', field: 'reason', label: '意见（不同意的必填）', optional: true, submit: '答复', done: '已答复' },
  checkEffect: { title: '看成效', note: '到现场看，写看到的情况。', field: 'note', label: '看到的情况', submit: '记下成效', done: '已记下' },
  reopen: { title: '又出现了，重新办', note: '接着原来的办理过程重新办，次数记在一起。', field: 'note', label: '又出现了什么', submit: '重新交办', done: '已重新交办' },
  cancel: { title: '撤销这件事', note: '撤销后不能恢复，办理过程保留。', field: 'note', label: '说明', submit: '撤销这件事', done: '已撤销' },
  label: { title: '认定作风问题', note: '经调查后由你认定，会写明“纪检认定”和日期。系统不作推断。', field: 'basis', label: '调查的情况和依据', submit: '认定', done: '已认定' },
  withdrawLabel: { title: '撤回认定', note: '认定不再显示；曾经认定、何时为什么撤回，留在办理过程里。', field: 'reason', label: '为什么撤回', submit: '撤回认定', done: '已撤回' },
} // biome-ignore format: one step a line

/** The form of a step in which a person mainly writes. */
export function WritingForm({ t, step, onClose }: { t: TaskView; step: Step; onClose: () => void }) {
  const words = WORDS[step]
  const [text, setText] = useState(step === 'plan' ? (t.plan ?? '') : '')
  const [on, setOn] = useState<string | null>(null)
  const [days, setDays] = useState('')
  const [agree, setAgree] = useState<'yes' | 'no'>('yes')
  const [why, setWhy] = useState<CancelReason | null>(null)
  const [label, setLabel] = useState<Label | null>(null)
  const [term, setTerm] = useState(firstTerm)

  const more = (): object | string => {
    if (step === 'verify')
      return days === '' ? {} : /^\d{1,3}$/.test(days) && Number(days) > 0 ? { effectAfterDays: Number(days) } : '几天以后看成效，请填整数'
    if (step === 'askExtension') return on ? { dueOn: on } : '请填延到哪一天'
    if (step === 'decideExtension') return agree === 'no' && text.trim().length < 2 ? '不同意延期请写明原因' : { agree: agree === 'yes' }
    if (step === 'checkEffect') return { holds: agree === 'yes' }
    if (step === 'reopen') return termInput(term)
    if (step === 'cancel') return why ? { reason: why } : '请选撤销的原因'
    if (step === 'label') return label ? { label } : '请选认定为什么'
    return {}
  }
  const input = () => {
    const given = more()
    if (typeof given === 'string') return given
    if (!words.optional && text.trim().length < 2) return `请写：${words.label}`
    return { id: t.id, version: t.version, [words.field]: text, ...given }
  }
  return (
    <PanelForm
      name={`tasks.${step}`}
      open
      onClose={onClose}
      kicker={t.title}
      title={words.title}
      note={step === 'decideExtension' && t.asked ? `申请延到${dateText(t.asked.dueOn)}：${t.asked.reason}` : words.note}
      input={input}
      submit={words.submit}
      done={words.done}
    >
      {(problems) => (
        <>
          {step === 'decideExtension' && (
            <Segments label="是否同意" value={agree} options={{ yes: '同意延期', no: '不同意' }} onChange={setAgree} />
          )}
          {step === 'checkEffect' && (
            <Segments label="成效" value={agree} options={{ yes: '保持住了', no: '没有保持住' }} onChange={setAgree} />
          )}
          {step === 'askExtension' && <LabelledDate label="延到哪一天" value={on} onChange={setOn} problem={problems.dueOn} />}
          {step === 'cancel' && <Choice label="原因" value={why} options={CANCEL_REASONS} onChange={setWhy} problem={problems.reason} />}
          {step === 'label' && <Choice label="认定为" value={label} options={LABELS} onChange={setLabel} problem={problems.label} />}
          <TextArea label={words.label} value={text} onChange={setText} problem={problems[words.field]} />
          {step === 'verify' && (
            <TextLine label="几天以后看成效（可不填）" value={days} onChange={setDays} problem={problems.effectAfterDays} max={3} />
          )}
          {step === 'reopen' && <TermField term={term} onChange={setTerm} problems={problems} />}
        </>
      )}
    </PanelForm>
  )
}
