import { useState } from 'react'
import { StepButton } from '#web/parts/StepButton.tsx'
import { useSession } from '#web/session.ts'
import { momentText } from '#web/text.ts'
import { CANCEL_REASONS, type CancelReason, type MeetingView } from '../contract.ts'
import { CorrectForm } from './CorrectForm.tsx'
import { bothDays } from './LateTag.tsx'
import { StepForm } from './StepForm.tsx'

type Open = 'sign' | 'addendum' | 'correct' | 'cancel' | null

/** Record → signature → addenda, each with who and when, and the steps this reader can take. */
export function Chain({ m }: { m: MeetingView }) {
  return (
    <div className="stack">
      <ol className="chain">
        <li className="done">
          <b>{m.state === 'archivedOnPaper' ? '从纸质台账导入' : '记录'}</b>
          <p className="small t2">
            {m.submittedBy ?? '系统管理'} · {momentText(m.recordedAt)}
            {m.late && `（${bothDays(m)}）`}
          </p>
        </li>
        <Signature m={m} />
        {m.addenda.map((a) => (
          <li key={a.id} className="done">
            <b>{a.corrected.length > 0 ? '更正' : '补充'}</b>
            <p className="small t2">
              {a.by} · {momentText(a.at)}
            </p>
            <p className="said">{a.text}</p>
            {a.corrected.map((c) => (
              <p key={c} className="small">
                {c}
              </p>
            ))}
          </li>
        ))}
        {m.cancelled && (
          <li className="off">
            <b>作废：{CANCEL_REASONS[m.cancelled.reason as CancelReason]}</b>
            <p className="small t2">
              {m.cancelled.by} · {momentText(m.cancelled.at)}
            </p>
            <p className="said">{m.cancelled.note}</p>
          </li>
        )}
      </ol>
      <StepsOf m={m} />
    </div>
  )
}

function Signature({ m }: { m: MeetingView }) {
  if (m.signedBy && m.signedAt)
    return (
      <li className="done">
        <b>签字{m.bySubstitute ? '（代主持人）' : ''}</b>
        <p className="small t2">
          {m.signedBy} · {momentText(m.signedAt)}
          {m.signNote && ` · ${m.signNote}`}
        </p>
      </li>
    )
  if (m.state !== 'submitted') return null
  return (
    <li>
      <b>等待签字</b>
      <p className="small t2">由主持人{m.chair.name}签；主持人不在的，由另一位委员签并写明原因。</p>
    </li>
  )
}

function StepsOf({ m }: { m: MeetingView }) {
  const [open, setOpen] = useState<Open>(null)
  const { account } = useSession()
  const isChair = account.personId !== null && account.personId === m.chair.id
  const step = { id: m.id, version: m.version }
  const shut = () => setOpen(null)
  if (open === 'sign')
    return (
      <StepForm
        name="meetings.sign"
        title="代主持人签字"
        field="note"
        label="由你代签的原因"
        input={step}
        button="签字确认"
        onDone={shut}
      />
    )
  if (open === 'addendum')
    return <StepForm name="meetings.addendum" title="补充记录" field="text" label="补充内容" input={step} button="存入补充" onDone={shut} />
  if (open === 'correct') return <CorrectForm m={m} onDone={shut} />
  if (open === 'cancel')
    return (
      <StepForm
        name="meetings.cancel"
        title="作废这份记录"
        field="note"
        label="原因说明"
        input={step}
        button="作废这份记录"
        options={{ field: 'reason', label: '为什么作废', values: CANCEL_REASONS }}
        danger
        onDone={shut}
      />
    )
  return (
    <div className="row wrap">
      {m.can.sign === true &&
        (isChair ? (
          <StepButton
            name="meetings.sign"
            label="签字确认"
            kind="primary"
            input={step}
            can
            warn="签字后记录锁定，只能用补充、更正留痕修改。"
            done="已签字"
          />
        ) : (
          <button type="button" className="button primary" onClick={() => setOpen('sign')}>
            代主持人签字
          </button>
        ))}
      {m.can.addendum === true && (
        <button type="button" className="button" onClick={() => setOpen('addendum')}>
          补充
        </button>
      )}
      {m.can.correct === true && (
        <button type="button" className="button" onClick={() => setOpen('correct')}>
          更正
        </button>
      )}
      {m.can.cancel === true && (
        <button type="button" className="button danger" onClick={() => setOpen('cancel')}>
          作废这份记录
        </button>
      )}
    </div>
  )
}
