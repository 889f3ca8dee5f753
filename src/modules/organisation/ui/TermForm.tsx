import { useState } from 'react'
import { addYears, today } from '#kernel/civilDate.ts'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { dateText } from '#web/text.ts'
import type { Org } from './OrgDetail.tsx'

/** Terms by 党的基层组织任期的意见 (2018): five years for a committee, three for the others. */
const yearsOf = ({ kind }: Org) => (kind === 'partyCommittee' || kind === 'workCommittee' ? 5 : 3)

/** Records a new term of office, or extends the last one. */
export function TermForm({ org, onClose }: { org: Org; onClose: () => void }) {
  const last = org.terms.at(-1)
  const [what, setWhat] = useState<'begin' | 'extend'>('begin')
  const [from, setFrom] = useState<string | null>(today())
  const [until, setUntil] = useState<string | null>(addYears(today(), yearsOf(org)))
  const [approvedOn, setApprovedOn] = useState<string | null>(today())
  const begins = what === 'begin'
  const input = () => {
    if (!until || (begins && !from)) return '请填日期'
    return begins ? { orgId: org.id, from, until } : approvedOn ? { orgId: org.id, until, approvedOn } : '请填批准日期'
  }
  return (
    <PanelForm
      name={begins ? 'organisation.beginTerm' : 'organisation.extendTerm'}
      open
      onClose={onClose}
      kicker={org.name}
      title="任期"
      note={`${yearsOf(org)} 年一届；延期要经上级批准，一般不超过一年`}
      input={input}
      submit={begins ? '存入新的任期' : '存入延期'}
      done="任期已存入"
    >
      {(problems) => (
        <>
          {last && <Segments label="办什么" value={what} options={{ begin: '新一届', extend: '延长本届' }} onChange={setWhat} />}
          {begins && (
            <LabelledDate
              label="本届从哪一天起"
              value={from}
              onChange={(day) => {
                setFrom(day)
                if (day) setUntil(addYears(day, yearsOf(org)))
              }}
              problem={problems.from}
            />
          )}
          <LabelledDate
            label="届满日期"
            value={until}
            onChange={setUntil}
            problem={problems.until}
            hint={begins ? undefined : `现在的届满日期是 ${last?.until ? dateText(last.until) : '未登记'}`}
          />
          {!begins && (
            <LabelledDate
              label="上级批准延期的日期"
              value={approvedOn}
              onChange={setApprovedOn}
              problem={problems.approvedOn}
              hint="届满以后才批准的不能延期"
            />
          )}
        </>
      )}
    </PanelForm>
  )
}
