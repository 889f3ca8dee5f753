import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { DECISIONS, type Decision } from '../contract.ts'
import type { Request } from './RequestDetail.tsx'

interface Props {
  request: Request
  /** Mends number and day of an answer that stands. */
  correcting: boolean
  onClose: () => void
}

/** The superior's answer: decision, number, day and words. */
export function AnswerForm({ request: r, correcting, onClose }: Props) {
  const [decision, setDecision] = useState<Decision>('agreed')
  const [docNo, setDocNo] = useState(r.docNo ?? '')
  const [on, setOn] = useState<string | null>(r.answeredOn ?? today())
  const [reply, setReply] = useState(correcting ? (r.reply ?? '') : '')
  const opinion = r.kind === 'integrityOpinion'
  const back = !correcting && decision === 'returned'
  const input = () => {
    if (!on) return '请填日期'
    const common = { id: r.id, version: r.version, answeredOn: on, reply, docNo: docNo.trim() || null }
    return correcting ? common : { ...common, decision }
  }
  return (
    <PanelForm
      name={correcting ? 'requests.correctAnswer' : 'requests.answer'}
      open
      onClose={onClose}
      kicker={r.title}
      title={correcting ? '更正批复的文号或日期' : opinion ? '出具廉政意见' : '答复请示'}
      note={
        correcting
          ? '原来的批复撤回、重新记入账本，两次都留痕'
          : opinion
            ? '答复后只留存意见原文，来函事由不留存'
            : '存入后，依它办的下一步就可以办了'
      }
      input={input}
      submit={correcting ? '存入更正' : back ? '退回补充' : '存入答复'}
      done={correcting ? '更正已存入' : back ? '已退回' : '答复已存入'}
    >
      {(problems) => (
        <>
          {!correcting && (
            <Choice
              label="意见"
              value={decision}
              options={opinion ? OPINIONS : DECISIONS}
              onChange={setDecision}
              problem={problems.decision}
            />
          )}
          {!back && !opinion && (
            <TextLine
              label="批复文号（必填）"
              value={docNo}
              onChange={setDocNo}
              problem={problems.docNo}
              max={60}
              hint="例如 示例矿党〔2026〕11号"
            />
          )}
          <LabelledDate
            label={opinion ? '答复日期' : back ? '退回日期' : '批复日期'}
            value={on}
            onChange={setOn}
            problem={problems.answeredOn}
          />
          <TextArea
            label={opinion ? '答复原文（必填）' : back ? '要补充什么（必填）' : '批复内容'}
            value={reply}
            max={10_000}
            onChange={setReply}
            problem={problems.reply}
            hint={opinion || back ? undefined : '不写的，Word 里用通用的一句话'}
          />
        </>
      )}
    </PanelForm>
  )
}

const OPINIONS: Record<Decision, string> = { agreed: '答复：没有不同意见', refused: '答复：有意见，见原文', returned: '退回补充' }
