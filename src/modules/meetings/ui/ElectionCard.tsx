import { useState } from 'react'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Status } from '#web/parts/Status.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { LEFT_OUT_REASONS, type LeftOutReason, type LeftOutView, type PlanView } from '../contract.ts'
import { Pick } from './Pick.tsx'
import { Quorate } from './Quorate.tsx'

/** Of an assembly that elects: who counts as expected, who may be left out and what that still lacks, and the four fifths. */
export function ElectionCard({ p }: { p: PlanView }) {
  const [editing, setEditing] = useState<LeftOutView | 'new'>()
  const may = p.can.leaveOut === true
  return (
    <section className="card">
      <header>
        <h2>选举到会</h2>
        {may && (
          <button type="button" className="button small" onClick={() => setEditing('new')}>
            登记不计入应到会
          </button>
        )}
      </header>
      <div className="inside stack">
        {!p.quorum ? (
          <p>当天没有有选举权的党员。</p>
        ) : p.signedIn > 0 ? (
          <Quorate check={p.quorum} gotName="有选举权实到" />
        ) : (
          <p>
            应到会有选举权 {p.quorum.of} 人，到会 {p.quorum.need} 人以上才能选举。
          </p>
        )}
        <p className="small t2">
          有选举权的党员到会要达到应到会的五分之四。四种情形的党员，经上级党组织同意并经党员大会通过，可以不计入应到会；两样缺一样都照常计入。
        </p>
      </div>
      {p.leftOut.length > 0 && (
        <ul className="lines roomy">
          {p.leftOut.map((l) => (
            <li key={l.personId}>
              <span className="grow">
                <b>{l.name}</b>
                <br />
                <span className="small t2">
                  {l.says}
                  {l.letterNo && `（${l.letterNo}）`}
                </span>
              </span>
              <Status kind={l.left ? 'done' : 'soon'}>{l.left ? '不计入' : '计入'}</Status>
              {may && (
                <span className="row wrap">
                  <button type="button" className="button small" onClick={() => setEditing(l)}>
                    补登
                  </button>
                  <StepButton
                    kind="small"
                    name="meetings.countAgain"
                    label="撤下"
                    input={{ id: p.id, version: p.version, personId: l.personId }}
                    can
                    done="已撤下，照常计入应到会"
                  />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {editing && <LeaveOutForm p={p} of={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </section>
  )
}

function LeaveOutForm({ p, of, onClose }: { p: PlanView; of: LeftOutView | undefined; onClose: () => void }) {
  const [person, setPerson] = useState<string | null>(of?.personId ?? null)
  const [reason, setReason] = useState<string | null>(of?.reason ?? null)
  const [agreedOn, setAgreedOn] = useState<string | null>(of?.agreedOn ?? null)
  const [letterNo, setLetterNo] = useState(of?.letterNo ?? '')
  const [decidedOn, setDecidedOn] = useState<string | null>(of?.decidedOn ?? null)
  const known = new Set(p.leftOut.map((l) => l.personId))
  const people = p.invited.filter((i) => i.entitled && (i.personId === of?.personId || !known.has(i.personId)))
  return (
    <PanelForm
      name="meetings.leaveOut"
      open
      onClose={onClose}
      kicker={p.title}
      title="选举时不计入应到会"
      note="没有表决权、选举权的党员本来就不计入，不用登记。"
      input={() =>
        !person
          ? '请选是哪位党员'
          : !reason
            ? '请选是哪种情形'
            : { id: p.id, version: p.version, personId: person, reason: reason as LeftOutReason, agreedOn, letterNo, decidedOn }
      }
      submit="存下登记"
      done="已登记"
    >
      {(problems) => (
        <>
          <Pick
            label="党员"
            value={person}
            options={people.map((i) => ({ id: i.personId, name: i.name }))}
            onChange={setPerson}
            problem={problems.personId}
          />
          <Pick
            label="情形"
            value={reason}
            options={Object.entries(LEFT_OUT_REASONS).map(([id, name]) => ({ id, name }))}
            onChange={setReason}
            problem={problems.reason}
          />
          <LabelledDate label="上级党组织哪天同意（还没有就空着）" value={agreedOn} onChange={setAgreedOn} problem={problems.agreedOn} />
          <TextLine label="批复文号（可不填）" value={letterNo} onChange={setLetterNo} problem={problems.letterNo} max={60} />
          <LabelledDate label="党员大会哪天通过（还没有就空着）" value={decidedOn} onChange={setDecidedOn} problem={problems.decidedOn} />
        </>
      )}
    </PanelForm>
  )
}
