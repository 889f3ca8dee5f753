import { useState } from 'react'
import { CORRECTION_REASONS, type CorrectionReason } from '#modules/organisation/contract.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { dateText } from '#web/text.ts'
import type { Merit } from '../contract.ts'
import { CorrectForm } from './CorrectForm.tsx'
import { EndForm } from './EndForm.tsx'
import './merits.css'

type Step = 'restore' | 'revoke' | 'reopen' | 'correct' | 'withdraw'

/** One reward or sanction with its dates and the steps this reader may take. */
export function MeritDetail({ row }: { row: Merit }) {
  const [step, setStep] = useState<Step | null>(null)
  const close = () => setStep(null)
  return (
    <div className="stack">
      <p className={row.inEffect ? 'note hu' : 'note'}>{row.says}。</p>
      <dl className="merit-facts">
        <dt>支部</dt>
        <dd>{row.orgName}</dd>
        <dt>批准</dt>
        <dd>
          {dateText(row.approvedOn)}，{row.by}
        </dd>
        <dt>文号</dt>
        <dd>{row.docNo}</dd>
        {row.until && (
          <>
            <dt>影响期满</dt>
            <dd>
              {dateText(row.until)} <span className="small t3">这一天起不再影响（起算日核对原文）</span>
            </dd>
          </>
        )}
        {row.note && (
          <>
            <dt>说明</dt>
            <dd>{row.note}</dd>
          </>
        )}
      </dl>
      <div className="row wrap">
        {STEPS.filter(({ key }) => row.can[key]).map(({ key, label }) => (
          <button type="button" key={key} className={`button small ${key === 'restore' ? 'primary' : ''}`} onClick={() => setStep(key)}>
            {label}
          </button>
        ))}
      </div>
      {(step === 'restore' || step === 'revoke') && <EndForm step={step} row={row} onClose={close} />}
      {step === 'correct' && <CorrectForm row={row} onClose={close} />}
      {(step === 'withdraw' || step === 'reopen') && <TakeBackForm step={step} row={row} onClose={close} />}
    </div>
  )
}

const STEPS: { key: Step; label: string }[] = [
  { key: 'restore', label: '恢复党员权利' },
  { key: 'revoke', label: '撤销处分' },
  { key: 'reopen', label: '撤回这次了结' },
  { key: 'correct', label: '更正' },
  { key: 'withdraw', label: '撤回登记' },
]

const WORDS = {
  withdraw: { title: '撤回', note: '从来不该登记的才撤回；期满、撤销处分不用撤回', submit: '撤回这条登记', done: '已撤回，原来的登记留痕' },
  reopen: {
    title: '撤回这次了结',
    note: '恢复权利或撤销处分登记错了的才撤回；处分照原来的影响期继续，留党察看的权利重新中止',
    submit: '撤回这次了结',
    done: '已撤回，处分照原样继续',
  },
}

function TakeBackForm({ step, row, onClose }: { step: 'withdraw' | 'reopen'; row: Merit; onClose: () => void }) {
  const words = WORDS[step]
  const [reason, setReason] = useState<CorrectionReason | null>(null)
  return (
    <PanelForm
      name={`merits.${step}`}
      open
      onClose={onClose}
      kicker={row.name}
      title={`${words.title}：${row.title}`}
      note={words.note}
      input={() => (reason ? { id: row.id, version: row.version, reason } : '请选为什么撤回')}
      submit={words.submit}
      done={words.done}
    >
      {(problems) => <Choice label="为什么" value={reason} options={CORRECTION_REASONS} onChange={setReason} problem={problems.reason} />}
    </PanelForm>
  )
}
