import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { CORRECTION_REASONS, type CorrectionReason } from '#modules/organisation/contract.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { RETURNS, type Return, WITHDRAWALS, type Withdrawal } from '../contract.ts'
import { DaysField } from './DaysField.tsx'
import type { Shown } from './TransferDetail.tsx'

export type Step = 'receive' | 'giveBack' | 'withdraw' | 'reissue' | 'enterReceipt' | 'correctDay'

const WORDS: Record<Step, { title: string; note: string; submit: string; done: string }> = {
  receive: {
    title: '接收组织关系',
    note: '从这一天起编入你们的名册，同一天离开原支部名册；两边不用再改名册',
    submit: '从这一天起编入名册',
    done: '已接收，两边名册都已变更',
  },
  giveBack: { title: '退回组织关系', note: '退回以后党员仍在原支部名册，原支部更正后可以重新转出', submit: '退回', done: '已退回' },
  withdraw: { title: '撤回转出', note: '党员仍在你们的名册；已经打印的介绍信请收回作废', submit: '撤回这次转出', done: '已撤回' },
  reissue: { title: '重开介绍信', note: '编一个新号，原来的介绍信作废；从今天起算有效期', submit: '重开介绍信', done: '新的介绍信已开出' },
  enterReceipt: {
    title: '登记外单位的回执',
    note: '从回执写明的接收日期起，不在你们的名册；以后不再计入应到和党费',
    submit: '登记回执',
    done: '回执已登记，名册已变更',
  },
  correctDay: { title: '更正接收日期', note: '两边名册一起改到正确的日期，原来的登记撤回留痕', submit: '更正日期', done: '接收日期已更正' },
}

/** A step of a transfer. */
export function TransferStep({ step, transfer, onClose }: { step: Step; transfer: Shown; onClose: () => void }) {
  const [on, setOn] = useState<string | null>(step === 'correctDay' ? transfer.settledOn : today())
  const [back, setBack] = useState<Return | null>(null)
  const [why, setWhy] = useState<Withdrawal | null>(null)
  const [wrong, setWrong] = useState<CorrectionReason>('mistake')
  const [note, setNote] = useState('')
  const [days, setDays] = useState(transfer.direction === 'out' ? 30 : 10)
  const words = WORDS[step]
  const input = () => {
    const common = { id: transfer.id, version: transfer.version }
    if (step === 'giveBack') return back ? { ...common, reason: back, note } : '请选退回的原因'
    if (step === 'withdraw') return why ? { ...common, reason: why } : '请选撤回的原因'
    if (step === 'reissue') return { ...common, days }
    if (!on) return '请填日期'
    return step === 'correctDay' ? { ...common, on, reason: wrong } : { ...common, on }
  }
  const dated = step === 'receive' || step === 'enterReceipt' || step === 'correctDay'
  return (
    <PanelForm
      name={`transfers.${step}`}
      open
      onClose={onClose}
      kicker={`${transfer.name}，${transfer.fromName} → ${transfer.toName}`}
      title={words.title}
      note={words.note}
      input={input}
      submit={words.submit}
      done={words.done}
    >
      {(problems) => (
        <>
          {dated && (
            <LabelledDate
              label={step === 'enterReceipt' ? '回执写明的接收日期' : '从哪一天起编入新的名册'}
              value={on}
              onChange={setOn}
              problem={problems.on}
              hint={`介绍信 ${transfer.sentOn} 开出，${transfer.validUntil} 到期`}
            />
          )}
          {step === 'giveBack' && <Choice label="为什么退回" value={back} options={RETURNS} onChange={setBack} problem={problems.reason} />}
          {step === 'giveBack' && <TextLine label="补充说明（可不填）" value={note} onChange={setNote} max={200} problem={problems.note} />}
          {step === 'withdraw' && (
            <Choice label="为什么撤回" value={why} options={WITHDRAWALS} onChange={setWhy} problem={problems.reason} />
          )}
          {step === 'reissue' && <DaysField days={days} onChange={setDays} problem={problems.days} />}
          {step === 'correctDay' && <Choice label="为什么更正" value={wrong} options={CORRECTION_REASONS} onChange={setWrong} />}
        </>
      )}
    </PanelForm>
  )
}
