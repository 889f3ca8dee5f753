import { useState } from 'react'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { OrgPicker, type Picked } from '#web/parts/OrgPicker.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { STEPS, stepRule } from '../contract.ts'

interface Props {
  org: Picked
  onClose: () => void
  onDone: (id: string) => void
}

/** The steps whose days matter for what comes next; all others can be added on the person's own page. */
const KEY_STEPS = [1, 3, 7, 13, 15, 17]
const THROUGH = Object.fromEntries(STEPS.map(({ no, title }) => [String(no), `第 ${no} 步 ${title}`]))

/** Somebody already in the middle of the way, from the papers. */
export function EnterForm({ org: given, onClose, onDone }: Props) {
  const [org, setOrg] = useState<Picked | null>({ id: given.id, name: given.name })
  const [name, setName] = useState('')
  const [staffNo, setStaffNo] = useState('')
  const [through, setThrough] = useState<string | null>(null)
  const [days, setDays] = useState<Record<number, string | null>>({})
  const [place, setPlace] = useState('')
  const last = Number(through ?? 0)
  const asked = [...new Set([...KEY_STEPS.filter((no) => no <= last), ...(last > 0 ? [last] : [])])].sort((a, b) => a - b)
  const input = () => {
    if (!org) return '请选支部'
    if (!name.trim()) return '请填姓名'
    if (!through) return '请选已经办到哪一步'
    if (!days[1]) return '请填递交入党申请书的日期，不知道的填最早有记录的日期'
    if (!days[last]) return `请填「${stepRule(last).title}」的日期`
    const steps = asked.flatMap((no) => (days[no] ? [{ no, on: days[no] }] : []))
    return { orgId: org.id, name, staffNo: staffNo.trim() || null, steps, place }
  }
  return (
    <PanelForm
      name="development.enter"
      open
      onClose={onClose}
      title="补录正在发展的人"
      note="按纸质材料填知道的日期；和规定对不上的只提示核对原文，不影响接着办"
      input={input}
      submit="补录这个人"
      done={`${name}已补录`}
      onDone={({ id }) => onDone(id)}
    >
      {(problems) => (
        <>
          <OrgPicker label="支部" value={org} onChange={setOrg} problem={problems.orgId} />
          <TextLine label="姓名" value={name} onChange={setName} problem={problems.name} max={60} />
          <TextLine
            label="工号（可以不填）"
            value={staffNo}
            onChange={setStaffNo}
            problem={problems.staffNo}
            max={40}
            hint="名册上已有的人填工号，就会对上同一个人"
          />
          <Choice label="已经办到哪一步" value={through} options={THROUGH} onChange={setThrough} problem={problems.steps} />
          {asked.map((no) => (
            <LabelledDate
              key={no}
              label={`第 ${no} 步 ${stepRule(no).title}${no === 1 || no === last ? '' : '（不知道可以不填）'}`}
              value={days[no] ?? null}
              onChange={(on) => setDays((all) => ({ ...all, [no]: on }))}
            />
          ))}
          <TextLine label="材料存放处（可以不填）" value={place} onChange={setPlace} problem={problems.place} max={100} />
        </>
      )}
    </PanelForm>
  )
}
