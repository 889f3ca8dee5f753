import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import type { Picked } from '#web/parts/FindField.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { PersonPicker } from '#web/parts/PersonPicker.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { ENGAGEMENTS, type Engagement, type StaffRow, TRAININGS, type Training } from '../contract.ts'

type Org = { id: string; name: string }

/** Somebody who does political work, full or part time, since when. */
export function EnterForm({ org, onClose }: { org: Org; onClose: () => void }) {
  const [who, setWho] = useState<Picked | null>(null)
  const [engagement, setEngagement] = useState<Engagement>('fullTime')
  const [duty, setDuty] = useState('')
  const [from, setFrom] = useState<string | null>(today())
  const input = () => {
    if (!who) return '请选是谁'
    if (duty.trim().length < 2) return '请写岗位'
    return from ? { orgId: org.id, personId: who.id, engagement, duty, from } : '请填从哪一天起'
  }
  return (
    <PanelForm
      name="politicalwork.enter"
      open
      onClose={onClose}
      kicker={org.name}
      title="登记政工人员"
      note="登记以后本人能看到自己的档案，可以用自己的话写工作"
      input={input}
      submit="登记这个人"
      done="已登记"
    >
      {(problems) => (
        <>
          <PersonPicker label="谁" value={who} onChange={setWho} problem={problems.personId} />
          <Segments label="专兼职" value={engagement} options={ENGAGEMENTS} onChange={setEngagement} />
          <TextLine label="岗位" value={duty} onChange={setDuty} problem={problems.duty} max={60} hint="如：党群工作部干事" />
          <LabelledDate label="从哪一天起" value={from} onChange={setFrom} problem={problems.from} />
        </>
      )}
    </PanelForm>
  )
}

/** How many employees the unit has, as it says itself. */
export function HeadcountForm({
  org,
  gaps,
  onClose,
}: {
  org: Org
  gaps: { employees: number | null; version: number }
  onClose: () => void
}) {
  const [employees, setEmployees] = useState(gaps.employees === null ? '' : String(gaps.employees))
  const [asOf, setAsOf] = useState<string | null>(today())
  const input = () => {
    if (!/^\d{1,7}$/.test(employees.trim())) return '职工人数请填整数'
    return asOf ? { orgId: org.id, version: gaps.version, employees: Number(employees), asOf } : '请填是哪一天的数'
  }
  return (
    <PanelForm
      name="politicalwork.setHeadcount"
      open
      onClose={onClose}
      kicker={org.name}
      title="职工人数"
      input={input}
      submit="存下职工人数"
      done="职工人数已存入"
    >
      {(problems) => (
        <>
          <TextLine label="职工人数" value={employees} onChange={setEmployees} problem={problems.employees} max={7} />
          <LabelledDate label="哪一天的数" value={asOf} onChange={setAsOf} problem={problems.asOf} />
        </>
      )}
    </PanelForm>
  )
}

/** A course or a certificate. */
export function TrainForm({ service, onClose }: { service: StaffRow; onClose: () => void }) {
  const [kind, setKind] = useState<Training>('training')
  const [title, setTitle] = useState('')
  const [issuer, setIssuer] = useState('')
  const [on, setOn] = useState<string | null>(today())
  const [hours, setHours] = useState('')
  const [validUntil, setValidUntil] = useState<string | null>(null)
  const input = () => {
    if (title.trim().length < 2) return '请写名称'
    if (issuer.trim().length < 2) return '请写谁办的、谁发的'
    if (!on) return '请填日期'
    if (hours.trim() !== '' && !/^\d{1,4}$/.test(hours.trim())) return '学时请填整数'
    const more = kind === 'training' ? { hours: hours.trim() === '' ? null : Number(hours) } : { validUntil }
    return { serviceId: service.id, kind, title, issuer, on, ...more }
  }
  return (
    <PanelForm
      name="politicalwork.train"
      open
      onClose={onClose}
      kicker={service.name}
      title="登记培训和证书"
      input={input}
      submit="存下这一项"
      done="已存入"
    >
      {(problems) => (
        <>
          <Segments label="类别" value={kind} options={TRAININGS} onChange={setKind} />
          <TextLine label="名称" value={title} onChange={setTitle} problem={problems.title} max={100} />
          <TextLine
            label={kind === 'training' ? '谁办的' : '谁发的'}
            value={issuer}
            onChange={setIssuer}
            problem={problems.issuer}
            max={100}
          />
          <LabelledDate label="哪一天" value={on} onChange={setOn} problem={problems.on} />
          {kind === 'training' ? (
            <TextLine label="学时（可以不填）" value={hours} onChange={setHours} problem={problems.hours} max={4} />
          ) : (
            <LabelledDate label="有效到（长期有效的不填）" value={validUntil} onChange={setValidUntil} problem={problems.validUntil} />
          )}
        </>
      )}
    </PanelForm>
  )
}

const REASONS = { mistake: '登记有误', duplicate: '重复登记', ordered: '按上级通知更正' }

/** A stretch of political work comes to its end, or was never one. */
export function EndForm({ service, onClose }: { service: StaffRow; onClose: () => void }) {
  const [how, setHow] = useState<'end' | 'withdraw'>('end')
  const [on, setOn] = useState<string | null>(today())
  const [reason, setReason] = useState<keyof typeof REASONS | null>(null)
  const step = { id: service.id, version: service.version }
  return (
    <PanelForm
      name={`politicalwork.${how}`}
      open
      onClose={onClose}
      kicker={service.name}
      title="结束或撤回"
      input={() => (how === 'end' ? (on ? { ...step, on } : '请填日期') : reason ? { ...step, reason } : '请选为什么撤回')}
      submit={how === 'end' ? '从这一天起结束' : '撤回这条登记'}
      done={how === 'end' ? '已结束，以前的记录都保留' : '已撤回'}
    >
      {(problems) => (
        <>
          <Segments label="怎么办" value={how} options={{ end: '不再做了', withdraw: '登记错了' }} onChange={setHow} />
          {how === 'end' ? (
            <LabelledDate label="从哪一天起不做" value={on} onChange={setOn} problem={problems.on} />
          ) : (
            <Choice label="为什么" value={reason} options={REASONS} onChange={setReason} problem={problems.reason} />
          )}
        </>
      )}
    </PanelForm>
  )
}
