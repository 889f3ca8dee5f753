import { useState } from 'react'
import { addMonths, today } from '#kernel/civilDate.ts'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { NumberLine, numberOf } from '#web/parts/NumberLine.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { neededFor, RULES } from '../contract.ts'

/** Opens the election: when the assembly is planned, and how many are to be elected. */
export function OpenForm({ org, direct, onClose }: { org: { id: string; name: string }; direct: boolean; onClose: () => void }) {
  const [plannedOn, setPlannedOn] = useState<string | null>(addMonths(today(), 1))
  const [seats, setSeats] = useState(direct ? '1' : '3')
  const n = numberOf(seats)
  const input = () => {
    if (!plannedOn) return '请填拟召开大会的日期'
    return n ? { orgId: org.id, plannedOn, seats: n } : '请填名额'
  }
  return (
    <PanelForm
      name="elections.open"
      open
      onClose={onClose}
      kicker={org.name}
      title="开始换届"
      note={direct ? '正式党员不足 7 人：设书记 1 名，必要时设副书记 1 名，由党员大会选举' : RULES.candidates}
      input={input}
      submit="存入，接着报送请示"
      done="换届已开始，接着报送请示"
    >
      {(problems) => (
        <>
          <LabelledDate label="拟在哪一天召开党员大会" value={plannedOn} onChange={setPlannedOn} problem={problems.plannedOn} />
          <NumberLine
            label={direct ? '应选名额（书记 1，或书记、副书记 2）' : '委员名额'}
            value={seats}
            onChange={setSeats}
            problem={problems.seats}
            hint={n && !direct ? `候选人至少 ${neededFor(n, false)} 名` : undefined}
          />
        </>
      )}
    </PanelForm>
  )
}
