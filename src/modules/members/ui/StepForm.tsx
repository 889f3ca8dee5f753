import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { OrgPicker, type Picked } from '#web/parts/OrgPicker.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { LEAVING, type Leaving, SUSPENSIONS, type Suspension } from '../contract.ts'
import { type Member, openCauses } from './MemberDetail.tsx'

export type Step = 'convert' | 'transfer' | 'leave' | 'suspendRights' | 'restoreRights'

const WORDS: Record<Step, { title: string; note: string; submit: string; done: string; date: string }> = {
  convert: {
    title: '转为正式党员',
    note: '从支部大会通过转正之日起有表决权、选举权和被选举权',
    submit: '存入转正',
    done: '转正已存入',
    date: '转正日期',
  },
  transfer: {
    title: '转到另一个支部',
    note: '两边名册在同一天变更，各只变一次；以前的会议仍按当时的名册',
    submit: '从这一天起转过去',
    done: '已转到新的支部',
    date: '从哪一天起在新的支部',
  },
  leave: {
    title: '移出名册',
    note: '从这一天起不再计入应到；档案和以前的记录都保留',
    submit: '从这一天起移出',
    done: '已移出名册',
    date: '从哪一天起不在名册',
  },
  suspendRights: {
    title: '中止表决权、选举权和被选举权',
    note: '留党察看期间，或被依法留置、逮捕的（选举条例第五条）；表决基数随之改算',
    submit: '从这一天起中止',
    done: '已存入',
    date: '从哪一天起',
  },
  restoreRights: {
    title: '恢复权利',
    note: '没有别的中止原因的，从这一天起重新计入表决基数',
    submit: '从这一天起恢复',
    done: '已存入',
    date: '从哪一天起',
  },
}

const REASONS = Object.fromEntries(Object.entries(LEAVING).filter(([key]) => key !== 'movedInside')) as Record<Leaving, string>

const only = (is: (cause: Suspension) => boolean) =>
  Object.fromEntries(Object.entries(SUSPENSIONS).filter(([cause]) => is(cause as Suspension))) as Record<Suspension, string>

interface Props {
  step: Step
  member: Member
  membership: Member['memberships'][number]
  onClose: () => void
}

/** A step of a member on a roster, dated. */
export function StepForm({ step, member, membership, onClose }: Props) {
  const [on, setOn] = useState<string | null>(today())
  const [org, setOrg] = useState<Picked | null>(null)
  const [reason, setReason] = useState<Leaving | null>(null)
  const standing = openCauses(member)
  const [cause, setCause] = useState<Suspension | null>(step === 'restoreRights' && standing.length === 1 ? standing[0]! : null)
  const words = WORDS[step]
  const input = () => {
    if (!on) return '请填日期'
    const common = { membershipId: membership.id, on }
    if (step === 'transfer') return org ? { ...common, toOrgId: org.id } : '请选转到哪个支部'
    if (step === 'leave') return reason ? { ...common, reason } : '请选原因'
    if (step === 'suspendRights' || step === 'restoreRights') return cause ? { ...common, cause } : '请选原因'
    return common
  }
  return (
    <PanelForm
      name={`members.${step}`}
      open
      onClose={onClose}
      kicker={`${member.name}，${membership.orgName}`}
      title={words.title}
      note={words.note}
      input={input}
      submit={words.submit}
      done={words.done}
    >
      {(problems) => (
        <>
          {step === 'transfer' && <OrgPicker label="转到哪个支部" value={org} onChange={setOrg} problem={problems.toOrgId} />}
          {step === 'leave' && <Choice label="原因" value={reason} options={REASONS} onChange={setReason} problem={problems.reason} />}
          {step === 'suspendRights' && (
            <Choice label="原因" value={cause} options={only((c) => !standing.includes(c))} onChange={setCause} problem={problems.cause} />
          )}
          {step === 'restoreRights' && (
            <Choice
              label="哪一项结束"
              value={cause}
              options={only((c) => standing.includes(c))}
              onChange={setCause}
              problem={problems.cause}
            />
          )}
          <LabelledDate label={words.date} value={on} onChange={setOn} problem={problems.on} />
        </>
      )}
    </PanelForm>
  )
}
