import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import type { Picked } from '#web/parts/FindField.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { PersonPicker } from '#web/parts/PersonPicker.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { ARRANGEMENTS, type Arrangement, KINDS, type Kind, type PlanRow } from '../contract.ts'

const EVERY = { 7: '每周', 30: '每月', 90: '每季', 180: '每半年', 365: '每年' }
type Every = keyof typeof EVERY

/** Who is away, lost or retired, who keeps contact, and how often. */
export function PlanForm({ row, onClose }: { row?: PlanRow; onClose: () => void }) {
  const [who, setWho] = useState<Picked | null>(row ? { id: row.personId, name: row.name } : null)
  const [kind, setKind] = useState<Kind>(row?.kind ?? 'floating')
  const [since, setSince] = useState<string | null>(row ? row.since : today())
  const [place, setPlace] = useState(row?.place ?? '')
  const [where, setWhere] = useState<'moving' | 'settled' | 'abroad'>(row?.abroad ? 'abroad' : row?.settled ? 'settled' : 'moving')
  const [contact, setContact] = useState<Picked | null>(row?.contactId ? { id: row.contactId, name: row.contactName ?? '' } : null)
  const [every, setEvery] = useState<`${Every}`>(`${nearest(row?.everyDays ?? 30)}`)
  const [arrangement, setArrangement] = useState<Arrangement | null>(row?.arrangement ?? null)
  const [from, setFrom] = useState<string | null>(today())
  const changed = row?.everyDays != null && Number(every) !== row.everyDays
  const input = () => {
    if (!who) return '请选是谁'
    if (!since) return '请填从哪一天起'
    if (kind === 'retired' && !arrangement) return '请选编在哪里'
    const plan = {
      since,
      place: kind === 'floating' ? place : '',
      settled: kind === 'floating' && where === 'settled',
      abroad: kind === 'floating' && where === 'abroad',
      contactId: contact?.id ?? null,
      everyDays: Number(every),
      arrangement: kind === 'retired' ? arrangement : null,
    }
    if (row?.id && !from) return '请填从哪一天起按新的安排'
    return row?.id ? { id: row.id, version: row.version, ...plan, ...(changed ? { from } : {}) } : { personId: who.id, kind, ...plan }
  }
  return (
    <PanelForm
      name={row?.id ? 'care.change' : 'care.open'}
      open
      onClose={onClose}
      title={row?.id ? '修改联系计划' : '建立联系计划'}
      note="到期没有联系的排在最前面；联系人在手机上点一下就记好"
      input={input}
      submit={row?.id ? '存入修改' : '建立联系计划'}
      done="已存入"
    >
      {(problems) => (
        <>
          {row ? (
            <p className="strong">
              {row.name}，{KINDS[kind]}
            </p>
          ) : (
            <>
              <PersonPicker label="谁" value={who} onChange={setWho} problem={problems.personId} />
              <Segments label="类别" value={kind} options={KINDS} onChange={setKind} />
            </>
          )}
          <LabelledDate label={SINCE[kind]} value={since} onChange={setSince} problem={problems.since} />
          {kind === 'floating' && (
            <>
              <TextLine label="去了哪里" value={place} onChange={setPlace} max={100} problem={problems.place} />
              <Segments
                label="在那里"
                value={where}
                options={{ moving: '地点不固定', settled: '地点固定', abroad: '出国（境）' }}
                onChange={setWhere}
              />
            </>
          )}
          {kind === 'retired' && (
            <Choice label="编在哪里" value={arrangement} options={ARRANGEMENTS} onChange={setArrangement} problem={problems.arrangement} />
          )}
          <PersonPicker label="由谁联系" value={contact} onChange={setContact} problem={problems.contactId} />
          <Segments label="多久联系一次" value={every} options={EVERY as Record<`${Every}`, string>} onChange={setEvery} />
          {changed && (
            <>
              <LabelledDate label="从哪一天起这样联系" value={from} onChange={setFrom} problem={problems.from} />
              <p className="small t3">这一天以前仍按每 {row?.everyDays} 天一次计算。</p>
            </>
          )}
        </>
      )}
    </PanelForm>
  )
}

const SINCE: Record<Kind, string> = { floating: '从哪一天起外出', lost: '从哪一天起失去联系', retired: '从哪一天起离退休' }

const nearest = (days: number): Every => {
  const known = Object.keys(EVERY).map(Number) as Every[]
  return known.reduce((a, b) => (Math.abs(b - days) < Math.abs(a - days) ? b : a))
}
