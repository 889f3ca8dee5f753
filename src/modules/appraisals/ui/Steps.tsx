import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { NumberLine } from '#web/parts/NumberLine.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { LoopBar } from '#web/parts/Steps.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import type { RoundView } from '../contract.ts'

const STEPS = ['自评', '互评', '民主测评', '提出意见', '反馈本人'] as const

const reached = (r: RoundView): number =>
  r.state === 'closed'
    ? 5
    : r.state === 'feedback'
      ? 4
      : r.countState === 'agreed'
        ? 3
        : r.state === 'ballot'
          ? 2
          : r.reviewed >= r.members
            ? 1
            : 0

/** Where the chain stands and the one thing to do next. */
export function NextStep({ r }: { r: RoundView }) {
  const [open, setOpen] = useState<'mutual' | 'ballot' | 'drop' | null>(null)
  const at = reached(r)
  const shut = () => setOpen(null)
  return (
    <section className="card" aria-label="评议进度">
      <div className="inside stack">
        <LoopBar steps={[...STEPS]} now={at} />
        <div className="row wrap">
          {r.can.mutual === true && (
            <button type="button" className="button primary" onClick={() => setOpen('mutual')}>
              记互评已开
            </button>
          )}
          {r.can.openBallot === true && (r.countState === null || r.countState === 'dropped') && (
            <button type="button" className="button primary" onClick={() => setOpen('ballot')}>
              开始民主测评计票
            </button>
          )}
          {r.countId && r.countState === 'typing' && (
            <Link className="button" to={`/meetings/counts/${r.countId}`}>
              看计票进度
            </Link>
          )}
          {r.can.drop === true && (
            <button type="button" className="button danger" onClick={() => setOpen('drop')}>
              作废这次评议
            </button>
          )}
        </div>
      </div>
      {open === 'mutual' && <Mutual r={r} onClose={shut} />}
      {open === 'ballot' && <Ballot r={r} onClose={shut} />}
      {open === 'drop' && <Drop r={r} onClose={shut} />}
    </section>
  )
}

interface Props {
  r: RoundView
  onClose: () => void
}

function Mutual({ r, onClose }: Props) {
  const [on, setOn] = useState<string | null>(today())
  const missing = r.members - r.reviewed
  return (
    <PanelForm
      name="appraisals.recordMutual"
      open
      onClose={onClose}
      title="记党员互评"
      note={missing > 0 ? `还有 ${missing} 人没有写自评；记了互评，自评就不能再改。` : '记了互评，自评就不能再改。'}
      input={() => (on ? { id: r.id, version: r.version, on } : '请填互评的日期。')}
      submit="记互评已开"
      done="已记，可以开始民主测评"
    >
      {(problems) => <LabelledDate label="互评日期" value={on} max={today()} onChange={setOn} problem={problems.on} />}
    </PanelForm>
  )
}

function Ballot({ r, onClose }: Props) {
  const [present, setPresent] = useState(String(r.graded))
  const [tellers, setTellers] = useState<string[]>([])
  const [scrutineers, setScrutineers] = useState<string[]>([])
  const input = () => {
    if (tellers.length < 2 || scrutineers.length < 2) return '每个人都要被评，自己的票由别人计：请各选两位计票人和监票人。'
    const n = Number(present)
    return { id: r.id, version: r.version, present: n, issued: n, tellerIds: tellers, scrutineerIds: scrutineers }
  }
  const toggle = (list: string[], set: (next: string[]) => void, id: string) =>
    set(list.includes(id) ? list.filter((other) => other !== id) : [...list, id])
  return (
    <PanelForm
      name="appraisals.openBallot"
      open
      onClose={onClose}
      title="开始民主测评计票"
      note={`应到会 ${r.graded} 人，半数以上到会才能测评。每张票对每个人只能选一个等次。`}
      input={input}
      submit="开始计票"
      done="请计票人和监票人各自录入"
    >
      {(problems) => (
        <>
          <NumberLine label="实到（发出测评票）" value={present} onChange={setPresent} problem={problems.present ?? problems.issued} />
          {(
            [
              ['计票人', tellers, setTellers, problems.tellerIds],
              ['监票人', scrutineers, setScrutineers, problems.scrutineerIds],
            ] as const
          ).map(([label, list, set, problem]) => (
            <fieldset key={label} className="field">
              <legend className="label">{label}（选两位，互相计对方的票）</legend>
              <div className="chips">
                {r.people.map((p) => (
                  <button
                    key={p.personId}
                    type="button"
                    className="chip"
                    aria-pressed={list.includes(p.personId)}
                    onClick={() => toggle(list, set, p.personId)}
                  >
                    {p.name}
                  </button>
                ))}
              </div>
              {problem && <p className="problem">{problem}</p>}
            </fieldset>
          ))}
        </>
      )}
    </PanelForm>
  )
}

function Drop({ r, onClose }: Props) {
  const [reason, setReason] = useState('')
  return (
    <PanelForm
      name="appraisals.drop"
      open
      onClose={onClose}
      title="作废这次评议"
      input={() => (reason.trim() ? { id: r.id, version: r.version, reason } : '请写明原因。')}
      submit="作废这次评议"
      done="已作废，可以重新开始"
    >
      {(problems) => <TextLine label="原因" value={reason} onChange={setReason} problem={problems.reason} max={200} />}
    </PanelForm>
  )
}
